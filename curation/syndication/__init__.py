"""The veille for other places: feeds, the list of our sources, a list to put on another site."""

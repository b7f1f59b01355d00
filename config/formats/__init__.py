"""How dates and hours are written, where we write them otherwise than Django does."""

"""Pages for visitors, kept for a moment: nothing is asked of the database twice in a minute."""

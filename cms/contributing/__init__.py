"""Members write for the house: a simple editor, a way to the editors' desk and back, and credit."""

"""Links that people share: gathered, described from their pages, brought together."""

"""What was said, where, by which account; and what we promised to say."""

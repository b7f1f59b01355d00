"""What waits for a person's eye: the review desk, the rules before it, what they suggest."""

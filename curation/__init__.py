"""What the community reads and passes on."""

"""Open Badges: who issues them, what they ask for, who earned them."""

"""What the microblog says about pages: pages are told there, and the replies gathered here."""

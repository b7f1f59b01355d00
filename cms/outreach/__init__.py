"""What the house shows to those who aren't there yet: search engines, links on other sites, phones
without a network."""

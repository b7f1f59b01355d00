"""Challenges: pages, rules, launches, and what became of each answer."""

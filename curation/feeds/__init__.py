"""Feeds: found, asked, parsed, judged, kept; each in a module of its own."""

"""The challenge rules: one pure function each, entered in RULES under the key of its block."""

from challenges.rules import (
    languages,
    letters,
    person,
    photos,
    quotation,
    riddle,
    shapes,
    signs,
    text,
)
from challenges.rules.book import RULES
from challenges.rules.facts import MediaFacts, MentionFacts, PostFacts

# The modules above enter their rules in RULES as they are imported.
__all__ = [
    "RULES",
    "MediaFacts",
    "MentionFacts",
    "PostFacts",
    "languages",
    "letters",
    "person",
    "photos",
    "quotation",
    "riddle",
    "shapes",
    "signs",
    "text",
]

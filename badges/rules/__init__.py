"""The badge rules: pure functions over what somebody did, entered in RULES under the key of their
block."""

from badges.rules import deeds, groups, holding
from badges.rules.asking import Ask, asks_of, counted
from badges.rules.book import RULES
from badges.rules.facts import Deed, EventFacts
from badges.rules.reach import evidence, is_earned, reach, reach_of

__all__ = [
    "RULES",
    "Ask",
    "Deed",
    "EventFacts",
    "asks_of",
    "counted",
    "deeds",
    "evidence",
    "groups",
    "holding",
    "is_earned",
    "reach",
    "reach_of",
]

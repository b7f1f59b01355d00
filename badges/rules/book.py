"""The rulebook of badges."""

from badges.rules.facts import EventFacts
from rulebook import Rulebook

RULES: Rulebook[EventFacts] = Rulebook()

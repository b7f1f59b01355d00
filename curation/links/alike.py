"""Whether two items are one text in two places. Pure; the last word is rapidfuzz's.

Rather two items too many than one too few: what is united wrongly hides somebody's find.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from rapidfuzz import fuzz

from community.moocs import bare_words
from curation.likeness import distance

WINDOW = timedelta(days=21)
"""A text that comes back later is a new edition."""
FEWEST_WORDS, FEWEST_SIGNS = 4, 20
"""A title of less says too little to go by: "Home", "Accueil", "Mentions légales"."""
COMPARED = 4000  # characters of the texts
NEAR = 6  # of 64 bits
_ENOUGH = 300  # characters that are a text
_PARTS = re.compile(
    r"\d+|\b[ivx]{1,5}\b|\b[a-z]$"
    r"|\b(?:one|two|three|four|first|second|third|deux|trois|quatre|premiere?|deuxieme|troisieme)\b"
)
_PERIODS = re.compile(
    r"\b(?:semaine|hebdo\w*|mois|mensuel\w*|quotidien\w*|lundi|mardi|mercredi|jeudi|vendredi|samedi"
    r"|dimanche|week(?:ly)?|month(?:ly)?|daily|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
)
_GATHERED = re.compile(
    r"\b(?:veille|revue|liens|lettre|infolettre|actus?|agenda|links|newsletter|digest|roundup)\b"
)
_SHORT = 8
"""Of fewer words, a title that names a gathering is a column's, not a text's."""


@dataclass(frozen=True, slots=True)
class Text:
    """What is compared. `title` is a title_key; `owner` a registrable domain; `text` its
    beginning."""

    title: str
    owner: str
    seen_at: datetime
    language: str = ""
    likeness: int = 0
    text: str = ""


def are_alike(one: Text, other: Text) -> bool:
    if abs(one.seen_at - other.seen_at) > WINDOW:
        return False
    if one.language and other.language and one.language != other.language:
        return False
    if _counted(one.title) != _counted(other.title):
        return False  # parts of a series
    titles = fuzz.ratio(one.title, other.title)
    if len(one.text) >= _ENOUGH and len(other.text) >= _ENOUGH:
        return _same_words(one, other, titles)
    return (
        one.owner != other.owner
        and titles >= 95
        and is_telling(one.title)
        and is_telling(other.title)
    )


def is_telling(title: str) -> bool:
    """Whether a title is so much of its own that two pages hardly share it by chance: "Les liens de
    la semaine" comes every week, and from many."""
    words = len(title.split())
    if words < FEWEST_WORDS or len(title) < FEWEST_SIGNS or _PERIODS.search(title):
        return False
    return words >= _SHORT or not _GATHERED.search(title)


def _same_words(one: Text, other: Text, titles: float) -> bool:
    """On one site, pages may share most words (a banner, a form); their titles tell them apart."""
    if one.likeness and other.likeness and distance(one.likeness, other.likeness) > 4 * NEAR:
        return False
    words = fuzz.ratio(bare_words(one.text[:COMPARED]), bare_words(other.text[:COMPARED]))
    if one.owner == other.owner:
        return words >= 92 and titles >= 90 and is_telling(one.title)
    return words >= 92 or (words >= 75 and titles >= 95 and is_telling(one.title))


def _counted(title: str) -> list[str]:
    return _PARTS.findall(title)

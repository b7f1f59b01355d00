"""The alphabet as readers look things up: accents and case don't count."""

import unicodedata
from collections.abc import Iterable
from typing import Protocol, TypeVar


class Titled(Protocol):
    title: str


T = TypeVar("T", bound=Titled)


def plain(words: str) -> str:
    """Without accents, in small letters, for comparing: "Œuf" is "oeuf"."""
    spread = unicodedata.normalize("NFKD", words.casefold().replace("œ", "oe").replace("æ", "ae"))
    return "".join(sign for sign in spread if not unicodedata.combining(sign))


def by_letter(terms: Iterable[T]) -> list[tuple[str, list[T]]]:
    """In alphabetical order; what begins with no letter stands under "#", first."""
    shelves: dict[str, list[T]] = {}
    for term in sorted(terms, key=lambda term: plain(term.title)):
        first = plain(term.title)[:1].upper()
        shelves.setdefault(first if first.isalpha() else "#", []).append(term)
    return sorted(shelves.items(), key=lambda shelf: (shelf[0] != "#", shelf[0]))

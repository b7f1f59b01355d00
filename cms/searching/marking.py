"""Excerpts: the words around what was looked for, and which of them to mark."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from community.moocs import bare_words
from curation.searching import FEWEST_LETTERS, terms_of
from microblog.text import on_one_line

AROUND = 70
"""Characters before what is found."""
LENGTH = 220
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Plain text; a template escapes it."""

    text: str
    is_found: bool


def excerpt(text: str, query: str) -> list[Piece]:
    """About LENGTH characters, of which the first word that was found is one; [] for no text."""
    text = on_one_line(text)
    terms = terms_of(query)
    spans = _spans(text, terms)
    start = max(0, spans[0][0] - AROUND) if spans else 0
    start = text.rfind(" ", 0, start) + 1 if start else 0
    end = start + LENGTH
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + LENGTH // 2)
    shown = [span for span in spans if start <= span[0] and span[1] <= end]
    return _pieces(text, start, end, shown)


def _spans(text: str, terms: Sequence[str]) -> list[tuple[int, int]]:
    """The first, and those that may stand in an excerpt with it."""
    spans: list[tuple[int, int]] = []
    for word in _WORD.finditer(text):
        if spans and word.start() > spans[0][0] + LENGTH:
            break
        if _is_found(word.group(), terms):
            spans.append(word.span())
    return spans


_bare = lru_cache(maxsize=10_000)(bare_words)


def _is_found(word: str, terms: Sequence[str]) -> bool:
    bare = _bare(word)
    return any(
        bare.startswith(term) if len(term) >= FEWEST_LETTERS else bare == term for term in terms
    )


def _pieces(text: str, start: int, end: int, spans: Sequence[tuple[int, int]]) -> list[Piece]:
    pieces: list[Piece] = []
    at = start
    for begin, finish in spans:
        pieces += [Piece(text[at:begin], False), Piece(text[begin:finish], True)]
        at = finish
    pieces.append(Piece(text[at:end], False))
    if start:
        pieces.insert(0, Piece("… ", False))
    if end < len(text):
        pieces.append(Piece(" …", False))
    return [piece for piece in pieces if piece.text]

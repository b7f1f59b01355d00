"""Plain text as people write it here: its hashtags, mentions and links, its length, its safe HTML.

A text is read once, from left to right; a link is taken whole, so that nothing inside it counts as
a hashtag or a mention.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote

import regex
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from microblog.hashtags import normalise
from microblog.marks import thin_marks

HANDLE = r"[A-Za-z0-9_]{1,30}"
LONGEST_HASHTAG = 100
LONGEST_INPUT = 100_000
"""Code points looked at: many times what a post may have."""
LONGEST_CHARACTER = 16
"""Code points in what a person sees as one character: a family of emojis has eleven at most."""

_TOKENS = regex.compile(
    rf"""
    (?P<link>https?://[^\s<>"«»“”]+)
    | (?<![\w&/\#＃@])[\#＃](?P<hashtag>[\p{{L}}\p{{M}}\p{{N}}_]+(?:·[\p{{L}}\p{{M}}\p{{N}}_]+)*)
    | (?<![\w@/.])@(?P<handle>{HANDLE})(?P<server>@[\w.:-]*\w)?(?!\w)
    """,
    regex.VERBOSE,
)
_GRAPHEME = regex.compile(r"\X")
_HAS_LETTER = regex.compile(r"[\p{L}_]")
_UNPRINTABLE = regex.compile(r"[\p{Cc}\p{Cs}--[\n\t]]", regex.V1)
_BLANKS = regex.compile(r"[ \t\n\r\f\v]+")
_MANY_BREAKS = regex.compile(r"\n{3,}")
_CLOSING = ".,;:!?…'’\"*"


class Kind(StrEnum):
    WORDS = "words"
    LINK = "link"
    HASHTAG = "hashtag"
    MENTION = "mention"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text. `name`: of a hashtag, normalised; of a mention, the handle as written."""

    kind: Kind
    text: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text contains; hashtags, handles and links each once, in the order written."""

    pieces: tuple[Piece, ...]

    @property
    def hashtags(self) -> list[str]:
        return self._names(Kind.HASHTAG)

    @property
    def handles(self) -> list[str]:
        """Casefolded."""
        return list(dict.fromkeys(name.casefold() for name in self._names(Kind.MENTION)))

    @property
    def links(self) -> list[str]:
        return list(dict.fromkeys(p.text for p in self.pieces if p.kind is Kind.LINK))

    def _names(self, kind: Kind) -> list[str]:
        return list(dict.fromkeys(piece.name for piece in self.pieces if piece.kind is kind))


def clean_text(raw: str) -> str:
    """Composed (NFC), lines separated by "\\n", at most one blank line, nothing unprintable."""
    lines = raw[:LONGEST_INPUT].replace("\r\n", "\n").replace("\r", "\n")
    text = unicodedata.normalize("NFC", thin_marks(lines))
    return _MANY_BREAKS.sub("\n\n", _UNPRINTABLE.sub("", text)).strip()


def on_one_line(text: str) -> str:
    """Runs of blanks become one space; those that hold signs together stay, as before a French
    question mark."""
    return _BLANKS.sub(" ", text).strip()


def count_characters(text: str) -> int:
    """As a person counts: an emoji of several code points, or a letter with its accent, is one.

    A chain without end is one for its first code points alone: a limit has to limit something.
    """
    return sum(-(-len(one) // LONGEST_CHARACTER) for one in _GRAPHEME.findall(text))


def read_text(text: str) -> Reading:
    return Reading(tuple(_pieces(text)))


def _pieces(text: str) -> Iterator[Piece]:
    end = 0
    for found in _TOKENS.finditer(text):
        piece = _piece(found)
        if piece is None:
            continue
        if found.start() > end:
            yield Piece(Kind.WORDS, text[end : found.start()])
        yield piece
        end = found.start() + len(piece.text)
    if end < len(text):
        yield Piece(Kind.WORDS, text[end:])


def _piece(found: "regex.Match[str]") -> Piece | None:
    """None for what only looks like one: a number after #, somebody on another server."""
    if link := found["link"]:
        return Piece(Kind.LINK, _without_closing(link))
    if name := found["hashtag"]:
        if len(name) > LONGEST_HASHTAG or not _HAS_LETTER.search(name):
            return None
        return Piece(Kind.HASHTAG, found[0], normalise(name))
    if found["server"]:
        return None
    return Piece(Kind.MENTION, found[0], found["handle"])


def _without_closing(link: str) -> str:
    """Punctuation after an address belongs to the sentence; a bracket too, unless it was opened."""
    while link[-1] in _CLOSING or (link[-1] == ")" and link.count(")") > link.count("(")):
        link = link[:-1]
    return link


def render_text(reading: Reading, known_handles: frozenset[str]) -> SafeString:
    """Paragraphs of safe HTML; of the mentions, those of `known_handles` (casefolded) are links."""
    html = "".join(_render(piece, known_handles) for piece in reading.pieces)
    paragraphs = (part.replace("\n", "<br>") for part in html.split("\n\n") if part.strip())
    return SafeString("".join(f"<p>{part}</p>" for part in paragraphs))


def _render(piece: Piece, known_handles: frozenset[str]) -> str:
    if piece.kind is Kind.LINK:
        return format_html(
            '<a href="{}" rel="nofollow noopener noreferrer ugc" target="_blank">{}</a>',
            piece.text,
            piece.text,
        )
    if piece.kind is Kind.HASHTAG:
        # Addresses without a language: each reader is led to the page in theirs.
        return format_html(
            '<a href="/tags/{}" class="mention hashtag" rel="tag">{}</a>',
            quote(piece.name, safe=""),
            piece.text,
        )
    if piece.kind is Kind.MENTION and piece.name.casefold() in known_handles:
        return format_html(
            '<a href="/@{}" class="u-url mention">{}</a>', piece.name.casefold(), piece.text
        )
    return escape(piece.text)

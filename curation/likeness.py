"""What near-equal texts have in common: 64 bits of which they share most (simhash, Charikar 2002),
and the bare words of a title."""

import hashlib
import re
from collections.abc import Iterable

from community.moocs import bare_words

BITS = 64
BANDS = 4
_WIDTH = BITS // BANDS
FEWEST_WORDS = 40
"""Of shorter texts, 64 bits say nothing."""
_MOST_WORDS = 4000
_SHINGLE = 3
_SIGN = 1 << (BITS - 1)
_IS_SET = [bytes(octet >> bit & 1 for octet in range(256)) for bit in reversed(range(8))]
"""For each bit of an octet, from the highest: whether it is set, for bytes.translate."""
_IS_PART = re.compile(r"\d|\bpart(?:ie)?\b|\b[IVX]+$", re.IGNORECASE)
_BEHIND = re.compile(r"\s+[|\u2013\u2014·»-]\s+[^|\u2013\u2014·»]{2,40}$")


def likeness(text: str) -> int:
    """A signed 64-bit number, as a BIGINT holds; 0 for a text that is too short to be compared."""
    words = bare_words(text[: _MOST_WORDS * 8]).split()[:_MOST_WORDS]
    if len(words) < FEWEST_WORDS:
        return 0
    shingles = {" ".join(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1)}
    said = b"".join(hashlib.blake2b(one.encode(), digest_size=8).digest() for one in shingles)
    bits = 0
    for octet in range(BITS // 8):
        column = said[octet::8]
        for bit in _IS_SET:
            often = column.translate(bit).count(1)
            bits = bits << 1 | (2 * often > len(column))
    return bits - (1 << BITS) if bits & _SIGN else bits


def distance(one: int, other: int) -> int:
    """How many of the 64 bits differ."""
    return ((one ^ other) & ((1 << BITS) - 1)).bit_count()


def bands(bits: int) -> list[int]:
    """Four numbers: two texts with at most three different bits share at least one of them."""
    if not bits:
        return []
    bits &= (1 << BITS) - 1
    low = (1 << _WIDTH) - 1
    return [(band << _WIDTH) | ((bits >> (band * _WIDTH)) & low) for band in range(BANDS)]


def title_key(title: str, site_name: str = "") -> str:
    """The bare words of a title, without the name of the site behind it; "– Part 2" is no name."""
    bare = title.strip()
    tail = _BEHIND.search(bare)
    if tail and not _IS_PART.search(tail[0]):
        head = bare[: tail.start()]
        bare = head if len(bare_words(head)) >= len(bare_words(tail[0])) else bare
    words, name = bare_words(bare), bare_words(site_name)
    if name and words.endswith(f" {name}"):
        words = words.removesuffix(f" {name}")
    return words[:200].strip()


def shared_bands(texts: Iterable[int]) -> set[int]:
    return {band for bits in texts for band in bands(bits)}

"""Pages that many people watch at once: what they see is computed once, and told to each by what
they have seen already.

An open page asks every second or two, with the token of what it shows. A token is a digest of the
content, so every process that looks at the same rows gives the same one, and nothing has to be
agreed upon. While nothing is new, an answer costs one look into the cache.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import blake2b

from django.conf import settings
from django.core.cache import cache
from django.template.loader import render_to_string

KEPT = 600  # seconds that the cache keeps a board; while somebody looks, one is made every minute
PARTS = "community/live/parts"


@dataclass(frozen=True, slots=True)
class Audience:
    """Who sees the same."""

    language: str
    with_practice: bool = True

    def __str__(self) -> str:
        return f"{self.language}{'+' if self.with_practice else '-'}"


@dataclass(frozen=True, slots=True)
class Board:
    """Digests of what a page shows: its items by number, from the top down, and what stands beside
    them. `newcomers`: their posts, for the eyes of tutors."""

    token: str
    items: Mapping[int, str]
    aside: str
    newcomers: frozenset[int] = frozenset()


BLANK = Board("", {}, "")


@dataclass(frozen=True, slots=True)
class Look:
    """The latest look at the rows: what was seen then, and which board it made."""

    token: str
    seen: str
    looked_at: datetime
    closes_at: datetime

    def is_fresh(self, now: datetime) -> bool:
        return timedelta(0) <= now - self.looked_at < timedelta(seconds=settings.LIVE_ROOM_FRESH)

    def is_closed(self, now: datetime) -> bool:
        return now >= self.closes_at


@dataclass(frozen=True, slots=True)
class Place:
    """Where on a page a board hangs: ids of its list, of an item (a prefix) and of what stands
    beside."""

    name: str
    items: str
    item: str
    aside: str


@dataclass(frozen=True, slots=True)
class Changes:
    """From one board to another. `new`: item, the item above it (None at the top), HTML."""

    new: Sequence[tuple[int, int | None, str]]
    changed: Sequence[tuple[int, str]]
    gone: Sequence[int]
    aside: str | None

    @property
    def news(self) -> int:
        return len(self.new) + len(self.changed)


def digest(*parts: object) -> str:
    return blake2b(repr([str(part) for part in parts]).encode(), digest_size=12).hexdigest()


def share_look(key: str, read: Callable[[Look | None], Look], *, now: datetime) -> Look:
    """What somebody has just seen, else what `read` sees. It gets the look before."""
    last: Look | None = cache.get(f"live:look:{key}")
    if last is not None:
        if last.is_fresh(now):
            return last
        # Others go on with what was seen last, while we look.
        cache.set(f"live:look:{key}", replace(last, looked_at=now), KEPT)
    found = read(last)
    cache.set(f"live:look:{key}", found, KEPT)
    return found


def hang(
    owner: object,
    items: Mapping[int, str],
    parts: Mapping[str, str],
    *,
    aside: str,
    newcomers: frozenset[int] = frozenset(),
) -> Board:
    """Keep a board. `items`: digests by number; `parts`: HTML by digest; `aside`: HTML."""
    beside = digest(aside)
    token = digest(owner, list(items.items()), beside, sorted(newcomers))
    board = Board(token, dict(items), beside, newcomers)
    cache.set(f"live:parts:{token}", {**parts, beside: aside}, KEPT)
    cache.set(f"live:board:{token}", board, KEPT)
    return board


def find_board(token: str) -> Board | None:
    """None for one that is forgotten, or that never was."""
    known = token.isascii() and token.isalnum() and len(token) < 100
    board: Board | None = cache.get(f"live:board:{token}") if known else None
    return board


def find_parts(token: str) -> dict[str, str]:
    """HTML by digest."""
    parts: dict[str, str] = cache.get(f"live:parts:{token}", {})
    return parts


def show_board(board: Board | None) -> Changes:
    """All of it, for a page that shows nothing yet."""
    return compare(BLANK, board or BLANK)


def tell_changes(before: Board | None, after: Board, *, place: Place, ear: str) -> str:
    """What turns the one page into the other, computed once for all who saw `before`; None is a
    page of which nothing is known any more. `ear`: the address where they ask."""
    key = f"live:change:{digest(before.token if before else '', after.token, ear)}"
    told: str | None = cache.get(key)
    if told is None:
        context = {
            "changes": compare(before or BLANK, after),
            "afresh": before is None,
            "place": place,
            "ear": ear,
            "token": after.token,
        }
        told = render_to_string(f"{PARTS}/changes.html", context)
        cache.set(key, told, KEPT)
    return told


def compare(before: Board, after: Board) -> Changes:
    parts = find_parts(after.token) if after.token else {}
    fresh = {
        pk: parts[name]
        for pk, name in after.items.items()
        if before.items.get(pk, "") != name and name in parts
    }
    order = list(after.items)
    above = dict(zip(order, [None, *order], strict=False))
    return Changes(
        new=[(pk, above[pk], html) for pk, html in fresh.items() if pk not in before.items],
        changed=[(pk, html) for pk, html in fresh.items() if pk in before.items],
        gone=[pk for pk in before.items if pk not in after.items],
        aside=parts.get(after.aside) if before.aside != after.aside else None,
    )

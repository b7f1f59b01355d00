"""Pages that many people watch at once: what they see is computed once, and told to each by what
they have seen already.

An open page asks every second or two, with the token of what it shows. A token is a digest of the
content, so every process that looks at the same rows gives the same one, and nothing has to be
agreed upon. While nothing is new, an answer costs one look into the cache.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import blake2b
from threading import Lock
from typing import Any

from django.conf import settings
from django.core.cache import cache, caches
from django.template.loader import render_to_string

KEPT = 600  # seconds that the cache keeps a board; while somebody looks, one is made every minute
NEAR = 30  # seconds that a process keeps what it fetched
MARK = re.compile(r"<!--who:(\d+)-->")
"""Where a newcomer's mark would stand, beside every name: it tells strangers nothing."""
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


class _Shelf:
    """The cache that all processes share, behind one of this process: what is asked for three
    hundred times a second is seldom fetched from afar. Nothing changes under a name but looks,
    which say themselves how long they hold."""

    def get(self, name: str) -> Any:
        found = self.get_near(name)
        return found if found is not None else self.get_shared(name)

    def get_near(self, name: str) -> Any:
        return caches[settings.NEAR_CACHE].get(name)

    def get_shared(self, name: str) -> Any:
        found = cache.get(name)
        if found is not None:
            caches[settings.NEAR_CACHE].set(name, found, NEAR)
        return found

    def set(self, name: str, value: object) -> None:
        self.set_near(name, value)
        cache.set(name, value, KEPT)

    def set_near(self, name: str, value: object) -> None:
        caches[settings.NEAR_CACHE].set(name, value, NEAR)


_shelf = _Shelf()
_first = Lock()


def share_look(key: str, read: Callable[[Look | None], Look], *, now: datetime) -> Look:
    """What somebody has just seen, else what `read` sees. It gets the look before."""
    name = f"live:look:{key}"
    near: Look | None = _shelf.get_near(name)
    if near is not None and near.is_fresh(now):
        return near
    last: Look | None = _shelf.get_shared(name)
    if last is not None and last.is_fresh(now):
        return last
    if last is None:
        return _look_first(name, read)
    # Others go on with what was seen last, while we look.
    _shelf.set(name, replace(last, looked_at=now))
    found = read(last)
    _shelf.set(name, found)
    return found


def _look_first(name: str, read: Callable[[Look | None], Look]) -> Look:
    """Nobody has looked for a while: of all who come at once, one does, and the others wait."""
    with _first:
        found: Look | None = _shelf.get_shared(name)
        if found is None:
            found = read(None)
            _shelf.set(name, found)
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
    _shelf.set(f"live:board:{token}", board)
    return board


def find_board(token: str) -> Board | None:
    """None for one that is forgotten, or that never was."""
    known = token.isascii() and token.isalnum() and len(token) < 100
    board: Board | None = _shelf.get(f"live:board:{token}") if known else None
    return board


def find_parts(token: str) -> dict[str, str]:
    """HTML by digest."""
    parts: dict[str, str] = cache.get(f"live:parts:{token}", {})
    return parts


def show_board(board: Board | None) -> Changes:
    """All of it, for a page that shows nothing yet."""
    return compare(BLANK, board or BLANK)


def tell_changes(since: str, token: str, *, place: Place, ear: str, marks: bool = False) -> str:
    """What turns the page with the board `since` into that with the board `token`, computed once a
    process for all who ask: everything, where `since` is forgotten; "" where `token` is. `ear`: the
    address where they ask. `marks`: keep the places of newcomers' marks."""
    name = _name_of(since, token, ear, marks)
    told: str | None = _shelf.get_near(name)
    if told is not None:
        return told
    before, after = find_board(since), find_board(token)
    if after is None:
        return ""
    if before is None and since:
        return tell_changes("", token, place=place, ear=ear, marks=marks)
    context = {
        "changes": compare(before or BLANK, after),
        "afresh": before is None,
        "place": place,
        "ear": ear,
        "token": token,
    }
    told = render_to_string(f"{PARTS}/changes.html", context)
    told = told if marks else MARK.sub("", told)
    _shelf.set_near(name, told)
    return told


def _name_of(*parts: object) -> str:
    return f"live:change:{digest(*parts)}"


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

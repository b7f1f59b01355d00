"""How a timeline is read down to what is known, on servers that page in different ways.

We start at the newest and go down by `max_id`, the one parameter that all servers understand, until
most of a page is older than what we knew, and a little more: posts arrive late, clocks differ, and
a short page need not be the last. A walk that is stopped by its bound goes on from where it
stopped.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Self

from microblog.gateways.base import TryAgain
from microblog.gateways.mastodon_json import moment, text_of
from microblog.gateways.mastodon_values import unwrap

Page = Sequence[Mapping[str, Any]]
FetchPage = Callable[[str | None], Page]
"""Given the id below which to read (None: from the newest), one page, newest first."""

PAGE_SIZE = 40
MOST_PAGES = 5
OVERLAP = timedelta(minutes=15)


def as_page(answer: object) -> Page:
    """A list of entries. Raises TryAgain for anything else (an error page, an object in place of a
    list).
    """
    if not isinstance(answer, Sequence) or isinstance(answer, str):
        raise TryAgain("The server's answer is no list")
    return [entry for entry in answer if isinstance(entry, Mapping)]


@dataclass(frozen=True, slots=True)
class Position:
    """A cursor. All before `floor` was read; a stopped walk began at `top` and goes on below the id
    `below`.
    """

    floor: datetime | None = None
    top: datetime | None = None
    below: str = ""

    @classmethod
    def parse(cls, cursor: str) -> Self:
        """The position in a cursor that we gave out; the very start for anything else."""
        floor, _, rest = cursor.partition(" ")
        top, _, below = rest.partition(" ")
        return cls(moment(floor), moment(top), below)

    def __str__(self) -> str:
        if self == Position():
            return ""
        times = [
            time.isoformat(timespec="seconds") if time else "-" for time in (self.floor, self.top)
        ]
        return " ".join([*times, self.below]).strip()


@dataclass(frozen=True, slots=True)
class Walk:
    """What one walk brought: entries as the server gave them, each id once, and where to begin the
    next.
    """

    entries: Page
    position: Position
    complete: bool


def walk(fetch_page: FetchPage, start: Position, *, now: datetime) -> Walk:
    """Reads at most MOST_PAGES pages from `start` on."""
    entries: dict[str, Mapping[str, Any]] = {}
    top, below = start.top, start.below
    for _ in range(MOST_PAGES):
        page = fetch_page(below or None)
        fresh = {text_of(entry.get("id")): entry for entry in page}.keys() - entries.keys()
        entries.update((text_of(entry.get("id")), entry) for entry in page)
        if top is None and page:
            top = newest(page, now)
        if not fresh or _is_known(page, start.floor):
            return Walk(
                list(entries.values()), Position(floor=_later(start.floor, top)), complete=True
            )
        below = _lowest_id(page)
    return Walk(list(entries.values()), replace(start, top=top, below=below), complete=False)


def newest(page: Page, now: datetime) -> datetime | None:
    """The newest moment in a page; never in the future, whatever an author's clock says."""
    times = [min(time, now) for entry in page if (time := moment(entry.get("created_at")))]
    return max(times, default=None)


def _is_known(page: Page, floor: datetime | None) -> bool:
    """Whether most of a page is older than `floor` and the overlap; one odd clock is nothing."""
    if floor is None:
        return False
    times = [moment(entry.get("created_at")) for entry in page]
    older = sum(1 for time in times if time is None or time < floor - OVERLAP)
    return older * 2 > len(page)


def _lowest_id(page: Page) -> str:
    return text_of(unwrap(page[-1]).get("id"))


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max((time for time in (one, other) if time), default=None)

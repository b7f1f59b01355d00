"""What waits for a person, and what goes out next: each room enters its own, the dashboard shows
them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

Count = Callable[[datetime, int | None], int]
Oldest = Callable[[datetime, int | None], datetime | None]
"""Now, and the site of the MOOC that is asked for: None for all of them together."""
Permission = str | Callable[[Any], bool]
"""A permission's name ("app.codename"), or a question about a user."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One pile. `label` names it in the plural; `url_name` leads to where a person works it off;
    `count` and `oldest` (since when the oldest waits, None where nothing does) cost a query each at
    most."""

    key: str
    label: str | Promise
    permission: Permission
    url_name: str
    count: Count
    oldest: Oldest


@dataclass(frozen=True, slots=True)
class Pile:
    """A pile as one person finds it."""

    waiting: Waiting
    count: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Planned:
    """Something that will go out. `what` is its kind ("Launch"), `title` what it says or is about,
    `where` the connections' names, `url` the page on which to change it."""

    at: datetime
    what: str | Promise
    title: str
    where: str = ""
    url: str = ""


Upcoming = Callable[[datetime, int, int | None], Iterable[Planned]]
"""The next so many of one MOOC (its site; None: of all), the nearest first, in a constant number of
queries."""


@dataclass(frozen=True, slots=True)
class PlanSource:
    key: str
    permission: Permission
    upcoming: Upcoming


_waiting: dict[str, Waiting] = {}
_planned: dict[str, PlanSource] = {}


def enter_waiting(waiting: Waiting) -> None:
    """Raises ValueError for a key that is taken."""
    if waiting.key in _waiting:
        raise ValueError(f"two piles are called {waiting.key!r}")
    _waiting[waiting.key] = waiting


def enter_planned(key: str, *, permission: Permission, upcoming: Upcoming) -> None:
    """Raises ValueError for a key that is taken."""
    if key in _planned:
        raise ValueError(f"two plans are called {key!r}")
    _planned[key] = PlanSource(key, permission, upcoming)


def piles_for(user: Any, now: datetime, *, site_id: int | None = None) -> Sequence[Pile]:
    """What this person may work off in one MOOC: what waits longest first, then the empty ones by
    name."""
    mine = [one for one in _waiting.values() if _may(user, one.permission)]
    piles = [_pile(one, now, site_id) for one in mine]
    return sorted(piles, key=lambda pile: (pile.oldest or now, pile.count == 0, pile.waiting.key))


def _pile(waiting: Waiting, now: datetime, site_id: int | None) -> Pile:
    count = waiting.count(now, site_id)
    return Pile(waiting, count, waiting.oldest(now, site_id) if count else None)


def planned_for(
    user: Any, now: datetime, *, most: int, site_id: int | None = None
) -> Sequence[Planned]:
    """The next things to go out, of those that this person may change."""
    found = [
        plan
        for source in _planned.values()
        if _may(user, source.permission)
        for plan in source.upcoming(now, most, site_id)
    ]
    return sorted(found, key=lambda plan: plan.at)[:most]


def _may(user: Any, permission: Permission) -> bool:
    if callable(permission):
        return permission(user)
    return bool(user.has_perm(permission))

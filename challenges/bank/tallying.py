"""What the answers to one challenge add up to. Pure: rows in, plain numbers out, in one pass."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median
from typing import Any, NamedTuple

from rulebook import Outcome

ORDER = (Outcome.ACCEPTED.value, Outcome.WITH_TUTOR.value, Outcome.NOT_YET.value)
"""The best first: people count once, by the best that was found about them."""


class Row(NamedTuple):
    """One answer to one level. `findings` as they are stored; `person` is who gave it."""

    level: str
    number: int
    outcome: str
    findings: Sequence[dict[str, Any]]
    post: int
    said_at: datetime
    language: str
    network: str
    person: int


class Round(NamedTuple):
    number: int
    at: datetime


@dataclass(slots=True)
class _Person:
    """`posts` until the first one that was accepted, itself included."""

    best: str = Outcome.NOT_YET.value
    posts: set[int] = field(default_factory=set)
    is_through: bool = False

    def add(self, row: Row) -> None:
        self.best = min(self.best, row.outcome, key=ORDER.index)
        if not self.is_through or row.post in self.posts:
            self.posts.add(row.post)
        self.is_through = self.is_through or row.outcome == Outcome.ACCEPTED.value


@dataclass(slots=True)
class _Tally:
    people: dict[int, _Person] = field(default_factory=lambda: defaultdict(_Person))
    posts: set[int] = field(default_factory=set)

    def add(self, row: Row) -> None:
        self.people[row.person].add(row)
        self.posts.add(row.post)

    def told(self) -> dict[str, Any]:
        """`tries`: the median number of posts until one was accepted; None if none was yet."""
        best = Counter(person.best for person in self.people.values())
        tries = [len(person.posts) for person in self.people.values() if person.is_through]
        return {
            "people": len(self.people),
            "posts": len(self.posts),
            **{outcome: best[outcome] for outcome in ORDER},
            "tries": median(tries) if tries else None,
        }


@dataclass(slots=True)
class _Level:
    number: int = 0
    tally: _Tally = field(default_factory=_Tally)
    missed: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    """Rule → how often each person missed it."""

    def add(self, row: Row) -> None:
        self.number = row.number
        self.tally.add(row)
        if row.outcome == Outcome.ACCEPTED.value:
            return
        for finding in row.findings:
            if finding["outcome"] == Outcome.NOT_YET.value:
                self.missed[finding["rule"]][row.person] += 1

    def told(self) -> dict[str, Any]:
        missed = sorted(
            (-len(people), -people.total(), rule) for rule, people in self.missed.items()
        )
        told = [{"rule": rule, "people": -who, "times": -times} for who, times, rule in missed]
        return {"number": self.number, **self.tally.told(), "missed": told}


def tally_answers(rows: Iterable[Row], rounds: Sequence[Round]) -> dict[str, Any]:
    """`rows` as they were said, the earliest first; `rounds` likewise.

    Gives "whole", "levels" (by id), "languages", "networks" (people by what they are called) and
    "rounds", in the order of their numbers; what was said before the first one is round 0.
    """
    whole, moments = _Tally(), [one.at for one in rounds]
    levels: dict[str, _Level] = defaultdict(_Level)
    languages: dict[str, _Tally] = defaultdict(_Tally)
    networks: dict[str, _Tally] = defaultdict(_Tally)
    by_round: dict[int, _Tally] = defaultdict(_Tally)
    first: dict[int, datetime] = {}
    for row in rows:
        place = bisect_right(moments, row.said_at) - 1
        first.setdefault(place, row.said_at)
        for tally in (
            whole,
            levels[row.level],
            languages[row.language],
            networks[row.network],
            by_round[place],
        ):
            tally.add(row)
    told = [
        _round(place, one, by_round[place].told(), first.get(place))
        for place, one in enumerate(rounds)
    ]
    if -1 in by_round:
        told.insert(0, {"round": 0, "at": None, "first": None, **by_round[-1].told()})
    waits = [one["first"] for one in told if one["first"] is not None]
    return {
        "whole": whole.told() | {"first": median(waits) if waits else None},
        "levels": {level: one.told() for level, one in levels.items()},
        "languages": {name: one.told() for name, one in sorted(languages.items())},
        "networks": {name: one.told() for name, one in sorted(networks.items())},
        "rounds": told,
    }


def _round(place: int, one: Round, told: dict[str, Any], first: datetime | None) -> dict[str, Any]:
    """`first`: seconds from the launch to the first answer."""
    wait = int((first - one.at).total_seconds()) if first else None
    return {"round": one.number, "at": one.at.isoformat(), "first": wait, **told}

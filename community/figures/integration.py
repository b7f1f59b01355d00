"""Newcomers' ways in: how many of those who came in a week stand, a few weeks later, among those
who answer each other."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from community.figures.counting import day_of, week_of
from community.models import CountedPerson, Exchange
from community.models.figures import ALL

WEEKS = (1, 2, 4)
"""After so many weeks we look."""
MAIN = 3
"""Fewer people are no group."""
SEVERAL = 2
CHUNK = 2_000


class Groups:
    """People who are linked by answers, in however many steps; answers only ever join groups."""

    def __init__(self) -> None:
        self._above: dict[int, int] = {}
        self._sizes: dict[int, int] = {}
        self._answerers: dict[int, int] = defaultdict(int)
        self._largest: int | None = None

    def join(self, one: int, other: int) -> None:
        """`one` has answered `other` for the first time."""
        self._answerers[other] += 1
        first, second = self._root(one), self._root(other)
        if first != second:
            if self._sizes[first] < self._sizes[second]:
                first, second = second, first
            self._above[second] = first
            self._sizes[first] += self._sizes.pop(second)
        if self._largest is None or self._sizes[first] >= self._sizes.get(self._largest, 0):
            self._largest = first

    def is_main(self, person: int) -> bool:
        if self._largest is None or self._sizes[self._largest] < MAIN:
            return False
        return person in self._above and self._root(person) == self._largest

    def is_answered_by_several(self, person: int) -> bool:
        return self._answerers.get(person, 0) >= SEVERAL

    def _root(self, person: int) -> int:
        self._above.setdefault(person, person)
        if self._above[person] == person:
            self._sizes.setdefault(person, 1)
        while self._above[person] != person:
            self._above[person] = self._above[self._above[person]]
            person = self._above[person]
        return person


def read_integration(*, now: datetime, site: int = ALL) -> list[dict[str, Any]]:
    """For each week in which somebody came, oldest first: {"week", "newcomers", "after": {weeks:
    {"joined", "several"}}}, `after` only so many weeks as have passed.

    Reads every pair once, in the order of their first answers.
    """
    cohorts = _cohorts(site)
    looks = sorted(
        (_moment(week + timedelta(weeks=1 + after)), week, after)
        for week in cohorts
        for after in WEEKS
    )
    found: dict[date, dict[str, Any]] = {
        week: {"week": week.isoformat(), "newcomers": len(people), "after": {}}
        for week, people in sorted(cohorts.items())
    }
    groups, answers = Groups(), _first_answers(site)
    upcoming = next(answers, None)
    for moment, week, after in looks:
        if moment > now:
            break
        while upcoming is not None and upcoming[2] < moment:
            groups.join(upcoming[0], upcoming[1])
            upcoming = next(answers, None)
        people = cohorts[week]
        found[week]["after"][str(after)] = {
            "joined": sum(map(groups.is_main, people)),
            "several": sum(map(groups.is_answered_by_several, people)),
        }
    return list(found.values())


def _cohorts(site: int) -> dict[date, list[int]]:
    """Monday of their first post → people."""
    cohorts: dict[date, list[int]] = defaultdict(list)
    people = CountedPerson.objects.filter(site=site).values_list("person_id", "first_at")
    for person, first_at in people.iterator(chunk_size=CHUNK):
        cohorts[week_of(day_of(first_at))].append(person)
    return cohorts


def _first_answers(site: int) -> Iterator[tuple[int, int, datetime]]:
    pairs = Exchange.objects.filter(site=site).order_by("first_at", "pk")
    return iter(
        pairs.values_list("answerer_id", "answered_id", "first_at").iterator(chunk_size=CHUNK)
    )


def _moment(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone())

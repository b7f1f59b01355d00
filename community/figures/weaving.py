"""Who answers whom, drawn: the people who talked latest, where they stand, and how they are tied.

What is kept names nobody: names are asked for when a page is shown, of those who show theirs.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from community.figures.layout import place
from community.models import CountedPerson, Exchange, Presence
from community.models.figures import ALL
from community.newcomers import NEW_FOR

MOST = 500
"""People in one picture."""
LATEST = 8_000
"""Pairs that are looked at for them, the latest first."""
HELPER, NEWCOMER, OTHER = "helper", "newcomer", "other"

Pair = tuple[int, int]


def weave_network(*, now: datetime, site: int = ALL) -> dict[str, Any]:
    """{"people": [[person, role, x, y]], "ties": [[place, place, posts, is mutual]], "pairs",
    "mutual", "newcomers", "alone"}: places are those in the list of people."""
    ties = _latest_ties(site)
    people = sorted({person for pair in ties for person in pair})
    mutual = _mutual(ties)
    spots = place(people, {pair: sum(counts) for pair, counts in ties.items()})
    roles = _roles(people, now, site)
    number = {person: index for index, person in enumerate(people)}
    return {
        "people": [[person, roles.get(person, OTHER), *spots[person]] for person in people],
        "ties": [
            [number[one], number[other], sum(counts), (one, other) in mutual]
            for (one, other), counts in sorted(ties.items())
        ],
        "pairs": len(ties),
        "mutual": len(mutual),
        "newcomers": newcomers(now, site).count(),
        "alone": alone(now, site).count(),
    }


def newcomers(now: datetime, site: int = ALL) -> QuerySet[CountedPerson]:
    """Those who said something for the first time in the last sixty days."""
    return CountedPerson.objects.filter(site=site, first_at__gt=now - NEW_FOR)


def alone(now: datetime, site: int = ALL) -> QuerySet[CountedPerson]:
    """Newcomers whom nobody has answered, and who have answered nobody."""
    gave = Exchange.objects.filter(site=site, answerer=OuterRef("person"))
    got = Exchange.objects.filter(site=site, answered=OuterRef("person"))
    return newcomers(now, site).filter(~Exists(gave), ~Exists(got))


def _latest_ties(site: int) -> dict[Pair, list[int]]:
    """Between at most MOST people: the pair in order → answers each way."""
    people: set[int] = set()
    ties: dict[Pair, list[int]] = {}
    latest = Exchange.objects.filter(site=site).order_by("-last_at", "-pk")[:LATEST]
    for one, other, posts in latest.values_list("answerer_id", "answered_id", "posts"):
        if len(people | {one, other}) > MOST:
            continue
        people |= {one, other}
        counts = ties.setdefault((min(one, other), max(one, other)), [0, 0])
        counts[int(one > other)] += posts
    return ties


def _mutual(ties: dict[Pair, list[int]]) -> set[Pair]:
    return {pair for pair, counts in ties.items() if all(counts)}


def _roles(people: Iterable[int], now: datetime, site: int) -> dict[int, str]:
    """Whoever has helped is a helper, also if they came last week."""
    new = newcomers(now, site).filter(person__in=people).values_list("person", flat=True)
    helped = Presence.objects.filter(site=site, part=Presence.Part.HELPED, person__in=people)
    return dict.fromkeys(new, NEWCOMER) | dict.fromkeys(
        helped.order_by().values_list("person", flat=True).distinct(), HELPER
    )

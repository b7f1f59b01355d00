"""The figures of a period, from tallies alone: a constant number of queries, whatever was said."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Min, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth, TruncWeek

from community.figures.counting import WAIT, day_of
from community.figures.periods import WEEK, Period, start_of, steps
from community.figures.waits import percentile
from community.models import DailyTally, Presence
from community.models.figures import ALL
from community.moocs import Moocs
from community.sites import default_site_id

FEWEST = 5
"""Fewer people could be told who they are: what is known of them is withheld."""
MEDIAN, NINE_IN_TEN = 0.5, 0.9


@dataclass(frozen=True, slots=True)
class Slice:
    """What is asked for. Empty: every network, every language; `site`: one MOOC, or ALL."""

    period: Period
    cut: Presence.Span
    network: str = ""
    language: str = ""
    site: int = ALL

    @property
    def place(self) -> dict[str, str | int]:
        chosen = {"network": self.network, "language": self.language}
        return {"site": self.site, **{name: value for name, value in chosen.items() if value}}


@dataclass(frozen=True, slots=True)
class Span:
    """The figures of one week, one month, or the whole period. None: too few people to say.

    people: who spoke; joined: those of them who came aboard; newcomers: who spoke for the first
    time; answered, back_7, back_30: those of the newcomers who were answered, or came back so many
    days later; half_within, most_within: how long half and nine in ten of the answered waited.
    """

    start: date
    posts: int | None
    answers: int | None
    conversations: int | None
    people: int | None
    joined: int | None
    newcomers: int | None
    answered: int | None
    half_within: timedelta | None
    most_within: timedelta | None
    back_7: int | None
    back_30: int | None
    helps: int | None
    helpers: int | None
    helped: int | None


@dataclass(frozen=True, slots=True)
class Figures:
    """The period cut into weeks or months, oldest first, and as a whole."""

    spans: Sequence[Span]
    whole: Span
    cut: Presence.Span
    is_empty: bool


@dataclass(frozen=True, slots=True)
class Places:
    """Where and in which languages anything was ever counted, and since when."""

    networks: Sequence[str]
    languages: Sequence[str]
    first: date | None


def counted_under(site_id: int | None) -> int:
    """Under which number a site's figures are found: with one MOOC there is nothing to tell
    apart."""
    if site_id is None:
        return ALL
    moocs = Moocs.read()
    return ALL if moocs.is_one else moocs.of_site(site_id).site_id or ALL


def read_places(site: int = ALL) -> Places:
    said = DailyTally.objects.filter(site=site, kind="posts").order_by()
    pairs = list(said.values_list("network", "language").distinct())
    return Places(
        networks=sorted({network for network, _language in pairs}),
        languages=sorted({language for _network, language in pairs if language}),
        first=said.aggregate(first=Min("day"))["first"],
    )


def read_figures(wanted: Slice, *, first: date | None, now: datetime) -> Figures:
    """`first`: the day on which counting begins. Three queries."""
    today = day_of(now)
    starts = steps(wanted.period.since(today, first=first), today, wanted.cut)
    since = starts[0] if starts else today
    tallies = _tallies(wanted, since)
    people = _people(wanted, since)
    everything: Counter[str] = sum(tallies.values(), Counter())
    return Figures(
        spans=[_span(start, tallies[start], people[start]) for start in starts],
        whole=_span(since, everything, _people_in_all(wanted, since)),
        cut=wanted.cut,
        is_empty=not everything["posts"],
    )


def _tallies(wanted: Slice, since: date) -> dict[date, Counter[str]]:
    cut = TruncWeek("day") if wanted.cut == WEEK else TruncMonth("day")
    rows = (
        DailyTally.objects.filter(day__gte=since, **wanted.place)
        .order_by()
        .values("kind", start=cut)
        .annotate(sum=Sum("value"))
    )
    found: dict[date, Counter[str]] = defaultdict(Counter)
    for row in rows:
        found[row["start"]][row["kind"]] += row["sum"]
    return found


def _attendances(wanted: Slice, since: date) -> QuerySet[Presence]:
    return Presence.objects.filter(
        span=wanted.cut, start__gte=start_of(since, wanted.cut), **wanted.place
    ).order_by()


def _people(wanted: Slice, since: date) -> dict[date, Counter[str]]:
    """Distinct people by week or month: who spoke (of them, aboard), helped, was helped."""
    rows = _attendances(wanted, since).values("start", "part").annotate(**_distinct(wanted.site))
    found: dict[date, Counter[str]] = defaultdict(Counter)
    for row in rows:
        _note(found[row["start"]], row)
    return found


def _people_in_all(wanted: Slice, since: date) -> Counter[str]:
    found: Counter[str] = Counter()
    for row in _attendances(wanted, since).values("part").annotate(**_distinct(wanted.site)):
        _note(found, row)
    return found


def _distinct(site: int) -> dict[str, Count]:
    aboard = Q(person__embarked_at__isnull=False)
    if site and site == default_site_id():
        # Who came before MOOCs were told apart is aboard the first one without any row.
        aboard &= Q(person__boardings__site=site) | Q(person__boardings=None)
    elif site:
        aboard &= Q(person__boardings__site=site)
    return {
        "people": Count("person", distinct=True),
        "aboard": Count("person", distinct=True, filter=aboard),
    }


def _note(counts: Counter[str], row: Mapping[str, Any]) -> None:
    counts[row["part"]] = row["people"]
    if row["part"] == Presence.Part.SPOKE:
        counts["joined"] = row["aboard"]


def _span(start: date, tallies: Mapping[str, int], people: Mapping[str, int]) -> Span:
    """With what could point at somebody withheld."""
    spoke, newcomers = people.get(Presence.Part.SPOKE, 0), tallies.get("newcomers", 0)
    waits = {
        int(kind.removeprefix(WAIT)): number
        for kind, number in tallies.items()
        if kind.startswith(WAIT) and number
    }
    is_crowd, has_many_new = _is_told(spoke), _is_told(newcomers)
    answered = tallies.get("answered", 0)

    def told(kind: str, *, among: bool = is_crowd) -> int | None:
        return tallies.get(kind, 0) if among else None

    return Span(
        start=start,
        posts=told("posts"),
        answers=told("answers"),
        conversations=told("conversations"),
        people=_crowd(spoke),
        joined=_crowd(people.get("joined", 0)) if is_crowd else None,
        newcomers=_crowd(newcomers),
        answered=told("answered", among=has_many_new),
        half_within=percentile(waits, MEDIAN) if answered >= FEWEST else None,
        most_within=percentile(waits, NINE_IN_TEN) if answered >= FEWEST else None,
        back_7=told("back_7", among=has_many_new),
        back_30=told("back_30", among=has_many_new),
        helps=told("helps"),
        helpers=_crowd(people.get(Presence.Part.HELPED, 0)),
        helped=_crowd(people.get(Presence.Part.WAS_HELPED, 0)),
    )


def _is_told(people: int) -> bool:
    return people == 0 or people >= FEWEST


def _crowd(people: int) -> int | None:
    return people if _is_told(people) else None

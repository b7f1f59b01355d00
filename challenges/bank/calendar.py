"""A month of the MOOC: what was launched, what will be, live events, reveals."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from django.urls import reverse

from challenges.bank.forecast import coming_launches
from challenges.models import BankSchedule, Launch, PhotoRiddlePage
from challenges.riddles.planning import planned_steps
from community.models import LiveEvent
from community.sites import belongs_to, within

A_DAY = timedelta(days=1)
WEEK = 7


class Kind(StrEnum):
    LAUNCHED = "launched"
    PLANNED = "planned"
    COMING = "coming"
    LIVE = "live"
    REVEAL = "reveal"


@dataclass(frozen=True, slots=True)
class Entry:
    """Something on a day. `title` is "" where nobody knows yet what it will be; `note` is the
    queue's name; `round` counts from 1, 0 where it doesn't matter."""

    at: datetime
    kind: Kind
    title: str = ""
    url: str = ""
    note: str = ""
    round: int = 0
    returns: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    date: date
    is_of_month: bool
    is_today: bool
    entries: Sequence[Entry]


@dataclass(frozen=True, slots=True)
class Month:
    """`weeks` are whole ones, from Monday on; their edges belong to the neighbours."""

    first: date
    weeks: Sequence[Sequence[Day]]

    @property
    def days(self) -> list[Day]:
        """Of this month, those on which something happens: the list for small screens."""
        return [day for week in self.weeks for day in week if day.is_of_month and day.entries]

    @property
    def before(self) -> date:
        return (self.first - A_DAY).replace(day=1)

    @property
    def after(self) -> date:
        return next_month(self.first)


def next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def month_of(first: date, *, now: datetime, zone: tzinfo, site_id: int | None = None) -> Month:
    """The month that begins on `first`, of one MOOC (None: of all), on the clock of `zone`, in a
    constant number of queries."""
    begins = first - timedelta(days=first.weekday())
    rest = -(next_month(first) - begins).days % WEEK
    ends = next_month(first) + timedelta(days=rest)
    start, end = (datetime.combine(day, time(), tzinfo=zone) for day in (begins, ends))
    by_day: dict[date, list[Entry]] = defaultdict(list)
    for entry in sorted(_entries(start, end, now, site_id), key=lambda entry: entry.at):
        by_day[entry.at.astimezone(zone).date()].append(entry)
    today = now.astimezone(zone).date()
    days = [
        Day(day, day.month == first.month, day == today, by_day[day])
        for day in (begins + number * A_DAY for number in range((ends - begins).days))
    ]
    return Month(first, [days[place : place + WEEK] for place in range(0, len(days), WEEK)])


def _entries(start: datetime, end: datetime, now: datetime, site_id: int | None) -> Iterator[Entry]:
    yield from _launches(start, end, site_id)
    if end > now:
        yield from _coming(start, end, now, site_id)
        yield from _planned_reveals(start, end, now, site_id)
    yield from _live_events(start, end, site_id)
    yield from _reveals(start, end, site_id)


def _launches(start: datetime, end: datetime, site_id: int | None) -> Iterator[Entry]:
    here = Launch.objects.filter(within(site_id, "challenge__"))
    rows = here.filter(due_at__gte=start, due_at__lt=end)
    for launch in rows.select_related("challenge", "slot__schedule"):
        slot = getattr(launch, "slot", None)
        yield Entry(
            at=launch.due_at,
            kind=Kind.LAUNCHED if launch.promised_at else Kind.PLANNED,
            title=launch.challenge.title,
            url=reverse("wagtailadmin_pages:edit", args=[launch.challenge_id]),
            note=slot.schedule.name if slot else "",
            round=launch.round,
            returns=bool(slot and slot.is_return),
        )


def _coming(start: datetime, end: datetime, now: datetime, site_id: int | None) -> Iterator[Entry]:
    own = belongs_to(site_id)
    queues = list(BankSchedule.objects.filter(own)) if own else None
    for one in coming_launches(now=max(now, start - A_DAY), until=end, schedules=queues):
        if one.is_planned or one.is_skipped or not start <= one.due_at < end:
            continue
        yield Entry(
            at=one.due_at,
            kind=Kind.COMING,
            title=one.page.title if one.page else "",
            url=reverse("bank:queue", args=[one.schedule.pk]),
            note=one.schedule.name,
            returns=one.returns,
        )


def _live_events(start: datetime, end: datetime, site_id: int | None) -> Iterator[Entry]:
    here = LiveEvent.objects.accepted().filter(belongs_to(site_id))
    for event in here.filter(starts_at__gte=start, starts_at__lt=end):
        yield Entry(event.starts_at, Kind.LIVE, event.title, event.get_absolute_url())


def _reveals(start: datetime, end: datetime, site_id: int | None) -> Iterator[Entry]:
    """Told once for all languages of a riddle."""
    here = PhotoRiddlePage.objects.filter(within(site_id))
    riddles = here.filter(revealed_at__gte=start, revealed_at__lt=end)
    seen = set()
    for riddle in riddles.order_by("pk"):
        if riddle.translation_key not in seen and riddle.revealed_at:
            seen.add(riddle.translation_key)
            url = reverse("wagtailadmin_pages:edit", args=[riddle.pk])
            yield Entry(riddle.revealed_at, Kind.REVEAL, riddle.title, url)


def _planned_reveals(
    start: datetime, end: datetime, now: datetime, site_id: int | None
) -> Iterator[Entry]:
    for step in planned_steps(now, site_id=site_id):
        if step.number == 0 and max(start, now) <= step.at < end:
            url = reverse("wagtailadmin_pages:edit", args=[step.page.pk])
            yield Entry(step.at, Kind.REVEAL, step.page.title, url)

"""What queues will launch: what is planned, what people moved or left out, and what follows from
the cadence."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, Q

from challenges.bank.cadence import Cadence
from challenges.bank.choosing import latest_rounds, ready_entries, would_come_back
from challenges.bank.queueing import cadence_of, shared_rests
from challenges.models import BankEntry, BankSchedule, BankSlot, ChallengePage, Launch

A_MOMENT = timedelta(microseconds=1)
Outcome = BankSlot.Outcome


@dataclass(frozen=True, slots=True)
class Coming:
    """A launch to come. `at` names the moment, `due_at` is when; `page` is None where chance will
    decide, or nothing is left; `returns`: an earlier challenge will come back."""

    schedule: BankSchedule
    at: datetime
    due_at: datetime
    page: ChallengePage | None = None
    is_planned: bool = False
    is_skipped: bool = False
    is_moved: bool = False
    is_chance: bool = False
    returns: bool = False

    @property
    def there(self) -> datetime:
        """On the clock of the queue."""
        return self.due_at.astimezone(ZoneInfo(self.schedule.time_zone))


def coming_launches(
    *, now: datetime, until: datetime, schedules: Iterable[BankSchedule] | None = None
) -> list[Coming]:
    """Of all queues that aren't paused, or of these; the nearest first, in a constant number of
    queries."""
    asked = BankSchedule.objects.running()
    if schedules is not None:
        asked = asked.filter(pk__in=[one.pk for one in schedules])
    slots = BankSlot.objects.filter(Q(due_at__gt=now) | Q(at__gt=now))
    found = list(
        asked.prefetch_related(
            "pauses",
            Prefetch("slots", slots.select_related("launch__challenge"), to_attr="near"),
            Prefetch("entries", ready_entries(), to_attr="ready"),
        )
    )
    rests = shared_rests() if found else []
    resting = list(latest_rounds()) if any(one.recycles for one in found) else []
    coming = [
        one
        for schedule in found
        for one in _foretell(schedule, cadence_of(schedule, rests), resting, now, until)
    ]
    return sorted(coming, key=lambda one: (one.due_at, one.schedule.pk))


def _foretell(
    schedule: BankSchedule,
    cadence: Cadence,
    resting: list[Launch],
    now: datetime,
    until: datetime,
) -> Iterator[Coming]:
    """`resting`: what queues may bring back; what this one will is taken out of it."""
    known: dict[datetime, BankSlot] = {slot.at: slot for slot in _near(schedule)}
    moments = [at for at in _moments(schedule, cadence, now, until) if at not in known]
    fresh = [BankSlot(schedule=schedule, at=at, due_at=at) for at in moments]
    shown = [slot for slot in [*known.values(), *fresh] if now < slot.due_at <= until]
    queue = iter(_ready(schedule))
    for slot in sorted(shown, key=lambda slot: slot.due_at):
        if slot.outcome in (Outcome.OPEN, Outcome.SKIPPED, Outcome.LAUNCHED):
            yield _coming(schedule, slot, queue, resting)


def _moments(
    schedule: BankSchedule, cadence: Cadence, now: datetime, until: datetime
) -> Iterator[datetime]:
    if schedule.next_at is None:
        return iter(())
    return cadence.moments(after=max(now, schedule.next_at - A_MOMENT), until=until)


def _coming(
    schedule: BankSchedule, slot: BankSlot, queue: Iterator[BankEntry], resting: list[Launch]
) -> Coming:
    told = partial(Coming, schedule, slot.at, slot.due_at, is_moved=slot.at != slot.due_at)
    if slot.launch:
        return told(page=slot.launch.challenge, is_planned=True, returns=slot.is_return)
    if slot.outcome == Outcome.SKIPPED:
        return told(is_skipped=True)
    by_chance = schedule.takes == BankSchedule.Takes.RANDOM
    if entry := next(queue, None):
        return told(page=None if by_chance else entry.challenge, is_chance=by_chance)
    launch = _next_return(schedule, slot.due_at, resting)
    if launch is None:
        return told()
    page = None if by_chance else launch.challenge
    return told(page=page, is_chance=by_chance, returns=True)


def _next_return(schedule: BankSchedule, at: datetime, resting: list[Launch]) -> Launch | None:
    if not schedule.recycles:
        return None
    found = next((one for one in resting if would_come_back(schedule, one, at)), None)
    if found:
        resting.remove(found)
    return found


def _near(schedule: BankSchedule) -> Sequence[BankSlot]:
    return list(getattr(schedule, "near", ()))


def _ready(schedule: BankSchedule) -> Sequence[BankEntry]:
    return list(getattr(schedule, "ready", ()))


def first_of_each(coming: Iterable[Coming]) -> dict[int, Coming]:
    """By the id of the queue: the next launch that isn't left out."""
    first: dict[int, Coming] = {}
    for one in coming:
        if not one.is_skipped:
            first.setdefault(one.schedule.pk, one)
    return first

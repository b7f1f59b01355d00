"""What queues will launch: what is planned, what people moved or left out, and what follows from
the cadence."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, Q

from challenges.bank.cadence import Cadence
from challenges.bank.choosing import ready_entries
from challenges.bank.queueing import cadence_of, shared_rests
from challenges.models import BankEntry, BankSchedule, BankSlot, ChallengePage

A_MOMENT = timedelta(microseconds=1)
Outcome = BankSlot.Outcome


@dataclass(frozen=True, slots=True)
class Coming:
    """A launch to come. `at` names the moment, `due_at` is when; `page` is None where chance will
    decide, or nothing is left in the queue; `returns`: an earlier challenge will come back."""

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
    coming = [
        one
        for schedule in found
        for one in _foretell(schedule, cadence_of(schedule, rests), now, until)
    ]
    return sorted(coming, key=lambda one: (one.due_at, one.schedule.pk))


def _foretell(
    schedule: BankSchedule, cadence: Cadence, now: datetime, until: datetime
) -> Iterator[Coming]:
    known: dict[datetime, BankSlot] = {slot.at: slot for slot in _near(schedule)}
    moments = [at for at in _moments(schedule, cadence, now, until) if at not in known]
    fresh = [BankSlot(schedule=schedule, at=at, due_at=at) for at in moments]
    shown = [slot for slot in [*known.values(), *fresh] if now < slot.due_at <= until]
    queue = iter(_ready(schedule))
    for slot in sorted(shown, key=lambda slot: slot.due_at):
        if slot.outcome in (Outcome.OPEN, Outcome.SKIPPED, Outcome.LAUNCHED):
            yield _coming(schedule, slot, queue)


def _moments(
    schedule: BankSchedule, cadence: Cadence, now: datetime, until: datetime
) -> Iterator[datetime]:
    if schedule.next_at is None:
        return iter(())
    return cadence.moments(after=max(now, schedule.next_at - A_MOMENT), until=until)


def _coming(schedule: BankSchedule, slot: BankSlot, queue: Iterator[BankEntry]) -> Coming:
    frame = {"schedule": schedule, "at": slot.at, "due_at": slot.due_at}
    moved = slot.at != slot.due_at
    if slot.launch:
        return Coming(**frame, page=slot.launch.challenge, is_planned=True, is_moved=moved)
    if slot.outcome == Outcome.SKIPPED:
        return Coming(**frame, is_skipped=True)
    entry = next(queue, None)
    if entry is None:
        return Coming(**frame, is_moved=moved, returns=schedule.recycles)
    if schedule.takes == BankSchedule.Takes.RANDOM:
        return Coming(**frame, is_moved=moved, is_chance=True)
    return Coming(**frame, page=entry.challenge, is_moved=moved)


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

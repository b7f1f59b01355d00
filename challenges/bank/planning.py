"""The step “plan”: moments of queues become slots, and slots become launches, a little ahead.

A slot's key is its queue and its moment: neither two workers nor a night without any double it.
What was missed is not made up for: after a night without workers the latest moment alone is kept,
and only while it is fresh.
"""

import logging
from datetime import datetime, timedelta
from random import Random, SystemRandom

from django.db import transaction
from django.db.models import Min, QuerySet

from challenges.bank.cadence import Cadence
from challenges.bank.choosing import Turn, choose
from challenges.bank.queueing import cadence_of, shared_rests
from challenges.bank.warning import warn_of_low_stock
from challenges.launching import LaunchRefused, launch_challenge
from challenges.models import BankEntry, BankSchedule, BankSlot
from microblog.steps import Backlog

logger = logging.getLogger(__name__)

AHEAD = timedelta(hours=1)
LATEST = timedelta(hours=6)
"""A launch that comes later than this after its moment is left out."""
BATCH = 50
A_MOMENT = timedelta(microseconds=1)
Outcome = BankSlot.Outcome


def plan_launches(now: datetime, *, chance: Random | None = None) -> int:
    """One round over all queues; returns how many rows moved."""
    opened = _open_slots(now)
    waiting = list(_to_fill(now).order_by("due_at", "pk").values_list("pk", flat=True)[:BATCH])
    filled = sum(_fill(pk, now, chance or SystemRandom()) for pk in waiting)
    return opened + filled + warn_of_low_stock(now)


def backlog(now: datetime) -> Backlog:
    """Queues and slots whose moment has come, and nothing happened."""
    queues = _to_open(now).filter(next_at__lte=now)
    slots = _to_fill(now).filter(due_at__lte=now)
    moments = [
        queues.aggregate(Min("next_at"))["next_at__min"],
        slots.aggregate(Min("due_at"))["due_at__min"],
    ]
    return Backlog(queues.count() + slots.count(), min(filter(None, moments), default=None))


def _to_open(now: datetime) -> QuerySet[BankSchedule]:
    return BankSchedule.objects.running().filter(next_at__lte=now + AHEAD)


def _to_fill(now: datetime) -> QuerySet[BankSlot]:
    slots = BankSlot.objects.filter(outcome=Outcome.OPEN, due_at__lte=now + AHEAD)
    return slots.filter(schedule__paused_at=None)


@transaction.atomic
def _open_slots(now: datetime) -> int:
    locked = _to_open(now).order_by("pk").select_for_update(skip_locked=True)
    due = list(locked.prefetch_related("pauses")[:BATCH])
    if not due:
        return 0
    rests, slots = shared_rests(), []
    for schedule in due:
        cadence = cadence_of(schedule, rests)
        moments = _worth_it(cadence, schedule.next_at or now, now)
        slots += [BankSlot(schedule=schedule, at=at, due_at=at) for at in moments]
        schedule.next_at = cadence.next_after(now + AHEAD)
    BankSlot.objects.bulk_create(slots, ignore_conflicts=True)
    BankSchedule.objects.bulk_update(due, ["next_at"])
    return len(due)


def _worth_it(cadence: Cadence, first: datetime, now: datetime) -> list[datetime]:
    """Those to come, and of those that were missed the latest."""
    start = max(first - A_MOMENT, now - LATEST)
    missed = cadence.last_before(now, after=start)
    return [*filter(None, [missed]), *cadence.moments(after=max(start, now), until=now + AHEAD)]


def _fill(pk: int, now: datetime, chance: Random) -> bool:
    """Give a slot its challenge; False while there is none and its moment is still to come."""
    with transaction.atomic():
        # Two workers never choose at the same time, so that none chooses what the other did.
        list(BankSchedule.objects.order_by("pk").select_for_update().values_list("pk", flat=True))
        slot = BankSlot.objects.select_related("schedule").filter(pk=pk, outcome="").first()
        if slot is None:
            return False
        if slot.due_at <= now - LATEST:
            return _close(slot, Outcome.LATE)
        turn = choose(slot.schedule, now=now, chance=chance)
        if turn is None:
            return slot.due_at <= now and _close(slot, Outcome.EMPTY)
        return _take(slot, turn, now)


def _close(slot: BankSlot, outcome: BankSlot.Outcome) -> bool:
    slot.outcome = outcome
    slot.save(update_fields=["outcome"])
    return True


def _take(slot: BankSlot, turn: Turn, now: datetime) -> bool:
    where = list(slot.schedule.connections.all())
    try:
        slot.launch = launch_challenge(
            turn.page, by=None, now=now, at=slot.due_at, again=True, connections=where or None
        )
    except LaunchRefused:
        logger.exception("%s can't be launched by its queue.", turn.page)
        return False
    slot.outcome, slot.is_return = Outcome.LAUNCHED, turn.entry is None
    slot.save(update_fields=["launch", "outcome", "is_return"])
    if turn.entry:
        BankEntry.objects.filter(pk=turn.entry.pk).update(slot=slot)
    return True

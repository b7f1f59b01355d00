"""What people decide about a queue: pause, resume, leave a launch out, move it, change the
cadence."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from challenges.bank.queueing import Rests, cadence_of, shared_rests
from challenges.models import BankEntry, BankSchedule, BankSlot, Launch
from community.models import User

A_MOMENT = timedelta(microseconds=1)
Outcome = BankSlot.Outcome


class NotThen(Exception):
    """This can't be done with that launch; the message tells the organiser why."""


@transaction.atomic
def pause_queue(schedule: BankSchedule, *, now: datetime) -> bool:
    """What was planned and not said yet goes back into the queue. False where it paused already."""
    paused = BankSchedule.objects.filter(pk=schedule.pk, paused_at=None).update(paused_at=now)
    if paused:
        _give_back(_unsaid(schedule))
    return bool(paused)


@transaction.atomic
def resume_queue(schedule: BankSchedule, *, now: datetime) -> bool:
    """From the next moment on: what would have gone out meanwhile never does."""
    resumed = BankSchedule.objects.filter(pk=schedule.pk).exclude(paused_at=None)
    if not resumed.update(paused_at=None):
        return False
    schedule.slots.filter(outcome=Outcome.OPEN, due_at__lte=now).update(outcome=Outcome.LATE)
    reschedule([schedule], now=now)
    return True


@transaction.atomic
def reschedule(schedules: Iterable[BankSchedule], *, now: datetime) -> None:
    """After a change of cadence or pauses: what was planned and not said is planned anew. What a
    person moved or left out stays so; a day that had its launch gets no second one."""
    rests = shared_rests()
    for schedule in schedules:
        schedule.refresh_from_db()
        _give_back(_unsaid(schedule).filter(changed_by=None))
        schedule.next_at = cadence_of(schedule, rests).next_after(_begin(schedule, now))
        schedule.save(update_fields=["next_at"])


def _begin(schedule: BankSchedule, now: datetime) -> datetime:
    last = schedule.slots.filter(outcome=Outcome.LAUNCHED).order_by("-at").first()
    if last is None:
        return now
    zone = ZoneInfo(schedule.time_zone)
    tomorrow = last.at.astimezone(zone).date() + timedelta(days=1)
    return max(now, datetime.combine(tomorrow, time(), tzinfo=zone) - A_MOMENT)


def _unsaid(schedule: BankSchedule) -> QuerySet[BankSlot]:
    planned = Q(outcome=Outcome.LAUNCHED, launch__promised_at=None, launch__isnull=False)
    return schedule.slots.filter(planned | Q(outcome=Outcome.OPEN, changed_by=None))


def _give_back(slots: QuerySet[BankSlot]) -> None:
    """As if these slots had never been; those that a person moved stay, and are open again."""
    found = list(slots.select_related("launch"))
    free = [slot for slot in found if _take_back(slot)]
    kept = [slot.pk for slot in free if slot.changed_by_id]
    BankSlot.objects.filter(pk__in=kept).update(outcome=Outcome.OPEN, is_return=False)
    BankSlot.objects.filter(pk__in=[slot.pk for slot in free]).exclude(pk__in=kept).delete()


def _take_back(slot: BankSlot) -> bool:
    """Withdraw its launch, unless that was said meanwhile; its challenge waits again."""
    if slot.launch_id:
        locked = Launch.objects.select_for_update().filter(pk=slot.launch_id, promised_at=None)
        launch = locked.first()
        if launch is None:
            return False
        launch.delete()
    entry = BankEntry.objects.filter(slot=slot).first()
    if entry is None:
        return True
    if BankEntry.objects.waiting().filter(challenge_key=entry.challenge_key).exists():
        entry.delete()
    else:
        BankEntry.objects.filter(pk=entry.pk).update(slot=None)
    return True


@transaction.atomic
def skip_slot(schedule: BankSchedule, at: datetime, *, by: User, now: datetime) -> BankSlot:
    """Leave out the launch of that moment; its challenge keeps its place. Raises NotThen."""
    slot = _slot(schedule, at, now)
    if not _take_back(slot):
        raise NotThen(_("It was launched meanwhile."))
    slot.outcome, slot.launch, slot.is_return, slot.changed_by = Outcome.SKIPPED, None, False, by
    slot.save()
    return slot


@transaction.atomic
def restore_slot(schedule: BankSchedule, at: datetime, *, by: User, now: datetime) -> bool:
    """Take “left out” back, as long as its moment is to come."""
    skipped = schedule.slots.filter(at=at, outcome=Outcome.SKIPPED, due_at__gt=now)
    return bool(skipped.update(outcome=Outcome.OPEN, changed_by=by))


@transaction.atomic
def move_slot(
    schedule: BankSchedule, at: datetime, *, to: datetime, by: User, now: datetime
) -> BankSlot:
    """Launch at another time, this once. Raises NotThen."""
    if to <= now:
        raise NotThen(_("This moment is past."))
    slot = _slot(schedule, at, now)
    _must_be_free(schedule, slot, to)
    if slot.launch_id:
        unsaid = Launch.objects.filter(pk=slot.launch_id, promised_at=None)
        if not unsaid.update(due_at=to):
            raise NotThen(_("It was launched meanwhile."))
    slot.due_at, slot.changed_by = to, by
    slot.save()
    return slot


def _slot(schedule: BankSchedule, at: datetime, now: datetime) -> BankSlot:
    """That of this moment, locked; made where the plan hasn't come so far yet."""
    BankSchedule.objects.select_for_update().get(pk=schedule.pk)
    known = schedule.slots.select_for_update().filter(at=at).first()
    if known is None:
        if at <= now or at not in moments_around(schedule, at, shared_rests()):
            raise NotThen(_("This queue launches nothing then."))
        return BankSlot.objects.create(schedule=schedule, at=at, due_at=at)
    if known.outcome not in (Outcome.OPEN, Outcome.LAUNCHED):
        raise NotThen(_("This queue launches nothing then."))
    return known


def _must_be_free(schedule: BankSchedule, slot: BankSlot, to: datetime) -> None:
    taken = schedule.slots.exclude(pk=slot.pk).exclude(outcome=Outcome.SKIPPED)
    own = moments_around(schedule, to, shared_rests())
    moved = schedule.slots.filter(at=to).exclude(due_at=to)
    is_own = to in own and to != slot.at and not moved.exists()
    if is_own or taken.filter(due_at=to).exists():
        raise NotThen(_("This queue launches another one then."))


def moments_around(schedule: BankSchedule, at: datetime, rests: Rests) -> list[datetime]:
    return list(cadence_of(schedule, rests).moments(after=at - A_MOMENT, until=at))

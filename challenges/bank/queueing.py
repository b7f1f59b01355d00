"""What waits in a queue, and in which order."""

from collections.abc import Iterable, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max, QuerySet

from challenges.bank.cadence import Cadence
from challenges.models import BankEntry, BankPause, BankSchedule, ChallengePage
from community.models import User
from community.sites import default_site_id, within

Rests = Sequence[tuple[date, date]]


def shared_rests() -> Rests:
    """The days on which every queue rests."""
    return list(BankPause.objects.filter(schedule=None).values_list("starts_on", "ends_on"))


def cadence_of(schedule: BankSchedule, shared: Rests) -> Cadence:
    """Asks for the pauses of the queue, unless they were prefetched."""
    own = [(pause.starts_on, pause.ends_on) for pause in schedule.pauses.all()]
    return Cadence(
        every=schedule.every,
        hour=schedule.hour,
        zone=ZoneInfo(schedule.time_zone),
        starts_on=schedule.starts_on,
        interval=schedule.interval,
        weekdays=tuple(schedule.weekdays),
        month_day=schedule.month_day,
        rests=(*shared, *own),
    )


def may_wait(schedule: BankSchedule | None = None) -> QuerySet[ChallengePage]:
    """One page of every challenge of the queue's MOOC that isn't closed and waits nowhere; drafts
    too."""
    waiting = BankEntry.objects.waiting().values("challenge_key")
    pages = ChallengePage.objects.filter(closed_at=None, alias_of=None)
    if schedule is not None:
        pages = pages.filter(within(schedule.site_id or default_site_id()))
    return pages.exclude(translation_key__in=waiting).select_related("locale").order_by("title")


def add_to_queue(
    schedule: BankSchedule, pages: Iterable[ChallengePage], *, by: User | None
) -> list[BankEntry]:
    """At the end; what waits in some queue already is left where it is."""
    with transaction.atomic():
        _lock(schedule)
        last = schedule.entries.waiting().aggregate(last=Max("position"))["last"] or 0
        waiting = set(BankEntry.objects.waiting().values_list("challenge_key", flat=True))
        fresh = {page.translation_key: page for page in reversed(list(pages))}
        wanted = [page for key, page in reversed(fresh.items()) if key not in waiting]
        return BankEntry.objects.bulk_create(
            BankEntry(
                schedule=schedule,
                challenge_id=page.pk,
                challenge_key=page.translation_key,
                position=last + number,
                added_by=by,
            )
            for number, page in enumerate(wanted, 1)
        )


def remove_from_queue(entry: BankEntry) -> bool:
    """False where its turn had come already."""
    return bool(BankEntry.objects.waiting().filter(pk=entry.pk).delete()[0])


def reorder_queue(schedule: BankSchedule, wanted: Sequence[int]) -> None:
    """`wanted`: ids of entries, the first to go out first; those not named keep their order, after
    them."""
    place = {pk: number for number, pk in enumerate(wanted)}
    with transaction.atomic():
        _lock(schedule)
        entries = list(schedule.entries.waiting().order_by("position", "pk"))
        entries.sort(key=lambda entry: place.get(entry.pk, len(place)))
        for number, entry in enumerate(entries, 1):
            entry.position = number
        BankEntry.objects.bulk_update(entries, ["position"])


def shift_entry(entry: BankEntry, by: int) -> None:
    """So many places nearer to the front (negative) or to the end."""
    waiting = entry.schedule.entries.waiting().order_by("position", "pk")
    order = list(waiting.values_list("pk", flat=True))
    if entry.pk not in order:
        return
    place = order.index(entry.pk)
    order.insert(max(0, min(len(order) - 1, place + by)), order.pop(place))
    reorder_queue(entry.schedule, order)


def _lock(schedule: BankSchedule) -> None:
    """Two people who change the same queue take turns."""
    locked = BankSchedule.objects.filter(pk=schedule.pk).select_for_update()
    list(locked.values_list("pk", flat=True))

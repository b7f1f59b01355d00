"""Whose turn it is: the next in the queue, one by chance, or an earlier challenge come back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from random import Random
from uuid import UUID

from django.db.models import Exists, F, Max, OuterRef, QuerySet, Subquery

from challenges.bank.cadence import months_before
from challenges.models import BankEntry, BankSchedule, ChallengePage, Launch
from challenges.models.bank import waits_somewhere
from community.sites import default_site_id, site_of_page, within

KINDS = {
    BankSchedule.Kind.RIDDLE: {"challenge__photoriddlepage__isnull": False},
    BankSchedule.Kind.MINI: {"challenge__minichallengepage__isnull": False},
}


@dataclass(frozen=True, slots=True)
class Turn:
    """`entry` is None for a challenge that comes back."""

    page: ChallengePage
    entry: BankEntry | None = None


def choose(schedule: BankSchedule, *, now: datetime, chance: Random) -> Turn | None:
    """None where nothing is left that may be launched."""
    entries = list(ready_entries().filter(schedule=schedule))
    by_order = schedule.takes == BankSchedule.Takes.ORDER
    if entries:
        months = schedule.recycle_after
        fair = partial(_fairly, entries, months=months, now=now, chance=chance)
        entry = entries[0] if by_order else fair()
        return Turn(entry.challenge, entry)
    earlier = list(may_come_back(schedule, now)) if schedule.recycles else []
    if not earlier:
        return None
    return Turn((earlier[0] if by_order else chance.choice(earlier)).challenge)


def ready_entries() -> QuerySet[BankEntry]:
    """In their order, without those that somebody is about to launch by hand."""
    planned = Launch.objects.filter(challenge_key=OuterRef("challenge_key"), promised_at=None)
    entries = BankEntry.objects.launchable().exclude(Exists(planned))
    return entries.select_related("challenge").order_by("position", "pk")


def _fairly(
    entries: Sequence[BankEntry], *, months: int, now: datetime, chance: Random
) -> BankEntry:
    """By chance among those not launched for so many months; if all were, among the older half."""
    latest = _latest_launches([entry.challenge_key for entry in entries])
    since = months_before(now, months)
    fresh = [one for one in entries if _is_fresh(latest.get(one.challenge_key), since)]
    if not fresh:
        aged = sorted(entries, key=lambda entry: latest[entry.challenge_key])
        fresh = aged[: (len(aged) + 1) // 2]
    return chance.choice(fresh)


def _is_fresh(launched: datetime | None, since: datetime) -> bool:
    return launched is None or launched < since


def _latest_launches(keys: Sequence[UUID]) -> dict[UUID, datetime]:
    rows = Launch.objects.filter(challenge_key__in=keys).order_by().values("challenge_key")
    return dict(rows.annotate(Max("due_at")).values_list("challenge_key", "due_at__max"))


def may_come_back(schedule: BankSchedule, now: datetime) -> QuerySet[Launch]:
    """What this queue may bring back: what rested longest comes first."""
    since = months_before(now, schedule.recycle_after)
    kind = KINDS.get(BankSchedule.Kind(schedule.recycle_kind), {})
    own = latest_rounds().filter(within(schedule.site_id or default_site_id(), "challenge__"))
    return own.filter(due_at__lte=since, **kind)


def latest_rounds() -> QuerySet[Launch]:
    """The latest launch of each challenge that is public, open, and waits in no queue."""
    same = Launch.objects.filter(challenge_key=OuterRef("challenge_key")).order_by()
    latest = same.values("challenge_key").annotate(latest=Max("due_at")).values("latest")
    return (
        Launch.objects.annotate(latest=Subquery(latest))
        .filter(
            due_at=F("latest"),
            promised_at__isnull=False,
            challenge__live=True,
            challenge__closed_at=None,
        )
        .exclude(waits_somewhere())
        .select_related("challenge__photoriddlepage")
        .order_by("due_at", "pk")
    )


def would_come_back(schedule: BankSchedule, launch: Launch, at: datetime) -> bool:
    """The same question as `may_come_back`, about one launch and a moment to come."""
    is_riddle = hasattr(launch.challenge, "photoriddlepage")
    fits = {"any": True, "riddle": is_riddle, "mini": not is_riddle}[schedule.recycle_kind]
    site_id = site_of_page(launch.challenge)
    fits = fits and site_id in {None, schedule.site_id or default_site_id()}
    return fits and launch.due_at <= months_before(at, schedule.recycle_after)

"""Keeps the queue true: claims that ran out, events that ended, posts that were taken back, tips
that were thanked."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Min, Q, QuerySet

from community.models import Claim, Consent, Need, NeedReason, Tip, TipUse
from community.models.console import OPEN
from community.tutoring.closing import end_reasons, refresh_needs
from community.tutoring.needs import all_kinds
from microblog.steps import Backlog

BATCH = 200
MOST_LOOKED_AT = 1000
TOO_LONG = timedelta(days=60)
"""After that nobody expects an answer any more: new posts of theirs ask anew."""


@transaction.atomic
def tend(now: datetime) -> int:
    """Returns how many rows moved."""
    moved = _free(now) + _end_what_passed(now) + _end_what_is_settled(now)
    return moved + _move_up(now) + _thank(now)


def backlog(now: datetime) -> Backlog:
    """What waits for this step itself: tutors' own queue is in microblog.waiting."""
    claims, reasons = _run_out(now), _over(now)
    oldest = [
        moment
        for moment in (
            claims.aggregate(at=Min("expires_at"))["at"],
            reasons.aggregate(at=Min("since"))["at"],
        )
        if moment
    ]
    return Backlog(claims.count() + reasons.count(), min(oldest, default=None))


def _run_out(now: datetime) -> QuerySet[Claim]:
    return Claim.objects.open().filter(expires_at__lte=now)


def _free(now: datetime) -> int:
    rows = list(_run_out(now).order_by("expires_at").values_list("pk", flat=True)[:BATCH])
    still = Claim.objects.open().filter(pk__in=rows, expires_at__lte=now)
    return still.update(ended_at=now, ending=Claim.Ending.EXPIRED) if rows else 0


def _over(now: datetime) -> QuerySet[NeedReason]:
    """Reasons that hold no longer: their event is over, their post can't be read any more, or
    their author wants to be left alone."""
    gone = (
        Q(until__lte=now)
        | Q(since__lt=now - TOO_LONG)
        | Q(post__deleted_at__isnull=False)
        | ~Q(post__visibility__in=OPEN)
        | Q(post__author__refuses_bots=True)
        | Q(need__person__consent=Consent.NOTHING)
    )
    return NeedReason.objects.filter(gone, closed_at=None)


def _end_what_passed(now: datetime) -> int:
    rows = list(_over(now).order_by("pk").values_list("pk", flat=True)[:BATCH])
    return end_reasons(NeedReason.objects.filter(pk__in=rows), now=now) if rows else 0


def _end_what_is_settled(now: datetime) -> int:
    """What somebody managed by themself, or was told in another way."""
    ended = 0
    for kind in all_kinds():
        if kind.settled is None:
            continue
        held = NeedReason.objects.filter(kind=kind.name, closed_at=None).select_related("post")
        settled = kind.settled(list(held.order_by("-since")[:MOST_LOOKED_AT]))
        if settled:
            reasons = NeedReason.objects.filter(pk__in=settled)
            ended += end_reasons(reasons, now=now, ending=Need.Ending.SETTLED)
    return ended


def _move_up(now: datetime) -> int:
    """Newcomers at a running event whom nobody has answered for long enough come first."""
    due = NeedReason.objects.filter(
        closed_at=None, until__gt=now, shows_at__lte=now, need__rank=Need.IN_TURN
    )
    needs = set(due.values_list("need", flat=True)[:BATCH])
    refresh_needs(needs, now=now)
    return len(needs)


def _thank(now: datetime) -> int:
    """A tip counts as thanked once the answer that it went into was confirmed as a help."""
    thanked = list(
        TipUse.objects.filter(
            thanked_at=None,
            used_at__gt=now - TOO_LONG,
            answer__help__confirmed_at__isnull=False,
            answer__help__undone_at=None,
        ).values_list("pk", "tip")[:BATCH]
    )
    for pk, tip in thanked:
        if TipUse.objects.filter(pk=pk, thanked_at=None).update(thanked_at=now):
            Tip.objects.filter(pk=tip).update(times_thanked=F("times_thanked") + 1)
    return len(thanked)

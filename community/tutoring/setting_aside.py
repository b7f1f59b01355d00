"""A tutor says that somebody needs no answer, and may take it back for a day."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet

from community.models import Claim, Need, NeedReason, Participant
from community.tutoring.claiming import NobodyWaits, hold
from community.tutoring.closing import close_need, refresh_needs

FOR = timedelta(days=1)
MOST_SHOWN = 3


def set_aside(pk: int, tutor: Participant, *, now: datetime) -> None:
    """Nothing is left to say to them about what shows by now; a reason that gives the others time
    to answer stays. Raises Taken, NobodyWaits."""
    with transaction.atomic():
        claim = hold(pk, tutor, now=now)
        claim.ended_at, claim.ending = now, Claim.Ending.SET_ASIDE
        claim.save(update_fields=["ended_at", "ending"])
        shown = claim.need.reasons.filter(shows_at__lte=now, closed_at=None)
        close_need(
            claim.need,
            ending=Need.Ending.SET_ASIDE,
            now=now,
            reasons=shown.values_list("pk", flat=True),
        )


def set_aside_by(tutor: Participant, *, now: datetime) -> QuerySet[Claim]:
    """What they may take back, the latest first, with the need's post and its author."""
    mine = Claim.objects.filter(
        tutor=tutor, ending=Claim.Ending.SET_ASIDE, ended_at__gt=now - FOR
    ).filter(need__reasons__closed_at=F("ended_at"))
    return mine.select_related("need__post__author").order_by("-ended_at", "-pk").distinct()


@transaction.atomic
def undo_set_aside(pk: int, tutor: Participant, *, now: datetime) -> Need:
    """They wait again for what they waited for, by the claim that set it aside; returns their
    need, which may be a newer one. Raises NobodyWaits where there is nothing to take back."""
    claim = set_aside_by(tutor, now=now).filter(pk=pk).first()
    if claim is None:
        raise NobodyWaits
    need = Need.objects.select_for_update(of=("self",)).get(pk=claim.need_id)
    back = NeedReason.objects.filter(need=need, closed_at=claim.ended_at)
    open_need = Need.objects.waiting().filter(person=need.person_id).select_for_update().first()
    if open_need is None:
        Need.objects.filter(pk=need.pk).update(closed_at=None, ending="")
        open_need = need
    back.update(closed_at=None, need=open_need)
    claim.ending = Claim.Ending.RELEASED
    claim.save(update_fields=["ending"])
    refresh_needs([open_need.pk], now=now)
    return open_need

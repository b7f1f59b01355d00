"""One tutor at a time beside a newcomer: taking them on, staying longer, leaving them to others."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from community.models import Claim, Need, Participant
from community.people import lock_people

LASTS = timedelta(minutes=15)
LONGEST = timedelta(hours=2)
MOST_AT_ONCE = 3


class NotTaken(Exception):
    """The newcomer can't be taken on now; nothing was changed."""


class Taken(NotTaken):
    """Somebody sits beside them already: `claim` says who, and until when."""

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        super().__init__(str(claim))


class TooMany(NotTaken):
    """This tutor holds MOST_AT_ONCE: answer or release one first."""


class NobodyWaits(NotTaken):
    """The need was met meanwhile, or is one's own."""


@transaction.atomic
def claim_need(pk: int, tutor: Participant, *, now: datetime) -> Claim:
    """Sit down beside them for LASTS. Asked again by the same tutor, it is the same claim. Raises
    Taken, TooMany, NobodyWaits."""
    lock_people([tutor])  # a tutor's own double clicks come one after the other
    need = Need.objects.waiting().filter(pk=pk).exclude(person=tutor).select_for_update().first()
    if need is None:
        raise NobodyWaits
    _free_if_run_out(need, now=now)
    held = Claim.objects.held(now=now)
    if mine := held.filter(need=need, tutor=tutor).first():
        return mine
    if held.filter(tutor=tutor).count() >= MOST_AT_ONCE:
        raise TooMany
    try:
        with transaction.atomic():
            return Claim.objects.create(
                need=need, tutor=tutor, claimed_at=now, expires_at=now + LASTS
            )
    except IntegrityError as error:
        other = Claim.objects.open().select_related("tutor").filter(need=need).first()
        if other is None:
            raise NobodyWaits from error
        raise Taken(other) from error


def _free_if_run_out(need: Need, *, now: datetime) -> None:
    run_out = Claim.objects.open().filter(need=need, expires_at__lte=now)
    run_out.update(ended_at=now, ending=Claim.Ending.EXPIRED)


def prolong_claim(pk: int, tutor: Participant, *, now: datetime) -> bool:
    """LASTS from now on, up to LONGEST in all. False where it isn't theirs any more."""
    mine = Claim.objects.held(now=now).filter(need=pk, tutor=tutor)
    mine = mine.filter(claimed_at__gt=now - LONGEST)
    return bool(mine.update(expires_at=now + LASTS))


def release_claim(pk: int, tutor: Participant, *, now: datetime) -> bool:
    """Leave them to others. False where it isn't theirs any more."""
    mine = Claim.objects.open().filter(need=pk, tutor=tutor)
    return bool(mine.update(ended_at=now, ending=Claim.Ending.RELEASED))


def hold(pk: int, tutor: Participant, *, now: datetime) -> Claim:
    """The tutor's claim on this need, which stays locked until the transaction ends.

    One that has run out holds, or is made anew, while nobody else has come: the words are written
    already. Raises Taken, NobodyWaits.
    """
    need = Need.objects.waiting().filter(pk=pk).exclude(person=tutor).select_for_update().first()
    if need is None:
        raise NobodyWaits
    claims = Claim.objects.open().select_related("tutor", "tip")
    claim = claims.filter(need=need).first()
    if claim and claim.tutor_id != tutor.pk:
        if claim.expires_at > now:
            raise Taken(claim)
        _free_if_run_out(need, now=now)
        claim = None
    if claim is None:
        claim = Claim(need=need, tutor=tutor, claimed_at=now, expires_at=now + LASTS)
        claim.save()
    claim.need = need
    return claim

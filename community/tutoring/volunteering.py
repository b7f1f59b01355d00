"""Offering to sit beside newcomers, saying how much, being away, and stopping at any time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from wagtail.log_actions import log

from community.models import Load, Participant, Tutoring, User
from community.tutoring.ending import release_mentees
from microblog.doorbells import ring

PAUSE, RESUME = "community.pause_tutor", "community.resume_tutor"


@dataclass(frozen=True, slots=True)
class Offer:
    """What a tutor says about themself."""

    load: Load
    languages: Sequence[str]
    topics: Sequence[str] = ()
    away_from: date | None = None
    away_until: date | None = None


@transaction.atomic
def volunteer(person: Participant, offer: Offer, *, now: datetime) -> Tutoring:
    """Begin, begin again, or say it differently. Nobody is taken away from who says less; they are
    given nobody until they have room again."""
    tutoring = Tutoring.objects.select_for_update().filter(participant=person).first()
    if tutoring is None:
        tutoring = Tutoring(participant=person, volunteered_at=now)
    elif tutoring.stopped_at:
        tutoring.volunteered_at, tutoring.stopped_at = now, None
    tutoring.load = offer.load
    tutoring.languages, tutoring.topics = list(offer.languages), list(offer.topics)
    tutoring.away_from, tutoring.away_until = offer.away_from, offer.away_until
    tutoring.save()
    ring("assign")
    return tutoring


@transaction.atomic
def stop_tutoring(person: Participant, *, now: datetime) -> bool:
    """Their mentees are told and get another tutor. False where they were none."""
    going_on = Tutoring.objects.filter(participant=person, stopped_at=None)
    if not going_on.update(stopped_at=now):
        return False
    release_mentees(person, now=now)
    return True


@transaction.atomic
def pause_tutor(tutoring: Tutoring, *, by: User, now: datetime) -> bool:
    """By an organiser: they see no newcomers until it is taken back, so their mentees get another
    tutor. False where they were paused already."""
    if not Tutoring.objects.filter(pk=tutoring.pk, paused_at=None).update(paused_at=now):
        return False
    release_mentees(tutoring.participant, now=now)
    log(tutoring, PAUSE, user=by)
    return True


@transaction.atomic
def resume_tutor(tutoring: Tutoring, *, by: User) -> bool:
    paused = Tutoring.objects.filter(pk=tutoring.pk).exclude(paused_at=None)
    if not paused.update(paused_at=None):
        return False
    log(tutoring, RESUME, user=by)
    ring("assign")
    return True

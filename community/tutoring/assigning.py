"""Gives newcomers who would like a tutor one who has a place: the step “assign”."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from community.models import Consent, Mentorship, Participant, Tutoring, TutorRequest
from community.tutoring.fairness import Pair, Seat, Wish, most_waiting, pair_up
from community.tutoring.telling import tell
from microblog.models import Notification
from microblog.steps import Backlog

BATCH = 100


def assign_tutors(now: datetime) -> int:
    """One batch of wishes, in constant queries; returns how many got a tutor.

    Tutors are locked while places are given. What slips through all the same (another worker gave
    the same place) the database refuses; the wishes wait for the next turn.
    """
    try:
        with transaction.atomic():
            return _assign(now)
    except IntegrityError:
        return 0


def _assign(now: datetime) -> int:
    tutors = {one.participant_id: one for one in open_tutors(now).select_for_update(of=("self",))}
    seats = seats_of(tutors.values())
    if not most_waiting(seats):
        return 0
    waiting = waiting_wishes().select_for_update(of=("self",), skip_locked=True)
    wishes = list(waiting.order_by("asked_at", "pk")[:BATCH])
    pairs = list(pair_up(_wishes(wishes), seats.values()))
    people = {wish.participant_id: wish.participant for wish in wishes}
    begin_mentorships(
        pairs,
        people={**people, **{pk: one.participant for pk, one in tutors.items()}},
        now=now,
    )
    return len(pairs)


def open_tutors(now: datetime) -> QuerySet[Tutoring]:
    """Who could be given somebody today, if they have a place free; in one order, so that two
    workers never wait for each other."""
    found = Tutoring.objects.open(timezone.localdate(now)).select_related("participant")
    return found.order_by("pk")


def seats_of(tutors: Collection[Tutoring]) -> dict[int, Seat]:
    """By participant id, with the places that are taken; one query."""
    taken: dict[int, set[int]] = defaultdict(set)
    people = [one.participant_id for one in tutors]
    going_on = Mentorship.objects.going_on().filter(tutor__in=people)
    for tutor, place in going_on.values_list("tutor_id", "place"):
        taken[tutor].add(place)
    return {
        one.participant_id: Seat(
            one.participant_id, one.places, frozenset(one.languages), taken[one.participant_id]
        )
        for one in tutors
    }


def waiting_wishes() -> QuerySet[TutorRequest]:
    wishes = TutorRequest.objects.filter(
        asked_at__isnull=False, answered_at=None, participant__embarked_at__isnull=False
    )
    return wishes.exclude(participant__consent=Consent.NOTHING).select_related("participant")


def _wishes(rows: Sequence[TutorRequest]) -> list[Wish]:
    """In their order; whom they had before isn't given to them again."""
    past: dict[int, set[int]] = defaultdict(set)
    before = Mentorship.objects.filter(mentee__in=[row.participant_id for row in rows])
    for mentee, tutor in before.values_list("mentee_id", "tutor_id"):
        past[mentee].add(tutor)
    return [
        Wish(row.participant_id, row.participant.language, frozenset(past[row.participant_id]))
        for row in rows
    ]


def begin_mentorships(
    pairs: Collection[Pair], *, people: dict[int, Participant], now: datetime
) -> None:
    """Both are told. Raises IntegrityError where a place or a mentee is taken."""
    Mentorship.objects.bulk_create(
        Mentorship(tutor_id=pair.tutor, mentee_id=pair.mentee, place=pair.place, started_at=now)
        for pair in pairs
    )
    answered = TutorRequest.objects.filter(participant__in=[pair.mentee for pair in pairs])
    answered.update(answered_at=now)
    tell(
        [
            notice
            for pair in pairs
            for notice in (
                (people[pair.mentee], Notification.Kind.TUTOR, people[pair.tutor]),
                (people[pair.tutor], Notification.Kind.MENTEE, people[pair.mentee]),
            )
        ],
        now=now,
    )


def backlog(now: datetime) -> Backlog:
    """Wishes for which there is a place; how many wait for want of tutors, organisers see at their
    desk."""
    wishes = waiting_wishes().order_by("asked_at")
    free = most_waiting(seats_of(open_tutors(now)))
    oldest = wishes.values_list("asked_at", flat=True).first() if free else None
    return Backlog(min(wishes.count(), free) if oldest else 0, oldest)

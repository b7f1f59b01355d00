"""A tutor asks another one, who has room, to go on with a mentee; the other accepts first."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from community.models import Mentorship, Participant, Tutoring
from community.tutoring.assigning import begin_mentorships, open_tutors, seats_of
from community.tutoring.ending import Ending, end_mentorships
from community.tutoring.fairness import Pair
from community.tutoring.telling import tell
from microblog.models import Notification


def tutors_with_room(mentorship: Mentorship, *, now: datetime) -> Sequence[Tutoring]:
    """Who could take this mentee over today; those who speak their language first."""
    tutors = list(open_tutors(now))
    seats = seats_of(tutors)
    language = mentorship.mentee.language
    may = [
        one
        for one in tutors
        if seats[one.participant_id].is_free
        and one.participant_id not in (mentorship.tutor_id, mentorship.mentee_id)
    ]
    return sorted(
        may,
        key=lambda one: (not seats[one.participant_id].speaks(language), str(one.participant)),
    )


def offer_mentee(mentorship: Mentorship, *, to: Participant, now: datetime) -> bool:
    """False where it is over, or they have no room. A new offer takes the place of an earlier
    one."""
    if to.pk not in {one.participant_id for one in tutors_with_room(mentorship, now=now)}:
        return False
    going_on = Mentorship.objects.going_on().filter(pk=mentorship.pk)
    if not going_on.update(offered_to=to, offered_at=now):
        return False
    tell([(to, Notification.Kind.HAND_OVER, mentorship.tutor)], now=now)
    return True


def take_offer_back(mentorship: Mentorship) -> bool:
    """By who made it, or by who would rather not."""
    going_on = Mentorship.objects.going_on().filter(pk=mentorship.pk)
    return bool(going_on.exclude(offered_to=None).update(offered_to=None, offered_at=None))


def accept_offer(mentorship: Mentorship, *, by: Participant, now: datetime) -> bool:
    """False where it isn't theirs to accept any more, or they have no room left. What the mentee
    shares, they share with one tutor: the next one asks anew."""
    try:
        with transaction.atomic():
            return _accept(mentorship, by, now)
    except IntegrityError:
        return False


def _accept(mentorship: Mentorship, by: Participant, now: datetime) -> bool:
    mine = open_tutors(now).filter(participant=by).select_for_update(of=("self",)).first()
    row = (
        Mentorship.objects.going_on()
        .filter(pk=mentorship.pk, offered_to=by)
        .select_related("tutor", "mentee")
        .select_for_update(of=("self",))
        .first()
    )
    if mine is None or row is None:
        return False
    seat = seats_of([mine])[by.pk]
    if not seat.is_free or not end_mentorships([row], Ending.HANDED_OVER, now=now):
        return False
    pair = Pair(mentee=row.mentee_id, tutor=by.pk, place=seat.take())
    begin_mentorships([pair], people={row.mentee_id: row.mentee, by.pk: by}, now=now)
    tell([(row.tutor, Notification.Kind.WENT_ON, row.mentee)], now=now)
    return True

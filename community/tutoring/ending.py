"""A mentorship ends: its place is free again, and whoever still wants a tutor gets another."""

from collections.abc import Collection
from datetime import datetime

from community.models import Mentorship, Participant, TutorRequest
from community.tutoring.asking import ask_for_tutors
from community.tutoring.telling import tell
from microblog.models import Notification

Ending = Mentorship.Ending


def end_mentorships(
    mentorships: Collection[Mentorship], ending: Mentorship.Ending, *, now: datetime
) -> int:
    """Those that go on; returns how many did. The rows in hand know it too."""
    going_on = Mentorship.objects.going_on().filter(pk__in=[one.pk for one in mentorships])
    ended = going_on.update(ended_at=now, ending=ending, offered_to=None, offered_at=None)
    for one in mentorships:
        one.ended_at, one.ending, one.offered_to = now, ending, None
    return ended


def release_mentees(tutor: Participant, *, now: datetime) -> int:
    """The tutor is there no longer: their mentees are told, and wait for another one first in the
    queue. Returns how many."""
    theirs = list(Mentorship.objects.going_on().of(tutor).select_related("mentee"))
    end_mentorships(theirs, Ending.STOPPED, now=now)
    Mentorship.objects.going_on().filter(offered_to=tutor).update(offered_to=None, offered_at=None)
    # Whoever had a tutor has waited since they first asked.
    ask_for_tutors([one.mentee for one in theirs], now=now, since_before=True)
    tell([(one.mentee, Notification.Kind.WENT_ON, tutor) for one in theirs], now=now)
    return len(theirs)


def leave_tutor(mentee: Participant, *, another: bool, now: datetime) -> bool:
    """In a click, without reasons: go on alone, or with another tutor. False where there was
    none."""
    current = Mentorship.objects.going_on().filter(mentee=mentee).select_related("tutor").first()
    if current is None:
        return False
    ending = Ending.CHANGED if another else Ending.LEFT
    if not end_mentorships([current], ending, now=now):
        return False
    if another:
        ask_for_tutors([mentee], now=now)
    else:
        TutorRequest.objects.filter(participant=mentee).update(asked_at=None, answered_at=None)
    tell([(current.tutor, Notification.Kind.WENT_ON, mentee)], now=now)
    return True

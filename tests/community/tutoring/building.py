"""Short ways to say who sits beside whom."""

from datetime import datetime

from community.models import Load, Mentorship, Participant, Tutoring
from community.tutoring.asking import ask_for_tutors
from community.tutoring.assigning import assign_tutors, open_tutors, seats_of
from community.tutoring.volunteering import Offer, volunteer
from tests.builders import NOON, a_user


def a_newcomer(name: str, *, now: datetime = NOON, **fields) -> Participant:
    """Aboard since yesterday, shown."""
    person = a_user(name).participant
    Participant.objects.filter(pk=person.pk).update(
        **{"embarked_at": now, "first_seen_at": now, **fields}
    )
    person.refresh_from_db()
    return person


def a_tutor(
    name: str,
    load: Load = Load.NORMAL,
    *,
    languages: tuple[str, ...] = ("fr",),
    now: datetime = NOON,
    **fields,
) -> Tutoring:
    person = a_newcomer(name, now=now)
    return volunteer(person, Offer(load=load, languages=languages, **fields), now=now)


def given(mentee: Participant, *, now: datetime = NOON) -> Mentorship:
    """They ask, and the step gives them a tutor."""
    ask_for_tutors([mentee], now=now)
    assign_tutors(now)
    return Mentorship.objects.going_on().get(mentee=mentee)


def taken(tutor: Participant, *, now: datetime = NOON) -> int:
    seats = seats_of(list(open_tutors(now)))
    return len(seats[tutor.pk].taken)

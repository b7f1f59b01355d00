"""Who may sit at the tutors' table."""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from community.models import Participant, Tutoring, User

TUTORS = "Tutors"
"""The group that organisers fill by hand; volunteers need not be in it."""


def may_tutor(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Volunteers who go on, the tutors' group, and organisers; nobody whom an organiser paused."""
    if not isinstance(user, User) or not user.is_active:
        return False
    if user.has_perm("community.pause_tutor"):
        return True
    tutoring = Tutoring.objects.filter(participant__user=user).select_related("participant").first()
    if tutoring and tutoring.paused_at:
        return False
    if tutoring and tutoring.stopped_at is None and may_volunteer(tutoring.participant):
        return True
    return user.groups.filter(name=TUTORS).exists()


def may_volunteer(person: Participant) -> bool:
    """Whoever came aboard and agreed to be shown: newcomers see who sits beside them."""
    return bool(person.user_id and person.embarked_at and person.shows)


def may_be_given(tutoring: Tutoring, *, now: datetime) -> bool:
    """Whether a newcomer could be given to this tutor now, if they have a place free."""
    return (
        tutoring.is_willing
        and tutoring.places > 0
        and not tutoring.is_away(now)
        and may_volunteer(tutoring.participant)
    )

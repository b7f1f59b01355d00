"""Who may sit at the tutors' table."""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, Group
from django.db.models import Exists, OuterRef

from community.models import Participant, Tutoring, User

TUTORS = "Tutors"
"""The group that organisers fill by hand; volunteers need not be in it."""


def may_tutor(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Volunteers who go on, the tutors' group, and organisers; nobody whom an organiser paused."""
    if not isinstance(user, User) or not user.is_active:
        return False
    if user.has_perm("community.pause_tutor"):
        return True
    named = Exists(Group.objects.filter(name=TUTORS, user=OuterRef("pk")))
    known = User.objects.select_related("participant__tutoring").annotate(is_named=named)
    found = known.filter(pk=user.pk).first()
    if found is None:
        return False
    person = getattr(found, "participant", None)
    tutoring: Tutoring | None = getattr(person, "tutoring", None)
    if person is None or tutoring is None:
        return bool(found.is_named)
    if tutoring.paused_at:
        return False
    return bool(found.is_named or (tutoring.stopped_at is None and may_volunteer(person)))


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

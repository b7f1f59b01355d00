"""A newcomer would like a tutor, or not now: never forced, and asked again later."""

from collections.abc import Collection
from datetime import datetime, timedelta

from community.models import Consent, Mentorship, Participant, Tutoring, TutorRequest
from microblog.doorbells import ring

ASK_AGAIN = timedelta(days=14)
"""How long the logbook keeps quiet after “not now”."""


def may_ask(person: Participant) -> bool:
    """Whoever came aboard, keeps something about themself, has no tutor yet, and is none."""
    if person.embarked_at is None or person.consent == Consent.NOTHING:
        return False
    if Tutoring.objects.willing().filter(participant=person).exists():
        return False
    return not Mentorship.objects.going_on().filter(mentee=person).exists()


def ask_for_tutors(
    people: Collection[Participant], *, now: datetime, since_before: bool = False
) -> None:
    """They wait for a tutor from now on; `since_before`: those who asked before wait since then.
    Two queries."""
    if not people:
        return
    TutorRequest.objects.bulk_create(
        [TutorRequest(participant=person, asked_at=now) for person in people],
        ignore_conflicts=True,
    )
    wishes = TutorRequest.objects.filter(participant__in=people)
    if since_before:
        wishes.filter(asked_at=None).update(asked_at=now)
        wishes.update(answered_at=None, later_at=None)
    else:
        waiting = wishes.filter(asked_at__isnull=False, answered_at=None)
        wishes.exclude(pk__in=waiting.values("pk")).update(
            asked_at=now, answered_at=None, later_at=None
        )
    ring("assign")


def ask_later(person: Participant, *, now: datetime) -> None:
    """Not now: what they asked before is taken back too."""
    TutorRequest.objects.update_or_create(
        participant=person,
        defaults={"asked_at": None, "answered_at": None, "later_at": now + ASK_AGAIN},
    )


def is_waiting(wish: TutorRequest | None) -> bool:
    return bool(wish and wish.asked_at and wish.answered_at is None)


def may_be_asked(wish: TutorRequest | None, *, now: datetime) -> bool:
    """Whether the logbook may offer a tutor."""
    if is_waiting(wish):
        return False
    return wish is None or wish.later_at is None or wish.later_at <= now

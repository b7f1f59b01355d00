"""What tutoring does when two people turn out to be one, or want nothing kept."""

from typing import Any

from django.db.models import F, Q
from django.dispatch import receiver
from django.utils import timezone

from community.learning import undo_learning_events
from community.models import LearningEvent, Mentorship, Participant, Praise, Tutoring, TutorRequest
from community.models.tutoring import MOST_PLACES
from community.signals import forgotten, merged
from community.tutoring.asking import ask_for_tutors
from community.tutoring.ending import Ending, end_mentorships, release_mentees


@receiver(forgotten)
def forget_tutoring(person: Participant, **_kwargs: Any) -> None:
    """Their mentees wait for another tutor; nothing else is left of it but an organiser's word that
    they see no newcomers: choosing this and coming back must not undo it."""
    release_mentees(person, now=timezone.now())
    Mentorship.objects.filter(Q(tutor=person) | Q(mentee=person)).delete()
    Praise.objects.filter(tutor=person).delete()
    TutorRequest.objects.filter(participant=person).delete()
    Tutoring.objects.filter(participant=person, paused_at=None).delete()
    Tutoring.objects.filter(participant=person).update(
        stopped_at=timezone.now(), languages=[], topics=[], away_from=None, away_until=None
    )


@receiver(merged)
def follow_tutoring(person: Participant, into: Participant, **_kwargs: Any) -> None:
    """What both had becomes one; what one tutor can't hold goes back into the queue."""
    _merge_tutoring(person, into)
    # What one did with the other, one did with oneself.
    alone = LearningEvent.objects.filter(participant=into, other=into)
    undo_learning_events(alone, now=timezone.now())
    Mentorship.objects.filter(Q(tutor=person, mentee=into) | Q(tutor=into, mentee=person)).delete()
    _merge_mentees(person, into)
    _merge_tutors(person, into)
    Mentorship.objects.filter(offered_to=person).update(offered_to=into)
    Mentorship.objects.filter(offered_to=F("tutor")).update(offered_to=None, offered_at=None)
    known = Praise.objects.filter(tutor=into).values("event")
    Praise.objects.filter(tutor=person).exclude(event__in=known).update(tutor=into)
    Praise.objects.filter(tutor=person).delete()
    _merge_wishes(person, into)


def _merge_tutoring(person: Participant, into: Participant) -> None:
    """What `into` said about themself stands; a pause by an organiser stands for both."""
    theirs = Tutoring.objects.filter(participant=person).first()
    if theirs is None:
        return
    mine = Tutoring.objects.filter(participant=into).first()
    if mine is None:
        theirs.participant = into
        theirs.save(update_fields=["participant"])
        return
    if theirs.paused_at and not mine.paused_at:
        mine.paused_at = theirs.paused_at
        mine.save(update_fields=["paused_at"])
    theirs.delete()


def _merge_mentees(person: Participant, into: Participant) -> None:
    """In the free places; without one, they wait for another tutor."""
    ended = Mentorship.objects.filter(tutor=person).exclude(ended_at=None)
    ended.update(tutor=into)
    mine = Mentorship.objects.going_on().of(into)
    free = iter(sorted(set(range(1, MOST_PLACES + 1)) - set(mine.values_list("place", flat=True))))
    over = []
    for one in Mentorship.objects.going_on().of(person).select_related("mentee").order_by("place"):
        place = next(free, None)
        if place is None:
            over.append(one)
        else:
            one.tutor, one.place = into, place
            one.save(update_fields=["tutor", "place"])
    now = timezone.now()
    end_mentorships(over, Ending.STOPPED, now=now)
    Mentorship.objects.filter(pk__in=[one.pk for one in over]).update(tutor=into)
    ask_for_tutors([one.mentee for one in over], now=now, since_before=True)


def _merge_tutors(person: Participant, into: Participant) -> None:
    """One tutor at a time: the one whom `into` has."""
    theirs = Mentorship.objects.going_on().filter(mentee=person)
    if Mentorship.objects.going_on().filter(mentee=into).exists():
        end_mentorships(list(theirs), Ending.CHANGED, now=timezone.now())
    Mentorship.objects.filter(mentee=person).update(mentee=into)


def _merge_wishes(person: Participant, into: Participant) -> None:
    if TutorRequest.objects.filter(participant=into).exists():
        TutorRequest.objects.filter(participant=person).delete()
    else:
        TutorRequest.objects.filter(participant=person).update(participant=into)
    if Mentorship.objects.going_on().filter(mentee=into).exists():
        waiting = TutorRequest.objects.filter(participant=into, answered_at=None)
        waiting.exclude(asked_at=None).update(answered_at=timezone.now())

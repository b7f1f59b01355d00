"""Somebody wants nothing kept about them: their answers go."""

from typing import Any

from django.dispatch import receiver

from challenges.models import Decision, Screening, Submission
from community.models import Participant
from community.signals import forgotten


@receiver(forgotten)
def forget_answers(person: Participant, **_kwargs: Any) -> None:
    theirs = person.links.values("account")
    Submission.objects.filter(account__in=theirs).delete()
    Decision.objects.filter(post__author__in=theirs).update(before=None)
    Screening.objects.filter(post__author__in=theirs).update(
        decision=Screening.Match.REFUSED,
        challenge=None,
        challenge_key=None,
        detector="",
        silence="",
    )

"""Somebody wants nothing kept about them: their answers go."""

from typing import Any

from django.dispatch import receiver

from challenges.models import ChallengePage, Decision, Proposal, Question, Screening, Submission
from community.models import Participant
from community.signals import forgotten, merged


@receiver(forgotten)
def forget_answers(person: Participant, **_kwargs: Any) -> None:
    theirs = person.links.values("account")
    Submission.objects.filter(account__in=theirs).delete()
    Question.objects.filter(post__author__in=theirs).delete()
    Decision.objects.filter(post__author__in=theirs).update(before=None)
    Proposal.objects.filter(proposer=person).delete()
    ChallengePage.objects.filter(proposed_by=person).update(proposed_by=None)
    Screening.objects.filter(post__author__in=theirs).update(
        decision=Screening.Match.REFUSED,
        challenge=None,
        challenge_key=None,
        detector="",
        silence="",
    )


@receiver(merged)
def follow_ideas(person: Participant, into: Participant, **_kwargs: Any) -> None:
    Proposal.objects.filter(proposer=person).update(proposer=into)
    ChallengePage.objects.filter(proposed_by=person).update(proposed_by=into)

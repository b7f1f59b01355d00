"""Somebody wants nothing kept about them: their answers go."""

from typing import Any

from django.dispatch import receiver

from challenges.catalogue import page_address
from challenges.models import ChallengePage, Decision, Proposal, Question, Screening, Submission
from community.models import Participant
from community.signals import forgotten, kept, merged


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


@receiver(kept)
def tell_answers(person: Participant, **_kwargs: Any) -> dict[str, Any]:
    answers = Submission.objects.filter(account__link__participant=person)
    pages = ChallengePage.objects.filter(proposed_by=person).order_by("pk")
    return {
        "answers": [
            {
                "challenge": row.challenge.title if row.challenge else None,
                "level": row.level_number,
                "outcome": row.outcome,
                "judged_at": row.judged_at,
                "post": row.post.url,
            }
            for row in answers.select_related("challenge", "post").order_by("pk")
        ],
        "ideas": list(
            Proposal.objects.filter(proposer=person)
            .order_by("pk")
            .values("title", "state", "created_at", "decided_at")
        ),
        "challenges_of_yours": [
            {"title": page.title, "address": page_address(page) if page.live else None}
            for page in pages
        ],
    }

"""What the reviewers' pages show, read in a constant number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import get_language

from challenges.belonging import of_mooc
from challenges.catalogue import Challenge, all_challenges
from challenges.levels import Level
from challenges.models import Decision, Submission
from rulebook import Outcome


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer beside what was asked; both are None where the challenge can't be read any more."""

    submission: Submission
    title: str
    level: Level | None

    @property
    def verdict(self) -> dict[str, object]:
        """As _partials/verdict.html takes it."""
        lines = [str(finding.explanation) for finding in self.submission.verdict.findings]
        state = self.submission.outcome
        return {"state": state, "title": self.submission.get_outcome_display(), "lines": lines}

    @property
    def is_accepted(self) -> bool:
        return self.submission.outcome == Outcome.ACCEPTED.value

    @property
    def waits(self) -> bool:
        return self.submission.outcome == Outcome.WITH_TUTOR.value


def with_posts(answers: QuerySet[Submission]) -> QuerySet[Submission]:
    return answers.select_related(
        "account", "challenge", "decided_by", "post__author", "post__parent__author"
    ).prefetch_related("post__media", "post__mentions__account")


def beside_tasks(answers: Iterable[Submission]) -> list[Answer]:
    challenges = {challenge.key: challenge for challenge in all_challenges()}
    return [_beside(answer, challenges.get(answer.challenge_key)) for answer in answers]


def _beside(answer: Submission, challenge: Challenge | None) -> Answer:
    if challenge is None:
        return Answer(answer, answer.challenge.title if answer.challenge else "", None)
    edition = challenge.edition(get_language() or "")
    level = next((one for one in edition.levels if one.id == answer.level), None)
    return Answer(answer, edition.title, level)


def latest_decisions(site_id: int | None = None) -> QuerySet[Decision]:
    """In one MOOC; None: in all."""
    return (
        Decision.objects.filter(of_mooc(site_id))
        .select_related("decided_by", "post__author", "submission__challenge", "undoes", "undone")
        .order_by("-pk")
    )


def decisions_about(post_id: int) -> Sequence[Decision]:
    """The latest that stands says that it may be undone."""
    found = list(latest_decisions().filter(post=post_id))
    standing = (one for one in found if one.stands)
    last = next(standing, None)
    if last is not None:
        last.may_be_undone = last.before is not None
    return found

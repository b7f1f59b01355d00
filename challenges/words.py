"""What the bot says about a post. Its sentences live in templates/microblog/outgoing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.template.loader import render_to_string
from django.utils.translation import override

from challenges.catalogue import Challenge, Edition
from challenges.levels import SOLVES_RIDDLE, Level
from challenges.models import Submission
from community.models import Participant, User
from microblog.composing import outgoing
from microblog.models import Post
from microblog.text import on_one_line
from rulebook import Finding, Outcome

MOST_PRAISE = 2  # sentences about what is there already


@dataclass(frozen=True, slots=True)
class Feedback:
    """A post, the answers that it is (by level), and all levels that its author has passed.

    `asks`: it holds a question too, which waits for a person.
    """

    post: Post
    challenge: Challenge
    answers: tuple[Submission, ...]
    passed: frozenset[UUID]
    asks: bool = False

    @property
    def outcome(self) -> Outcome:
        """The best of them is told."""
        outcomes = {Outcome(answer.outcome) for answer in self.answers}
        order = (Outcome.ACCEPTED, Outcome.WITH_TUTOR, Outcome.NOT_YET)
        return next(outcome for outcome in order if outcome in outcomes)

    @property
    def told(self) -> list[Submission]:
        return [answer for answer in self.answers if answer.outcome == self.outcome.value]


def write_feedback(feedback: Feedback, *, language: str, limit: int, tone: str = "") -> str:
    """In at most `limit` characters; what matters least comes last and is left out first."""
    edition = feedback.challenge.edition(language)
    answer = feedback.told[-1] if feedback.outcome is Outcome.ACCEPTED else feedback.told[0]
    verdict = answer.verdict
    secret = _secret(edition)
    with override(language):
        text = render_to_string(
            outgoing(f"feedback_{_manner(answer)}", tone),
            {
                "handle": feedback.post.author.handle,
                "title": edition.title,
                "url": edition.url,
                "levels": _passed_now(feedback, edition),
                "has_levels": len(edition.levels) > 1,
                "next": next(_ahead(feedback, edition), None),
                "is_riddle": any(finding.rule == SOLVES_RIDDLE for finding in verdict.findings),
                "present": _sayable(verdict.present, secret)[:MOST_PRAISE],
                "missing": _sayable(verdict.missing, secret)[:1],
                "asks": feedback.asks,
                "note": answer.note,
                "tutor": _name(answer.decided_by),
            },
        )
    return fit(text, limit)


def _manner(answer: Submission) -> str:
    """Which template: one for each outcome, and one for what a person finds missing."""
    asked_by_person = answer.decided_by_id and answer.outcome == Outcome.NOT_YET.value
    return "from_tutor" if asked_by_person else answer.outcome


def _name(user: User | None) -> str:
    """As they want to be called, if they have said so."""
    if user is None:
        return ""
    person = Participant.objects.filter(user=user).first()
    return person.name if person else user.get_full_name() or user.username


def _passed_now(feedback: Feedback, edition: Edition) -> list[Level]:
    told = {answer.level for answer in feedback.told}
    return [level for level in edition.levels if level.id in told]


def _ahead(feedback: Feedback, edition: Edition) -> Iterator[Level]:
    return (level for level in edition.levels if level.id not in feedback.passed)


def _secret(edition: Edition) -> list[str]:
    """A riddle's answers, which no sentence of ours may hold."""
    return [
        answer.casefold()
        for level in edition.levels
        for spec in level.specs
        if spec.key == SOLVES_RIDDLE
        for answer in spec.params.get("answers", ())
    ]


def _sayable(findings: Sequence[Finding], secret: list[str]) -> list[str]:
    """The riddle's own rule minds its words; others may repeat what the post says."""
    told = [(finding.rule == SOLVES_RIDDLE, str(finding.explanation)) for finding in findings]
    return [
        sentence
        for is_discreet, sentence in told
        if is_discreet or not any(answer in sentence.casefold() for answer in secret)
    ]


def fit(text: str, limit: int) -> str:
    """Whole paragraphs as long as there is room; the first one is cut between words if need be."""
    paragraphs = [on_one_line(part) for part in text.strip().split("\n\n")]
    paragraphs = [part for part in paragraphs if part]
    while len("\n\n".join(paragraphs)) > limit and len(paragraphs) > 1:
        paragraphs.pop()
    fitting = "\n\n".join(paragraphs)
    if len(fitting) <= limit:
        return fitting
    return fitting[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"

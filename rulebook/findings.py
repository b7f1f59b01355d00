"""What a rule found, and what all of them together mean."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from rulebook.messages import Message


class Outcome(StrEnum):
    """There is no "failed": what is missing can still come, and a person can always look."""

    ACCEPTED = "accepted"
    NOT_YET = "not_yet"
    WITH_TUTOR = "with_tutor"


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule's answer: the outcome and a sentence that says why, addressed to the learner.

    Accepted: what was done ("Your photo is described."). Not yet: what is missing, how to add it.
    """

    rule: str
    outcome: Outcome
    explanation: Message

    def to_json(self) -> dict[str, Any]:
        return {
            "rule": self.rule,
            "outcome": self.outcome.value,
            "explanation": self.explanation.to_json(),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Finding":
        return cls(data["rule"], Outcome(data["outcome"]), Message.from_json(data["explanation"]))


def accepted(explanation: Message) -> Finding:
    """A finding that holds; the rulebook fills in the rule's key."""
    return Finding("", Outcome.ACCEPTED, explanation)


def not_yet(explanation: Message) -> Finding:
    return Finding("", Outcome.NOT_YET, explanation)


def with_tutor(explanation: Message) -> Finding:
    return Finding("", Outcome.WITH_TUTOR, explanation)


@dataclass(frozen=True, slots=True)
class Verdict:
    """All findings of one judgement, in the order of the rules."""

    findings: tuple[Finding, ...]

    @property
    def outcome(self) -> Outcome:
        """Not yet if anything is missing, else with a tutor if anything waits for one, else
        accepted."""
        outcomes = {finding.outcome for finding in self.findings}
        if Outcome.NOT_YET in outcomes:
            return Outcome.NOT_YET
        return Outcome.WITH_TUTOR if Outcome.WITH_TUTOR in outcomes else Outcome.ACCEPTED

    @property
    def missing(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.outcome is Outcome.NOT_YET)

    @property
    def present(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.outcome is Outcome.ACCEPTED)

    @property
    def distance(self) -> tuple[int, int]:
        """Sorts verdicts from the nearest to the farthest: fewest missing first, then most
        present."""
        return len(self.missing), -len(self.present)

    def to_json(self) -> list[dict[str, Any]]:
        return [finding.to_json() for finding in self.findings]

    @classmethod
    def from_json(cls, data: Iterable[Mapping[str, Any]]) -> "Verdict":
        return cls(tuple(Finding.from_json(row) for row in data))

"""One row of a rule's table: facts, fields, what is found and a few words of how it is said."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from django.utils import translation

from challenges.rules import RULES, MediaFacts, MentionFacts, PostFacts
from rulebook import Outcome

ACCEPTED, NOT_YET, WITH_TUTOR = Outcome.ACCEPTED, Outcome.NOT_YET, Outcome.WITH_TUTOR


@dataclass(frozen=True)
class Row:
    rule: str
    facts: PostFacts
    outcome: Outcome
    says: str = ""
    params: dict[str, Any] = field(default_factory=dict)

    def check(self) -> None:
        finding = RULES[self.rule].judge(self.facts, self.params)
        with translation.override("en"):
            said = str(finding.explanation)
        assert (finding.outcome, said) == (self.outcome, said), self.facts
        assert self.says in said


def row(rule: str, said: str | PostFacts, outcome: Outcome, says: str = "", **params: Any) -> Row:
    facts = PostFacts(said) if isinstance(said, str) else said
    return Row(rule, facts, outcome, says, params)


def rows(table: list[Row]) -> pytest.MarkDecorator:
    names = [f"{number}-{entry.rule}-{entry.outcome}" for number, entry in enumerate(table)]
    return pytest.mark.parametrize("entry", table, ids=names)


def post(text: str = "", **facts: Any) -> PostFacts:
    return PostFacts(text, **facts)


def photos(*alt_texts: str) -> PostFacts:
    return PostFacts("", media=tuple(MediaFacts("image", alt_text) for alt_text in alt_texts))


def mentions(*handles: str, ours: str = "") -> PostFacts:
    people = tuple(MentionFacts(handle) for handle in handles)
    return PostFacts("", mentions=(MentionFacts(ours, is_ours=True), *people) if ours else people)

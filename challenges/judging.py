"""A post against the levels that its author hasn't passed yet. Pure."""

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from challenges.levels import Level
from challenges.rules import RULES, PostFacts
from rulebook import Finding, Outcome, RuleSpec, Verdict, with_tutor
from rulebook.messages import gettext as _

logger = logging.getLogger(__name__)

RULE_FAULTS = (ArithmeticError, LookupError, RecursionError, TypeError, ValueError)
"""What a rule that isn't there, or has a fault of its own, may raise: a tutor helps out."""


@dataclass(frozen=True, slots=True)
class Judgement:
    level: Level
    verdict: Verdict


def judge_levels(
    facts: PostFacts, levels: Sequence[Level], *, passed: Collection[UUID] = ()
) -> list[Judgement]:
    """All levels that the post passes or that wait for a tutor, and of the others the nearest one.

    `passed`: ids of levels that need no judgement any more. In the order of the levels.
    """
    judged = [
        Judgement(level, judge(facts, level.specs)) for level in levels if level.id not in passed
    ]
    beside = [one for one in judged if one.verdict.outcome is Outcome.NOT_YET]
    nearest = min(beside, key=lambda one: (one.verdict.distance, one.level.number), default=None)
    return [one for one in judged if one is nearest or one.verdict.outcome is not Outcome.NOT_YET]


def judge(facts: PostFacts, specs: Sequence[RuleSpec]) -> Verdict:
    return Verdict(tuple(replace(_find(facts, spec), rule=spec.key) for spec in specs))


def _find(facts: PostFacts, spec: RuleSpec) -> Finding:
    try:
        return RULES[spec.key].judge(facts, spec.params)
    except RULE_FAULTS:
        logger.exception("The rule %r could not judge; a tutor will.", spec.key)
        return with_tutor(_("A tutor will read this part of your post."))

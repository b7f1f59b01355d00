"""One of these, all of these: conditions inside conditions."""

from collections.abc import Sequence

from badges.rules.asking import Params
from badges.rules.book import RULES
from badges.rules.facts import EventFacts
from badges.rules.reach import reach_of
from rulebook import Finding, Message, Outcome, RuleSpec, Verdict, with_tutor
from rulebook.messages import gettext as _


def inner(params: Params) -> Sequence[RuleSpec]:
    return tuple(params.get("rules") or ())


def _parts(params: Params) -> str:
    return " · ".join(str(summary) for summary in RULES.summaries(inner(params)))


def _any_summary(params: Params) -> Message:
    return _("One of these: %(parts)s", parts=_parts(params))


def _all_summary(params: Params) -> Message:
    return _("All of these: %(parts)s", parts=_parts(params))


def _judged(facts: EventFacts, params: Params) -> Verdict:
    return RULES.judge(facts, inner(params))


def _nothing_composed() -> Finding:
    return with_tutor(_("Somebody of the team will look at what you did."))


@RULES.rule("any", summary=_any_summary)
def any_of(facts: EventFacts, params: Params) -> Finding:
    """The finding of the condition that holds, else of the one that is nearest."""
    findings = _judged(facts, params).findings
    if not findings:
        return _nothing_composed()
    return max(findings, key=lambda one: (one.outcome is Outcome.ACCEPTED, reach_of(one)))


@RULES.rule("all", summary=_all_summary)
def all_of(facts: EventFacts, params: Params) -> Finding:
    """The first finding that is missing; where nothing is, what waits for a person, or the last
    one."""
    verdict = _judged(facts, params)
    if not verdict.findings:
        return _nothing_composed()
    waiting = [one for one in verdict.findings if one.outcome is Outcome.WITH_TUTOR]
    return next(iter([*verdict.missing, *waiting, verdict.findings[-1]]))

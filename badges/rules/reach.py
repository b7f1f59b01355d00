"""How far somebody is, and what an award rests on."""

from collections.abc import Iterable, Iterator

from badges.rules.asking import Ask, counted
from badges.rules.book import RULES
from badges.rules.facts import EventFacts
from rulebook import Finding, Outcome, RuleSpec, Verdict


def reach_of(finding: Finding) -> float:
    """Between 0 and 1: the part that is done."""
    if finding.outcome is Outcome.ACCEPTED:
        return 1.0
    done, wanted = finding.explanation.params.get("done"), finding.explanation.params.get("wanted")
    return done / wanted if isinstance(done, int) and isinstance(wanted, int) and wanted else 0.0


def reach(verdict: Verdict) -> float:
    """The mean over all conditions: each one weighs the same."""
    parts = [reach_of(finding) for finding in verdict.findings]
    return sum(parts) / len(parts) if parts else 0.0


def is_earned(facts: EventFacts, specs: tuple[RuleSpec, ...]) -> bool:
    """A badge without any rule is given by hand."""
    return bool(specs) and RULES.judge(facts, specs).outcome is Outcome.ACCEPTED


def evidence(facts: EventFacts, specs: Iterable[RuleSpec]) -> list[int]:
    """The events that made every condition hold, each once, in the order of the conditions."""
    return list(dict.fromkeys(_evidence(facts, specs)))


def _evidence(facts: EventFacts, specs: Iterable[RuleSpec]) -> Iterator[int]:
    for spec in specs:
        if RULES[spec.key].judge(facts, spec.params).outcome is not Outcome.ACCEPTED:
            continue
        if spec.key == "events":
            ask = Ask.read(spec.params)
            found = [deed.event for deed in counted(facts.deeds, ask)]
            yield from found[: ask.count]
        yield from _evidence(facts, spec.params.get("rules") or ())

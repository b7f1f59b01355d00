"""A rulebook: pure functions under stable keys, and the judgement that calls them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar

from rulebook.findings import Finding, Verdict
from rulebook.messages import Message

Facts = TypeVar("Facts")
Params = Mapping[str, Any]
RuleFunction = Callable[[Facts, Params], Finding]
Summary = Callable[[Params], Message]


class UnknownRule(LookupError):
    """No rule has this key: the content asks for something that this version doesn't know. Tell a
    person."""


@dataclass(frozen=True, slots=True)
class RuleSpec:
    """One rule as an organiser composed it: its key and the values of its fields."""

    key: str
    params: Params = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rule(Generic[Facts]):
    """A pure function and the sentence that says beforehand what will count."""

    key: str
    judge: RuleFunction[Facts]
    summary: Summary


class Rulebook(Generic[Facts]):
    """All rules of one subject, by key; iterating gives them in the order they were written."""

    def __init__(self) -> None:
        self._rules: dict[str, Rule[Facts]] = {}

    def rule(
        self, key: str, *, summary: Summary
    ) -> Callable[[RuleFunction[Facts]], RuleFunction[Facts]]:
        """Enter a function under `key`; `summary(params)` says in plain language what it asks
        for."""

        def enter(function: RuleFunction[Facts]) -> RuleFunction[Facts]:
            if key in self._rules:
                raise ValueError(f"two rules are called {key!r}")
            self._rules[key] = Rule(key, function, summary)
            return function

        return enter

    def __getitem__(self, key: str) -> Rule[Facts]:
        """Raises UnknownRule."""
        try:
            return self._rules[key]
        except KeyError:
            raise UnknownRule(key) from None

    def __iter__(self) -> Iterator[Rule[Facts]]:
        return iter(self._rules.values())

    def __len__(self) -> int:
        return len(self._rules)

    def judge(self, facts: Facts, specs: Iterable[RuleSpec]) -> Verdict:
        """Judge by every rule; a level without rules accepts. Raises UnknownRule."""
        findings = [
            replace(self[spec.key].judge(facts, spec.params), rule=spec.key) for spec in specs
        ]
        return Verdict(tuple(findings))

    def summaries(self, specs: Iterable[RuleSpec]) -> list[Message]:
        """What will count, one sentence a rule. Raises UnknownRule."""
        return [self[spec.key].summary(spec.params) for spec in specs]

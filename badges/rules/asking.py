"""Reads what an organiser composed. Nothing here raises: nonsense counts as left empty."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from badges.rules.facts import Deed
from rulebook import RuleSpec

Params = Mapping[str, Any]
PER_PERSON = 2
"""What two people do with each other counts so often at most, unless a rule says otherwise."""


@dataclass(frozen=True, slots=True)
class Ask:
    """`count` deeds of any of `kinds`; distinct "challenge" or "person" counts each once."""

    kinds: frozenset[str]
    count: int = 1
    distinct: str = ""
    tag: str = ""
    per_person: int = PER_PERSON

    @classmethod
    def read(cls, params: Mapping[str, Any]) -> "Ask":
        kinds = params.get("events") or []
        distinct, tag = params.get("distinct"), params.get("tag")
        return cls(
            kinds=frozenset(kind for kind in kinds if isinstance(kind, str)),
            count=_number(params.get("count"), 1),
            distinct=distinct if distinct in ("challenge", "person") else "",
            tag=tag.strip().casefold() if isinstance(tag, str) else "",
            per_person=_number(params.get("per_person"), PER_PERSON),
        )

    def wants(self, deed: Deed) -> bool:
        return deed.kind in self.kinds and (not self.tag or self.tag in deed.tags)


def _number(value: object, default: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int | str):
        return default
    try:
        return max(int(value), 1)
    except ValueError:
        return default


def counted(deeds: Iterable[Deed], ask: Ask) -> Iterator[Deed]:
    """The deeds that count, oldest first: what was counted once stays counted when more is done."""
    seen: set[object] = set()
    with_person: dict[int, int] = {}
    for deed in deeds:
        if not ask.wants(deed):
            continue
        if ask.distinct:
            thing = deed.subject if ask.distinct == "challenge" else deed.other
            if not thing or thing in seen:
                continue
        if deed.other is not None:
            if with_person.get(deed.other, 0) >= ask.per_person:
                continue
            with_person[deed.other] = with_person.get(deed.other, 0) + 1
        if ask.distinct:
            seen.add(thing)
        yield deed


def asks_of(specs: Iterable[RuleSpec]) -> Iterator[Ask]:
    """Every condition on deeds, also inside groups: what has to be known before judging."""
    for spec in specs:
        if spec.key == "events":
            yield Ask.read(spec.params)
        yield from asks_of(spec.params.get("rules") or ())

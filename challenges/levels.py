"""A level as the engine reads it: plain values, taken from what an organiser composed in the page
editor."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from wagtail.blocks import StreamValue

from challenges.rules import RULES
from rulebook import Message, RuleSpec, UnknownRule

SOLVES_RIDDLE = "solves_riddle"
A_PERSON_DECIDES = RuleSpec("person_decides")
"""Stands in for the rules of a level that has none: nobody passes, or waits for ever, by
accident."""


@dataclass(frozen=True, slots=True)
class Level:
    """`id` is the block's and the same in every translation; `number` counts from 1; `task` is rich
    text (HTML)."""

    id: UUID
    number: int
    title: str
    task: str
    tip: str
    specs: tuple[RuleSpec, ...]

    @property
    def summaries(self) -> list[Message]:
        """What will count, a sentence a rule. A rule that this version doesn't know is left out."""
        return [message for spec in self.specs for message in _summary(spec)]

    @property
    def asks_riddle(self) -> bool:
        return any(spec.key == SOLVES_RIDDLE for spec in self.specs)


def _summary(spec: RuleSpec) -> list[Message]:
    try:
        return RULES.summaries([spec])
    except UnknownRule:
        return []


def read_levels(
    stream: StreamValue, *, answers: Sequence[str] = (), near_misses: Sequence[str] = ()
) -> list[Level]:
    """The levels of a page; a riddle's secret goes into the rule that asks for it."""
    secret = {"answers": list(answers), "near_misses": list(near_misses)}
    return [
        Level(
            id=_level_id(child.id, number),
            number=number,
            title=child.value["title"],
            task=str(getattr(child.value["task"], "source", child.value["task"])),
            tip=child.value["tip"] or "",
            specs=tuple(_told(spec, secret) for spec in read_specs(child.value["rules"]))
            or (A_PERSON_DECIDES,),
        )
        for number, child in enumerate(stream, 1)
    ]


def read_specs(rules: StreamValue) -> Iterator[RuleSpec]:
    for block in rules:
        yield RuleSpec(
            block.block_type, {name: plain(value) for name, value in block.value.items()}
        )


def plain(value: Any) -> Any:
    """Block values as the rules take them: numbers, strings, switches and lists of strings."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    return [plain(item) for item in value]


def _told(spec: RuleSpec, secret: dict[str, list[str]]) -> RuleSpec:
    return replace(spec, params={**spec.params, **secret}) if spec.key == SOLVES_RIDDLE else spec


def _level_id(block_id: str | None, number: int) -> UUID:
    """A block that was never saved has no id yet: previews get one by its place."""
    try:
        return UUID(str(block_id))
    except ValueError:
        return uuid5(NAMESPACE_OID, f"level:{block_id or number}")


def lines(text: str) -> list[str]:
    """One item a line; empty lines and spaces around don't count."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def merged(texts: Iterable[str]) -> list[str]:
    """The lines of several texts, each once, in order."""
    return list(dict.fromkeys(line for text in texts for line in lines(text)))

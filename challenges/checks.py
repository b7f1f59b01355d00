"""Fails at start: a rule that the editor can't offer, or a block that no rule reads."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from challenges.blocks import RULE_BLOCKS
from challenges.rules import RULES


class _Reading(dict[str, Any]):
    """Remembers which fields a rule asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def get(self, name: str, default: Any = None) -> Any:
        self.names.add(name)
        return default


def fields_read(key: str) -> set[str]:
    """The fields that a rule's summary looks at; it says what will count, so it looks at all."""
    reading = _Reading()
    RULES[key].summary(reading)
    return reading.names


@register
def every_rule_has_its_block(**_kwargs: Any) -> list[CheckMessage]:
    rules, blocks = {rule.key for rule in RULES}, set(RULE_BLOCKS)
    without_block = [
        Error(f"No block lets an organiser use the rule {key!r}.", id="challenges.E001")
        for key in sorted(rules - blocks)
    ]
    without_rule = [
        Error(f"The block {key!r} belongs to no rule.", id="challenges.E002")
        for key in sorted(blocks - rules)
    ]
    unread = [
        Error(
            f"The rule {key!r} never reads the field {name!r} of its block.", id="challenges.E003"
        )
        for key in sorted(rules & blocks)
        for name in sorted(set(RULE_BLOCKS[key]().child_blocks) - fields_read(key))
    ]
    return [*without_block, *without_rule, *unread]

"""What must be in order before the first badge is judged."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from badges.blocks import ConditionsBlock
from badges.rules import RULES


@register
def rules_and_blocks_agree(**kwargs: Any) -> list[CheckMessage]:
    """Every badge rule has its block in the editor, and the other way round."""
    rules, blocks = {rule.key for rule in RULES}, set(ConditionsBlock().child_blocks)
    return [
        Error(
            f"The badge rule {key!r} has no {'block' if key in rules else 'rule'}.",
            hint="A rule in badges.rules and a block in ConditionsBlock share one key.",
            id="badges.E001",
        )
        for key in sorted(rules ^ blocks)
    ]

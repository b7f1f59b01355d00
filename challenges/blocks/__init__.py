"""The editor's blocks: a level, and one block per rule under the rule's own key."""

from challenges.blocks.hints import HINT_BLOCKS
from challenges.blocks.levels import PLAIN, ExamplePostBlock, LevelBlock, LevelWithoutRiddleBlock
from challenges.blocks.rules import RULE_BLOCKS

__all__ = [
    "HINT_BLOCKS",
    "PLAIN",
    "RULE_BLOCKS",
    "ExamplePostBlock",
    "LevelBlock",
    "LevelWithoutRiddleBlock",
]

"""A level of a challenge, and the example posts of its page."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import StreamBlockValidationError

from challenges.blocks.rules import REPEATABLE, RULE_BLOCKS
from challenges.contradictions import contradictions
from challenges.levels import SOLVES_RIDDLE, read_specs

PLAIN = ["bold", "italic", "link", "ol", "ul"]


class RulesBlock(blocks.StreamBlock):
    """The rules that must all hold. Rules that no post can keep together are an error."""

    besides: frozenset[str] = frozenset()
    """Keys that this editor doesn't offer."""

    def __init__(self, **kwargs: Any) -> None:
        offered = {key: block for key, block in RULE_BLOCKS.items() if key not in self.besides}
        counts = {key: {"max_num": 1} for key in offered.keys() - REPEATABLE}
        children = [(key, block()) for key, block in offered.items()]
        super().__init__(children, block_counts=counts, **kwargs)

    def clean(self, value: Any, **kwargs: Any) -> Any:
        cleaned = super().clean(value, **kwargs)
        problems = contradictions(list(read_specs(cleaned)))
        if problems:
            raise StreamBlockValidationError(non_block_errors=[ValidationError(problems)])
        return cleaned


class LevelBlock(blocks.StructBlock):
    """One level: its task, a tip, and the rules that must all hold."""

    title = blocks.CharBlock(label=_("Title"), max_length=100)
    task = blocks.RichTextBlock(
        label=_("Task"), features=PLAIN, help_text=_("What to do, in a sentence or two.")
    )
    tip = blocks.TextBlock(
        label=_("Tip"), required=False, max_length=400, help_text=_("A word that helps to begin.")
    )
    rules = RulesBlock(
        label=_("Rules"),
        required=False,
        help_text=_("A post passes when all of them hold. Without any rule, a tutor decides."),
    )

    class Meta:
        icon = "order"
        label = _("Level")
        label_format = "{title}"


class RulesWithoutRiddleBlock(RulesBlock):
    besides = frozenset({SOLVES_RIDDLE})


class LevelWithoutRiddleBlock(LevelBlock):
    """A level of a challenge that has no answer to find."""

    rules = RulesWithoutRiddleBlock(
        label=_("Rules"),
        required=False,
        help_text=_("A post passes when all of them hold. Without any rule, a tutor decides."),
    )


class ExamplePostBlock(blocks.StructBlock):
    """A post as somebody might write it; shown as an example, never published."""

    author = blocks.CharBlock(label=_("Who says it"), required=False, max_length=60)
    text = blocks.TextBlock(label=_("What they say"), max_length=600)

    class Meta:
        icon = "comment"
        label = _("Example of a post")

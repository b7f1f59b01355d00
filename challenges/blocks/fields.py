"""What the rule editor is made of: the block of a rule, counts, and lists of words."""

from typing import Any

import regex
from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import FieldBlock, IntegerBlock, StructBlock
from wagtail_localize.segments import StringSegmentValue

_SEPARATOR = regex.compile(r"[\n,;]+")


def split_words(text: str) -> list[str]:
    words = (" ".join(word.split()) for word in _SEPARATOR.split(text))
    return list(dict.fromkeys(filter(None, words)))


class WordListBlock(FieldBlock):
    """Its value is a list[str]; its form field is a text with commas."""

    def __init__(self, required: bool = True, help_text: Any = None, **kwargs: Any) -> None:
        self.field = forms.CharField(
            required=required, help_text=help_text or _("Separate them by commas."), max_length=1000
        )
        super().__init__(**kwargs)

    def get_default(self) -> list[str]:
        return []

    def value_for_form(self, value: Any) -> str:
        return ", ".join(value or [])

    def value_from_form(self, value: Any) -> list[str]:
        return split_words(value or "")

    def to_python(self, value: Any) -> list[str]:
        return split_words(value) if isinstance(value, str) else [str(word) for word in value or []]

    def get_prep_value(self, value: Any) -> list[str]:
        return list(value or [])

    # How wagtail-localize finds the words and puts back their translation.

    def get_translatable_segments(self, value: list[str]) -> list[StringSegmentValue]:
        return [StringSegmentValue("", ", ".join(value))] if value else []

    def restore_translated_segments(
        self, value: list[str], segments: list[StringSegmentValue]
    ) -> list[str]:
        return split_words(segments[0].render_text()) if segments else value

    class Meta:
        icon = "list-ul"


class RuleBlock(StructBlock):
    """What all rules share; `group` is where the editor's menu lists them."""

    class Meta:
        icon = "tick-inverse"


def count_block(
    label: Any, help_text: Any, *, default: int, least: int = 1, most: int = 5000
) -> IntegerBlock:
    return IntegerBlock(
        label=label, help_text=help_text, default=default, min_value=least, max_value=most
    )

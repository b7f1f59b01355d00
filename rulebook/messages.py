"""Sentences that are chosen now and translated when somebody reads them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import translation

Param = str | int | list[str]
"""A list is shown as its texts, each between the quotation marks of the reader's language."""


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence in English with its parameters; `%(name)s` marks where each one goes.

    Kept untranslated so that one finding, stored once, reads in every reader's language.
    """

    singular: str
    params: Mapping[str, Param] = field(default_factory=dict)
    plural: str = ""
    count: int = 0

    def __str__(self) -> str:
        """The sentence in the language active now."""
        if self.plural:
            text = translation.ngettext(self.singular, self.plural, self.count)
        else:
            text = translation.gettext(self.singular)
        if not self.params:
            return text
        return text % {name: _shown(value) for name, value in self.params.items()}

    def to_json(self) -> dict[str, Any]:
        data: dict[str, Any] = {"singular": self.singular, "params": dict(self.params)}
        if self.plural:
            data |= {"plural": self.plural, "count": self.count}
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Message":
        return cls(
            data["singular"], data.get("params", {}), data.get("plural", ""), data.get("count", 0)
        )


def _shown(value: Param) -> str | int:
    if not isinstance(value, list):
        return value
    return ", ".join(translation.gettext("“%(quoted)s”") % {"quoted": text} for text in value)


def gettext(sentence: str, **params: Param) -> Message:
    """A message for later translation; named so that the translators' extraction finds its
    sentence."""
    return Message(sentence, params)


def ngettext(singular: str, plural: str, count: int, **params: Param) -> Message:
    """A message whose form depends on `count`, which is also a parameter of that name."""
    return Message(singular, {"count": count, **params}, plural, count)

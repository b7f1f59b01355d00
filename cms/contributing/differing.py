"""What somebody else changed in a text, word by word."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from cms.contributing.content import Content, Part
from cms.word_diff import Run, word_diff


@dataclass(frozen=True, slots=True)
class Change:
    """`where`: the part of the text, in words."""

    where: str | Promise
    runs: Sequence[Run]


def changes(before: Content, after: Content) -> Iterator[Change]:
    """Of the parts that differ alone."""
    for where, old, new in _sides(before, after):
        if old.strip() != new.strip():
            yield Change(where, list(word_diff(old, new)))


def _sides(before: Content, after: Content) -> Iterator[tuple[str, str, str]]:
    yield _("Title"), before.title, after.title
    yield _("In one sentence"), before.summary, after.summary
    yield _("Text"), before.body, after.body
    yield _("Name"), before.name, after.name
    yield _("Parts"), _parts(before), _parts(after)


def _parts(content: Content) -> str:
    return "\n\n".join(map(_words_of, content.parts))


def _words_of(part: Part) -> str:
    return "\n".join(filter(None, [part.heading, part.text, part.places, part.tip]))

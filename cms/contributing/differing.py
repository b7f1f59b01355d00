"""What somebody else changed in a text, word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from cms.contributing.content import Content, Part

_WORDS = re.compile(r"\s+|[^\s\w]|\w+")
MOST_WORDS = 4000
"""Of longer texts whole lines are compared, then the whole: word by word would take too long."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words that are the same ("same"), new ("new") or gone ("gone")."""

    state: str
    words: str


@dataclass(frozen=True, slots=True)
class Change:
    """`where`: the part of the text, in words."""

    where: str | Promise
    runs: Sequence[Run]


def changes(before: Content, after: Content) -> Iterator[Change]:
    """Of the parts that differ alone."""
    for where, old, new in _sides(before, after):
        if old.strip() != new.strip():
            yield Change(where, list(_runs(old, new)))


def _sides(before: Content, after: Content) -> Iterator[tuple[str, str, str]]:
    yield _("Title"), before.title, after.title
    yield _("In one sentence"), before.summary, after.summary
    yield _("Text"), before.body, after.body
    yield _("Name"), before.name, after.name
    yield _("Parts"), _parts(before), _parts(after)


def _parts(content: Content) -> str:
    return "\n\n".join(map(_words_of, content.parts))


def _words_of(part: Part) -> str:
    return "\n".join(filter(None, [part.heading, part.text, part.tip]))


def _runs(old: str, new: str) -> Iterator[Run]:
    before, after = _cut(old, new)
    # What comes very often begins no match (autojunk): else "a a a…" would take minutes.
    matcher = SequenceMatcher(None, before, after)
    for tag, a, b, c, d in matcher.get_opcodes():
        gone, fresh = "".join(before[a:b]), "".join(after[c:d])
        if tag == "equal":
            yield Run("same", gone)
            continue
        if gone:
            yield Run("gone", gone)
        if fresh:
            yield Run("new", fresh)


def _cut(old: str, new: str) -> tuple[list[str], list[str]]:
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if len(before) + len(after) > MOST_WORDS:
        before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    if len(before) + len(after) > MOST_WORDS:
        return [old], [new]
    return before, after

"""What changed in a text, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORDS = re.compile(r"\s+|[^\s\w]|\w+")
MOST_WORDS = 4000
"""Of longer texts whole lines are compared, then the whole: word by word would take too long."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words that are the same ("same"), new ("new") or gone ("gone")."""

    state: str
    words: str


def word_diff(old: str, new: str) -> Iterator[Run]:
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

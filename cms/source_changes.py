"""What changed in a page since it was translated: its words then, its words now, the translation.

wagtail-localize keeps each translated string beside the words that it translates, by the place
where these stood (their context), also when the page says something else there today: these old
rows are the memory. The page's words are read from the page itself, so that nobody need sync first.
"""

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from html import unescape

from django.core.exceptions import FieldDoesNotExist
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from cms.word_diff import Run, word_diff

ALIKE = 0.4
"""From so much on (of 1), two strings at one place are one that was rewritten."""
LONGEST_LIKENESS = 2000
"""Signs of two strings that are compared for it: longer ones would take seconds."""


class Kind(StrEnum):
    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"
    SAME = "same"

    @property
    def label(self) -> str:
        return str(_LABELS[self])


_LABELS = {
    Kind.CHANGED: _("Rewritten"),
    Kind.NEW: _("New, not translated yet"),
    Kind.GONE: _("Gone"),
    Kind.SAME: _("As it was"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One string, as plain text; `before` and `translation` are "" for new ones, `now` for gone
    ones."""

    kind: Kind
    where: str
    before: str
    now: str
    translation: str
    translated_at: datetime | None
    runs: Sequence[Run]


@dataclass(frozen=True, slots=True)
class _Old:
    words: str
    row: StringTranslation


def changes_of(translation: Translation, source: Page) -> list[Change]:
    """In the order of the page, what is gone last. One query, besides what the page itself asks."""
    known = _known(translation)
    now = [
        (segment.path, segment.string.data)
        for segment in extract_segments(source)
        if isinstance(segment, StringSegmentValue)
    ]
    kept = {place: known.pop(place) for place in now if place in known}
    stale: dict[str, list[_Old]] = {}
    for (path, _data), old in known.items():
        stale.setdefault(path, []).append(old)
    found = []
    for path, data in now:
        former = kept.get((path, data)) or _former(plain(data), stale.get(path, []))
        found.append(_change(path, source, plain(data), former))
    gone = _gone(stale, _still_said(found, kept.values()))
    return [*found, *(_change(path, source, "", old) for path, old in gone)]


def plain(data: str) -> str:
    """Without markup, which the translator need not see."""
    return " ".join(unescape(strip_tags(data.replace("<", " <"))).split())


def _known(translation: Translation) -> dict[tuple[str, str], _Old]:
    """By place and words; the latest translation first."""
    rows = StringTranslation.objects.filter(
        locale=translation.target_locale, context__object=translation.source.object_id
    )
    rows = rows.select_related("translation_of", "context").order_by("-updated_at", "-pk")
    return {
        (row.context.path, row.translation_of.data): _Old(plain(row.translation_of.data), row)
        for row in rows
    }


def _former(words: str, olds: list[_Old]) -> _Old | None:
    """What stood there before, taken out of `olds`: the latest that is like it."""
    near = next((old for old in olds if _are_alike(old.words, words)), None)
    former = near or (olds[0] if len(olds) == 1 else None)
    if former:
        olds.remove(former)
    return former


def _are_alike(one: str, other: str) -> bool:
    heads = one[:LONGEST_LIKENESS], other[:LONGEST_LIKENESS]
    matcher = difflib.SequenceMatcher(None, *heads, autojunk=False)
    return matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _still_said(found: Iterable[Change], kept: Iterable[_Old]) -> list[str]:
    return [*(change.before for change in found if change.before), *(old.words for old in kept)]


def _gone(stale: dict[str, list[_Old]], said: list[str]) -> Iterator[tuple[str, _Old]]:
    """Without former versions of what is listed already: rows of long ago stay for ever."""
    for path, olds in stale.items():
        for old in olds:
            if not any(_are_alike(old.words, words) for words in said):
                said.append(old.words)
                yield path, old


def _change(path: str, source: Page, now: str, old: _Old | None) -> Change:
    before = old.words if old else ""
    if not old:
        kind = Kind.NEW
    elif not now:
        kind = Kind.GONE
    else:
        kind = Kind.SAME if before == now else Kind.CHANGED
    return Change(
        kind=kind,
        where=_where(path, source),
        before=before,
        now=now,
        translation=plain(old.row.data) if old else "",
        translated_at=old.row.updated_at if old else None,
        runs=list(word_diff(before, now)),
    )


def _where(path: str, page: Page) -> str:
    """The field's name, as the editor shows it."""
    name = path.split(".", 1)[0]
    try:
        return capfirst(str(page._meta.get_field(name).verbose_name))
    except FieldDoesNotExist:
        return capfirst(name.replace("_", " "))

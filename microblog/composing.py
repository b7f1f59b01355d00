"""The words of outgoing posts: composed from templates, cut to what a network takes."""

from collections.abc import Mapping
from typing import Any

import regex
from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.translation import override

from microblog.text import on_one_line

ELLIPSIS = "…"
LINK_LENGTH = 23
"""Mastodon counts every link as so many characters; most others as many as it has."""
ENOUGH = 60
"""Less room than this for the text is too little."""
_GRAPHEME = regex.compile(r"\X")
_LINK = regex.compile(r"https?://\S+")
_TRAILING = regex.compile(r"[\s.,;:!?…«»“”\"'’(\[–—-]+$")


def length(text: str) -> int:
    """In code points, the strictest way in which networks count; a link never counts as fewer than
    LINK_LENGTH."""
    extra = sum(max(0, LINK_LENGTH - len(link[0])) for link in _LINK.finditer(text))
    return len(text) + extra


def cut(text: str, room: int) -> str:
    """At most `room` code points, cut between words, or between characters where there is a single
    word.

    No grapheme is ever cut in two; what was cut ends in an ellipsis. No room at all gives "".
    """
    if len(text) <= room:
        return text
    kept = ""
    for grapheme in _GRAPHEME.findall(text):
        if len(kept) + len(grapheme) > room - len(ELLIPSIS):
            break
        kept += grapheme
    head = kept if text[len(kept) : len(kept) + 1].isspace() else regex.sub(r"\s+\S*$", "", kept)
    head = _TRAILING.sub("", head)
    return head + ELLIPSIS if head else ""


def compose(
    template: str,
    text: str,
    *,
    limit: int,
    language: str,
    context: Mapping[str, Any],
    tone: str = "",
    enough: int = ENOUGH,
) -> str:
    """A post in `language` of at most `limit` characters: only `text` is cut, never what the
    template adds. With less room than `enough` for the text, the template is asked to be brief."""
    names = outgoing(template, tone)
    with override(language):
        for brief in (False, True):
            told = {**context, "brief": brief}
            room = limit - length(_render(names, told, text="")) - len("\n\n")
            if length(text) <= room or room >= enough:
                break
        return _render(names, told, text=_fitting(text, room))


def room_beside(
    template: str, *, limit: int, language: str, context: Mapping[str, Any], tone: str = ""
) -> int:
    """What is left for the text next to all that the template adds; may be less than nothing."""
    with override(language):
        told = _render(outgoing(template, tone), {**context, "brief": False}, text="")
    return limit - length(told) - len("\n\n")


def _fitting(text: str, room: int) -> str:
    """Short links count for more than they have."""
    said = cut(text, room)
    while (over := length(said) - room) > 0 and said:
        said = cut(said, len(said) - over)
    return said


def outgoing(template: str, tone: str) -> list[str]:
    """The templates of what the bot says, the best first: those of a tone lie in its folder, and
    where a tone has no words of its own, the usual ones are said."""
    return [f"microblog/outgoing/{tone}/{template}.txt", f"microblog/outgoing/{template}.txt"]


def _render(names: list[str], context: Mapping[str, Any], *, text: str) -> str:
    rendered = render_to_string(names, {**context, "text": text})
    return regex.sub(r"\n{3,}", "\n\n", rendered).strip()


def plain_text(html: str) -> str:
    """Rich text as a post can carry it."""
    spaced = regex.sub(r"</(p|li|h\d)>|<br\s*/?>", "\n", html)
    lines = map(on_one_line, strip_tags(spaced).splitlines())
    return "\n".join(filter(None, lines)).replace("&amp;", "&").replace("&nbsp;", " ")


def hashtag_line(names: list[str]) -> str:
    unique: dict[str, str] = {}
    for name in filter(None, names):
        unique.setdefault(name.casefold(), name)
    return " ".join(f"#{name}" for name in unique.values())

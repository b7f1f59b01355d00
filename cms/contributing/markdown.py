"""Simple Markdown into what pages are made of. What comes out is safe, whatever goes in: no HTML is
read, and what was made is cleaned once more."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import nh3
from django.utils.html import escape
from markdown_it import MarkdownIt
from markdown_it.token import Token

TAGS = {"p", "b", "i", "a", "ul", "ol", "li", "h3", "blockquote", "br"}
SCHEMES = {"http", "https", "mailto"}
PICTURE = re.compile(r"^!\[[^\]\n]*\]\(picture:(\d{1,18})\)$")
KEPT = re.compile(r"^\[\[([a-z]+):([0-9a-f-]{36})\]\]$")
"""The place of something on the page that only editors can make."""
_HEADING = re.compile(r"^##?[ \t]+(.+?)[ \t]*#*$")
_RENAMED = {"strong": "b", "em": "i", "h1": "h3", "h2": "h3", "h4": "h3", "h5": "h3", "h6": "h3"}
LONGEST_HEADING = 120

_prose = MarkdownIt("commonmark", {"html": False}).disable(["image", "code", "fence", "hr"])
_plain = MarkdownIt("commonmark", {"html": False}).disable(
    ["image", "code", "fence", "hr", "heading", "lheading", "blockquote"]
)


@dataclass(frozen=True, slots=True)
class Piece:
    """`kind`: "heading" (value: its words), "text" (value: safe HTML), "picture" (value: its id) or
    "kept" (value: the id of a block)."""

    kind: str
    value: str


def prose(markdown: str) -> str:
    """Safe HTML, with small headings and quotations."""
    return _clean(_render(_prose, markdown))


def plain(markdown: str) -> str:
    """Safe HTML of paragraphs, lists, links and emphasis alone."""
    return _clean(_render(_plain, markdown))


def in_line(markdown: str) -> str:
    """Safe HTML of emphasis and links alone: what stands within a paragraph."""
    tokens = _prose.parseInline(markdown.replace("\x00", ""))
    _rename(tokens)
    return _clean(str(_prose.renderer.render(tokens, _prose.options, {})))


def _render(parser: MarkdownIt, markdown: str) -> str:
    tokens = parser.parse(markdown.replace("\x00", ""))
    _rename(tokens)
    return str(parser.renderer.render(tokens, parser.options, {}))


def _rename(tokens: Sequence[Token]) -> None:
    """As Wagtail's editor stores it: bold and italic by their short names, one size of heading,
    code as bold."""
    for token in tokens:
        token.tag = _RENAMED.get(token.tag, token.tag)
        if token.type == "code_inline":
            token.type, token.tag = "html_inline", ""
            token.content = f"<b>{escape(token.content)}</b>"
        if token.children:
            _rename(token.children)


def _clean(html: str) -> str:
    cleaned = nh3.clean(
        html,
        tags=TAGS,
        attributes={"*": set(), "a": {"href"}},
        url_schemes=SCHEMES,
        link_rel=None,
        strip_comments=True,
    )
    # Rich text must close what it opens: Wagtail's editor doesn't open on a bare `<br>`.
    return cleaned.replace("<br>", "<br/>").strip()


def pieces(markdown: str) -> Iterator[Piece]:
    """A longer text in the order of its parts."""
    lines: list[str] = []
    for line in markdown.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        found = _special(line.rstrip())
        if found is None:
            lines.append(line)
            continue
        yield from _text(lines)
        lines = []
        yield found
    yield from _text(lines)


def _special(line: str) -> Piece | None:
    if picture := PICTURE.match(line):
        return Piece("picture", picture[1])
    if kept := KEPT.match(line):
        return Piece("kept", kept[2])
    if (heading := _HEADING.match(line)) and len(heading[1]) <= LONGEST_HEADING:
        return Piece("heading", heading[1])
    return None


def _text(lines: Sequence[str]) -> Iterator[Piece]:
    html = prose("\n".join(lines))
    if html:
        yield Piece("text", html)


def rendered(markdown: str, picture: Callable[[str], str], kept: Callable[[str], str]) -> str:
    """A preview of a longer text; `picture` and `kept` give safe HTML for an id."""
    told = []
    for piece in pieces(markdown):
        match piece.kind:
            case "heading":
                told.append(f"<h2>{escape(piece.value)}</h2>")
            case "picture":
                told.append(picture(piece.value))
            case "kept":
                told.append(kept(piece.value))
            case _:
                told.append(piece.value)
    return "\n".join(told)

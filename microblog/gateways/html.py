"""Remote HTML made safe, and read as its author wrote it: text, links, hashtags and mentions.

Servers send paragraphs or bare line breaks, hidden spans inside links, or raw markup of strangers:
nothing is believed before nh3 has cleaned it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

import nh3

from microblog.marks import thin_marks

LONGEST_INPUT = 100_000
"""Characters read of one text: more than people may write, less than what would keep us busy."""

_BLOCKS = {"p", "br", "blockquote", "pre", "ul", "ol", "li"}
_WITHIN_LINES = {"a", "span", "strong", "b", "em", "i", "u", "s", "del", "code"}
_CLASSES = {"a": {"mention", "hashtag", "u-url"}, "span": {"h-card", "invisible", "ellipsis"}}
_DROPPED_WITH_CONTENT = {
    "script",
    "style",
    "template",
    "iframe",
    "object",
    "svg",
    "math",
    "noscript",
    "textarea",
}
_WEB = ("https://", "http://")
_PARAGRAPHS = frozenset({"p", "blockquote", "pre", "ul", "ol"})
_SPACES_AT_A_BREAK = re.compile(r"[ \t]*\n[ \t]*")
_MANY_BREAKS = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link as the reader sees it (`text`) and where it leads (`href`)."""

    href: str
    text: str
    is_hashtag: bool = False
    is_mention: bool = False


@dataclass(frozen=True, slots=True)
class Writing:
    """One text in its two forms. `text` has its lines separated by "\\n", links and mentions as
    written.
    """

    html: str
    text: str
    anchors: tuple[Anchor, ...] = ()

    @property
    def links(self) -> tuple[str, ...]:
        """Web addresses in the order written, each once, without those of hashtags and mentions."""
        plain = (
            anchor.href for anchor in self.anchors if not (anchor.is_hashtag or anchor.is_mention)
        )
        return tuple(dict.fromkeys(href for href in plain if href.startswith(_WEB)))


def sanitise(html: str) -> str:
    """Markup with nothing in it but text, line breaks, light emphasis and plain links."""
    clean = nh3.clean(
        html[:LONGEST_INPUT].replace("\x00", ""),
        tags=_BLOCKS | _WITHIN_LINES,
        clean_content_tags=_DROPPED_WITH_CONTENT,
        attributes={"a": {"href"}},
        allowed_classes=_CLASSES,
        url_schemes={"http", "https", "mailto"},
        url_relative="deny",
        link_rel="nofollow noopener noreferrer ugc",
        set_tag_attribute_values={"a": {"target": "_blank"}},
        strip_comments=True,
    )
    return thin_marks(clean)


def read_html(html: str) -> Writing:
    """What a server sent, made safe and read once."""
    clean = sanitise(html)
    reader = _Reader()
    reader.feed(clean)
    reader.close()
    return Writing(html=clean, text=reader.text(), anchors=tuple(reader.anchors))


def plain_text(html: str) -> str:
    """The words alone, for fields that are shown as text (a profile's note)."""
    return read_html(html).text


@dataclass(slots=True)
class _OpenAnchor:
    href: str
    classes: Sequence[str]
    start: int
    is_shortened: bool = False


class _Reader(HTMLParser):
    """Turns clean HTML into lines. nh3 was here before: tags are known and in order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.anchors: list[Anchor] = []
        self._open: _OpenAnchor | None = None
        self._verbatim = 0
        self._has_words = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in _PARAGRAPHS:
            self._break("\n\n")
            self._verbatim += tag == "pre"
        elif tag == "br":
            self.pieces.append("\n")
        elif tag == "li":
            self._break("\n")
            self.pieces.append("- ")
        elif tag == "a":
            self._open = _OpenAnchor(
                values.get("href", ""), values.get("class", "").split(), len(self.pieces)
            )
        elif (
            tag == "span"
            and self._open
            and {"invisible", "ellipsis"} & set(values.get("class", "").split())
        ):
            self._open.is_shortened = True

    def handle_endtag(self, tag: str) -> None:
        if tag in _PARAGRAPHS:
            self._break("\n\n")
            self._verbatim -= tag == "pre"
        elif tag == "a":
            self._close_anchor()

    def handle_data(self, data: str) -> None:
        self.pieces.append(data if self._verbatim else data.replace("\r", " ").replace("\n", " "))
        self._has_words = self._has_words or not data.isspace()

    def text(self) -> str:
        lines = _SPACES_AT_A_BREAK.sub("\n", "".join(self.pieces))
        return _MANY_BREAKS.sub("\n\n", lines).strip()

    def _break(self, kind: str) -> None:
        """A border between blocks: none before the first words, never more than one blank line."""
        if self._has_words:
            self.pieces.append(kind)

    def _close_anchor(self) -> None:
        anchor, self._open = self._open, None
        if anchor is None:
            return
        text = "".join(self.pieces[anchor.start :]).strip()
        is_hashtag = "hashtag" in anchor.classes or text.startswith("#")
        is_mention = not is_hashtag and ("mention" in anchor.classes or text.startswith("@"))
        is_address = anchor.is_shortened or text.startswith(_WEB)
        if anchor.href and is_address and not (is_hashtag or is_mention):
            text = anchor.href
            self.pieces[anchor.start :] = [text]
        self.anchors.append(Anchor(anchor.href, text, is_hashtag=is_hashtag, is_mention=is_mention))

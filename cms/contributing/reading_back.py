"""Rich text as editors leave it, read back as the Markdown that its author knows."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from cms.contributing.inline import Runs, written

_BLOCKS = {"p", "li", "h2", "h3", "h4", "blockquote", "div"}
_HEADINGS = {"h2", "h3", "h4"}
_LINE_STARTS = re.compile(r"^([ ]*)(#{1,6}(?=\s|$)|[+-](?=\s|$)|[=-]+(?=[ ]*$))", re.MULTILINE)
_NUMBERS = re.compile(r"^([ ]*\d+)([.)])(?=\s|$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Block:
    """`quote`: which quotation it stands in, 0 for none."""

    words: str
    is_item: bool
    quote: int


class _Reader(HTMLParser):
    """Collects finished blocks, each a string that may have several lines."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[_Block] = []
        self._runs = Runs()
        self._lists: list[tuple[str, int]] = []
        self._prefix = ""
        self._quotes = self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("ul", "ol"):
            self._finish()
            self._lists.append((tag, 0))
        elif tag in _BLOCKS:
            self._finish()
            self._open(tag)
        else:
            self._runs.start(tag, dict(attrs).get("href") or "")

    def _open(self, tag: str) -> None:
        if tag == "blockquote":
            self._quotes += self._depth == 0
            self._depth += 1
        elif tag in _HEADINGS:
            self._prefix = "### "
        elif tag == "li" and self._lists:
            indent = "".join(" " * len(_mark(*outer)) for outer in self._lists[:-1])
            kind, number = self._lists[-1]
            self._lists[-1] = kind, number + 1
            self._prefix = indent + _mark(*self._lists[-1])

    def handle_endtag(self, tag: str) -> None:
        if tag in ("ul", "ol"):
            self._finish()
            if self._lists:
                self._lists.pop()
        elif tag in _BLOCKS:
            self._finish()
            self._depth -= tag == "blockquote"
            self._prefix = "" if tag in _HEADINGS else self._prefix
        else:
            self._runs.end(tag)

    def handle_data(self, data: str) -> None:
        self._runs.say(data)

    def _finish(self) -> None:
        words = _at_line_starts(written(self._runs.take()))
        if not words:
            return
        if self._prefix == "### ":
            words = re.sub(r"#$", r"\\#", words.replace("\\\n", " "))
        quote = "> " * max(self._depth, 0)
        told = "\n".join(f"{quote}{line}" for line in f"{self._prefix}{words}".split("\n"))
        is_item = bool(self._prefix) and self._prefix != "### "
        self.blocks.append(_Block(told, is_item, self._quotes if self._depth else 0))
        self._prefix = ""

    def close(self) -> None:
        super().close()
        self._finish()


def _mark(kind: str, number: int) -> str:
    return f"{number}. " if kind == "ol" else "- "


def _at_line_starts(words: str) -> str:
    """Words that only look like a heading or an item of a list."""
    return _NUMBERS.sub(r"\1\\\2", _LINE_STARTS.sub(r"\1\\\2", words))


def markdown_of(html: str) -> str:
    """Paragraphs apart by an empty line; items of a list on the next line."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    told, last = "", _Block("", False, 0)
    for block in reader.blocks:
        if told:
            told += _between(last, block)
        told, last = told + block.words, block
    return told


def _between(last: _Block, block: _Block) -> str:
    if last.quote != block.quote or not (last.quote or block.is_item):
        return "\n\n"
    if last.is_item and block.is_item:
        return "\n"
    return "\n>\n" if block.quote else "\n\n"

"""Rich text as editors leave it, read back as the Markdown that its author knows."""

import re
from html.parser import HTMLParser

_SIGNS = re.compile(r"([\\`*_\[\]<>])")
_LINE_STARTS = re.compile(r"^(\s*)([#>+-]|\d+[.)])(?=\s|$)", re.MULTILINE)
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*"}
_BLOCKS = {"p", "li", "h2", "h3", "h4", "blockquote", "div"}


class _Reader(HTMLParser):
    """Collects finished blocks, each a string that may have several lines."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = []
        self._words: list[str] = []
        self._lists: list[tuple[str, int]] = []
        self._prefix = ""
        self._quote = 0
        self._links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("ul", "ol"):
            self._finish()
            self._lists.append((tag, 0))
        elif tag in _BLOCKS:
            self._finish()
            self._open(tag)
        elif tag in _MARKS:
            self._words.append(_MARKS[tag])
        elif tag == "a":
            self._links.append(dict(attrs).get("href") or "")
            self._words.append("[")
        elif tag == "br":
            self._words.append("\\\n")

    def _open(self, tag: str) -> None:
        if tag == "blockquote":
            self._quote += 1
        elif tag in ("h2", "h3", "h4"):
            self._prefix = "### "
        elif tag == "li" and self._lists:
            kind, number = self._lists[-1]
            self._lists[-1] = kind, number + 1
            indent = "  " * (len(self._lists) - 1)
            self._prefix = indent + (f"{number + 1}. " if kind == "ol" else "- ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("ul", "ol"):
            self._finish()
            if self._lists:
                self._lists.pop()
        elif tag in _BLOCKS:
            self._finish()
            self._quote -= tag == "blockquote"
        elif tag in _MARKS:
            self._close_mark(_MARKS[tag])
        elif tag == "a" and self._links:
            address = self._links.pop()
            self._words.append(f"]({address})" if address else "]")

    def _close_mark(self, mark: str) -> None:
        """A mark closes right behind its words, or it closes nothing."""
        tail = ""
        while self._words and self._words[-1] not in _MARKS.values():
            stripped = self._words[-1].rstrip()
            tail = self._words[-1][len(stripped) :] + tail
            if stripped:
                self._words[-1] = stripped
                break
            self._words.pop()
        self._words += [mark, tail]

    def handle_data(self, data: str) -> None:
        words = re.sub(r"\s+", " ", data)
        if self._words and self._words[-1].endswith("\n"):
            words = words.lstrip()
        self._words.append(_SIGNS.sub(r"\\\1", words))

    def _finish(self) -> None:
        words = "".join(self._words).strip()
        self._words = []
        if not words:
            return
        if not self._prefix:
            words = _LINE_STARTS.sub(r"\1\\\2", words)
        told = self._prefix + words
        quote = "> " * max(self._quote, 0)
        self.blocks.append("\n".join(f"{quote}{line}" for line in told.split("\n")))
        self._prefix = ""

    def close(self) -> None:
        super().close()
        self._finish()


def markdown_of(html: str) -> str:
    """Paragraphs apart by an empty line; items of a list on the next line."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    told = ""
    for block in reader.blocks:
        is_item = bool(re.match(r"\s*(-|\d+\.) ", block))
        was_item = bool(re.match(r"\s*(-|\d+\.) ", told.rpartition("\n")[2]))
        told += ("\n" if is_item and was_item else "\n\n") + block if told else block
    return told

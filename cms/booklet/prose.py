"""Rich text as data: paragraphs and runs of words, which a typesetter can take for nothing else."""

from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

Node = dict[str, Any]
Run = dict[str, Any]

BLOCKS = {"p": "p", "h2": "h", "h3": "h", "h4": "h", "blockquote": "quote", "li": "item"}
LISTS = {"ul": "list", "ol": "steps"}
STRONG = {"b", "strong", "i", "em"}
OPEN_ADDRESSES = ("http://", "https://", "mailto:", "tel:")


class _Reader(HTMLParser):
    def __init__(self, base: str) -> None:
        super().__init__(convert_charrefs=True)
        self.base = base
        self.nodes: list[Node] = []
        self._runs: list[Run] = []
        self._kinds: list[str] = []
        self._strong = 0
        self._address = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS or tag in LISTS:
            self._close()
            self._kinds.append(LISTS.get(tag) or BLOCKS[tag])
        elif tag in STRONG:
            self._strong += 1
        elif tag == "a":
            self._address = self._open(dict(attrs).get("href") or "")
        elif tag == "br":
            self._say("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS or tag in LISTS:
            self._close()
            if self._kinds:
                self._kinds.pop()
        elif tag in STRONG:
            self._strong = max(0, self._strong - 1)
        elif tag == "a":
            self._address = ""

    def handle_data(self, data: str) -> None:
        if data.strip() or self._runs:
            self._say(data)

    def close(self) -> None:
        super().close()
        self._close()

    def _open(self, address: str) -> str:
        found = urljoin(self.base, address) if address else ""
        return found if found.startswith(OPEN_ADDRESSES) else ""

    def _say(self, words: str) -> None:
        self._runs.append({"words": words, "strong": self._strong > 0, "to": self._address})

    def _close(self) -> None:
        """A block is over; an item of a list knows which list it stands in."""
        if any(run["words"].strip() for run in self._runs):
            kind = self._kinds[-1] if self._kinds else "p"
            lists = [one for one in self._kinds if one in LISTS.values()]
            if kind == "item" or lists:
                kind = lists[-1] if lists else "list"
            self.nodes.append({"kind": kind, "runs": self._runs})
        self._runs = []


def prose(html: str, *, base: str) -> list[Node]:
    """`base`: what addresses inside are relative to. Kinds: p, h, quote, list, steps."""
    reader = _Reader(base)
    reader.feed(html)
    reader.close()
    return reader.nodes


def plain(words: str) -> list[Node]:
    """A text without markup, by paragraphs."""
    parts = [part.strip() for part in words.replace("\r\n", "\n").split("\n\n")]
    return [
        {"kind": "p", "runs": [{"words": part, "strong": False, "to": ""}]}
        for part in parts
        if part
    ]

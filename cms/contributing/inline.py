"""Words with emphasis and links, as Markdown that is read just so; what Markdown cannot say there
goes without its emphasis."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from itertools import chain, groupby

from markdown_it.common.normalize_url import normalizeLink

from cms.contributing.markdown import in_line

BREAK = "\n"
"""The words of a run that is a line break, and nothing else."""
_BOLD, _ITALIC = {"b", "strong"}, {"i", "em"}
_SIGNS = re.compile(r"([\\`*_\[\]<>]|&(?=#?\w+;))")
_SPACES = re.compile(r"[ \t\r\n\f]+")
"""Of HTML; the fixed spaces of French are words."""
_EDGES = re.compile(r"((?:\s|\\\n)*)(.*?)((?:\s|\\\n)*)\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Run:
    """Words that look the same from end to end. `href`: where they lead, "" for nowhere."""

    words: str
    bold: bool = False
    italic: bool = False
    href: str = ""

    @property
    def is_plain(self) -> bool:
        return not (self.bold or self.italic or self.href)


class Runs:
    """What a reader of HTML has met so far, within one block."""

    def __init__(self) -> None:
        self.found: list[Run] = []
        self._bold = self._italic = 0
        self._links: list[str] = []

    def start(self, tag: str, href: str) -> None:
        self._bold += tag in _BOLD
        self._italic += tag in _ITALIC
        if tag == "a":
            self._links.append(normalizeLink(href))
        elif tag == "br":
            self.found.append(Run(BREAK))

    def end(self, tag: str) -> None:
        self._bold -= tag in _BOLD
        self._italic -= tag in _ITALIC
        if tag == "a" and self._links:
            self._links.pop()

    def say(self, words: str) -> None:
        href = self._links[-1] if self._links else ""
        words = _SPACES.sub(" ", words)
        self.found.append(Run(words, self._bold > 0, self._italic > 0, href))

    def take(self) -> list[Run]:
        """All of them, once; without spaces and breaks at the ends."""
        found, self.found = _tidied(self.found), []
        return found


def _tidied(runs: Sequence[Run]) -> list[Run]:
    told: list[Run] = []
    for run in runs:
        before = told[-1].words[-1] if told else BREAK
        words = run.words.lstrip(" ") if before in (" ", BREAK) else run.words
        words = words if told or words == BREAK else words.lstrip()
        if words == BREAK and told and told[-1].words.endswith(" "):
            told[-1] = replace(told[-1], words=told[-1].words[:-1])
        told += [replace(run, words=words)] if words and (told or words != BREAK) else []
        told = [one for one in told if one.words]
    while told and not told[-1].words.strip():
        told.pop()
    if told:
        told[-1] = replace(told[-1], words=told[-1].words.rstrip())
    return told


class _Reader(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.runs = Runs()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.runs.start(tag, dict(attrs).get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        self.runs.end(tag)

    def handle_data(self, data: str) -> None:
        self.runs.say(data)


def written(runs: Sequence[Run]) -> str:
    """Markdown whose reading looks like these runs; emphasis that would not be read is left out."""
    while True:
        wanted = list(_looks(runs))
        for italic in ("*", "_"):
            told = "".join(_linked(runs, italic))
            read = list(_looks(_Reader(in_line(told)).runs.take()))
            if read == wanted:
                return told
        pairs = zip(wanted, read, strict=False)
        differs = next((at for at, (one, other) in enumerate(pairs) if one != other), len(read))
        fewer = _plainer(runs, differs)
        if fewer is None:
            return told
        runs = fewer


def _looks(runs: Sequence[Run]) -> Iterator[Run]:
    """Sign by sign, without spaces: nobody sees whether they are bold."""
    for run in runs:
        for sign in run.words:
            if sign == BREAK or not sign.isspace():
                yield replace(run, words=sign)


def _plainer(runs: Sequence[Run], differs: int) -> list[Run] | None:
    """One marked run less: the one nearest before the sign that differs, or the first behind it.
    None where all are plain."""
    marked, passed = [], 0
    for at, run in enumerate(runs):
        if not run.is_plain:
            marked.append((passed > differs, at if passed > differs else -at, at))
        passed += sum(1 for _look in _looks([run]))
    if not marked:
        return None
    at = min(marked)[2]
    run = runs[at]
    plainer = replace(run, bold=False, italic=False) if run.bold or run.italic else Run(run.words)
    return [*runs[:at], plainer, *runs[at + 1 :]]


def _linked(runs: Sequence[Run], italic: str) -> Iterator[str]:
    for href, group in groupby(runs, key=lambda run: run.href):
        words = "".join(_emphasised(list(group), italic))
        address = f"<{href}>" if re.search(r"[()\\]", href) else href
        yield _around(words, "[", f"]({address})") if href else words


def _emphasised(runs: Sequence[Run], italic: str) -> Iterator[str]:
    for bold, group in groupby(runs, key=lambda run: run.bold):
        words = "".join(chain.from_iterable(_slanted(list(group), italic)))
        yield _around(words, "**", "**") if bold else words


def _slanted(runs: Sequence[Run], italic: str) -> Iterator[str]:
    for slanted, group in groupby(runs, key=lambda run: run.italic):
        words = "".join(map(_signs, group))
        yield _around(words, italic, italic) if slanted else words


def _signs(run: Run) -> str:
    return "\\\n" if run.words == BREAK else _SIGNS.sub(r"\\\1", run.words)


def _around(words: str, before: str, after: str) -> str:
    """A mark stands right beside its words, or it marks nothing."""
    found = _EDGES.match(words)
    if found is None or not found[2]:
        return words
    return f"{found[1]}{before}{found[2]}{after}{found[3]}"

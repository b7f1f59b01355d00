"""What every page must be: no inline script or style, one h1, a language, images with alt."""

from html.parser import HTMLParser

import html5lib
from html5lib.html5parser import ParseError

DATA = ("application/json", "application/ld+json")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._script: dict[str, str | None] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.append((tag, values))
        if tag == "script":
            self._script = values
        if tag == "style" or "style" in values:
            self.faults.append(f"inline style in <{tag}>")
        if any(name.startswith(("on", "hx-on")) for name in values):
            self.faults.append(f"inline handler in <{tag}>")
        if tag == "img" and "alt" not in values:
            self.faults.append(f"no alt for {values.get('src')}")
        if (values.get("href") or "").startswith("javascript:"):
            self.faults.append(f"script address in <{tag}>")

    def handle_data(self, data: str) -> None:
        """A script may hold data (JSON), never a program."""
        inside = self._script is not None and data.strip()
        if inside and self._script.get("type") not in DATA:
            self.faults.append("inline script")

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._script = None


def read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    return reader


def faults_of(html: str) -> list[str]:
    """Empty for a page that is fit to be served under our content security policy."""
    reader = read(html)
    names = [tag for tag, _attrs in reader.tags]
    ids = [attrs["id"] for _tag, attrs in reader.tags if attrs.get("id")]
    faults = list(reader.faults)
    if names.count("h1") != 1:
        faults.append(f"{names.count('h1')} h1")
    if not any(tag == "html" and attrs.get("lang") for tag, attrs in reader.tags):
        faults.append("no language")
    faults += [f"id twice: {one}" for one in {i for i in ids if ids.count(i) > 1}]
    return faults


def attributes_of(html: str, tag: str) -> list[dict[str, str | None]]:
    return [attrs for name, attrs in read(html).tags if name == tag]


def strays_of(html: str) -> list[str]:
    """What a strict HTML parser stumbles over first; empty for a valid page."""
    try:
        html5lib.HTMLParser(strict=True).parse(html)
    except ParseError as error:
        return [str(error)]
    return []

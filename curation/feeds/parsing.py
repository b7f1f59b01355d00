"""From bytes to a feed in our words: the only door to feedparser.

Its sanitiser and its resolver are off: we keep plain words only (nh3, in cleaning) and resolve the
few addresses we use. It is written to swallow anything, but some bytes still make it stumble; each
way it does becomes a BrokenFeed.
"""

import calendar
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from html.entities import html5
from typing import Any
from xml.sax import SAXException

import feedparser

from curation.feeds.cleaning import first_image, language_of, one_line, plain, whole_address
from curation.feeds.faults import BrokenFeed, EmptyAnswer, NotAFeed
from curation.feeds.jsonfeed import looks_like_json, parse_json_feed
from curation.feeds.values import MOST_ENTRIES, Feed, FeedEntry, Words

_STUMBLES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    SAXException,
    TypeError,
    ValueError,
)
_NAME_AFTER_ADDRESS = re.compile(r"@[^\s()]+ \(([^()]+)\)$")
_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,30};)")
_OF_XML = {"amp;", "lt;", "gt;", "quot;", "apos;"}
_MARKUP = re.compile(r"</?[a-z][a-z0-9]*(\s[^<>]*)?/?>|&(#[0-9]+|[a-z]+);", re.IGNORECASE)
LONGEST_OF_A_HUB = 1000
_MOST_TTL = 7 * 24 * 3600


def parse_feed(body: bytes, *, url: str, headers: Mapping[str, str] | None = None) -> Feed:
    """`url` is where the bytes came from. Raises EmptyAnswer, NotAFeed, BrokenFeed."""
    if not body.strip():
        raise EmptyAnswer("no bytes")
    if looks_like_json(body):
        return parse_json_feed(body, url=url)
    try:
        told = feedparser.parse(
            _spelt_out(body),
            sanitize_html=False,
            resolve_relative_uris=False,
            response_headers={"content-location": url, "content-type": _type(headers or {})},
        )
        return _feed(told, url, headers or {})
    except _STUMBLES as error:
        raise BrokenFeed(f"{type(error).__name__}: {error}"[:200]) from error


def _spelt_out(body: bytes) -> bytes:
    """Of old feeds that lean on a DTD, which nobody fetches: "&eacute;" as a number. A parser that
    is told of a DTD passes over what it can't know, accents and all."""
    if b"<!doctype" not in body[:2000].lower():
        return body

    def one(match: re.Match[bytes]) -> bytes:
        name = match[1].decode()
        sign = "" if name in _OF_XML else html5.get(name, "")
        return "".join(f"&#{ord(part)};" for part in sign).encode() or match[0]

    return _ENTITY.sub(one, body)


def _type(headers: Mapping[str, str]) -> str:
    """A charset that the server names counts; without one the document's own does."""
    said = headers.get("content-type", "")
    return said if "charset=" in said.lower() else "application/xml"


def _feed(told: Any, url: str, headers: Mapping[str, str]) -> Feed:
    """Raises NotAFeed, BrokenFeed."""
    feed = told.feed
    if not told.get("version") and not told.entries:
        raise NotAFeed("neither RSS, Atom nor JSON Feed")
    if not told.entries and isinstance(told.get("bozo_exception"), SAXException):
        raise BrokenFeed(f"no entries before {told.bozo_exception}"[:200])
    language = language_of(feed.get("language"))
    base = whole_address(url, feed.get("link", "")) or url
    links = [*_links(feed), *_header_links(headers)]
    author = _author(feed)
    return Feed(
        title=plain(_words(feed.get("title_detail"))),
        page_url=whole_address(url, feed.get("link", "")),
        language=language,
        hub_url=_linked(links, "hub", url),
        self_url=_linked(links, "self", url),
        ttl=_ttl(feed.get("ttl")),
        entries=tuple(
            made
            for entry in _newest(told.entries)
            if (made := _entry(entry, base=base, language=language, author=author))
        ),
    )


def _newest(entries: list[Any]) -> list[Any]:
    """As many as are read: the first, unless the feed begins with its oldest."""
    if len(entries) > MOST_ENTRIES:
        first, last = _moment(entries[0]), _moment(entries[-1])
        if first and last and first < last:
            return entries[-MOST_ENTRIES:]
    return entries[:MOST_ENTRIES]


def _entry(entry: Any, *, base: str, language: str, author: str) -> FeedEntry | None:
    """None for one that leads nowhere. `author`: the feed's, for entries that name none."""
    url = next((found for found in _addresses(entry, base) if found), "")
    if not url:
        return None
    content = max(
        (part for part in entry.get("content", ()) if part.get("value")),
        key=lambda part: len(part.value),
        default=None,
    )
    text = _words(content) if content is not None else Words()
    summary = _words(entry.get("summary_detail"))
    return FeedEntry(
        name=one_line(entry.get("id", "")) or url,
        url=url,
        title=_words(entry.get("title_detail")),
        summary=summary,
        content=text,
        author=_author(entry) or author,
        language=language_of(content.get("language") if content is not None else "") or language,
        image_url=_image(entry, url) or first_image(text.raw or summary.raw, url),
        published_at=_moment(entry),
        topics=tuple(one_line(tag.get("term") or "") for tag in entry.get("tags", ())),
    )


def _addresses(entry: Any, base: str) -> Iterator[str]:
    """Its page; its link (feedparser takes a permanent guid for one); another page; what it
    encloses. Of several pages the first: some generators write an episode's sound as another."""
    pages = [link for link in _links(entry) if link.get("rel") == "alternate"]
    if len(pages) > 1:
        html = (one for one in pages if one.get("type") in ("text/html", None))
        yield whole_address(base, next(html, pages[0]).get("href", ""))
    yield whole_address(base, entry.get("link", ""))
    for link in (*_links(entry), *entry.get("enclosures", ())):
        if link.get("rel") in ("alternate", "enclosure", None) and link.get("href"):
            yield whole_address(base, link["href"])


def _words(detail: Any) -> Words:
    """What RSS calls plain often isn't."""
    if not detail:
        return Words()
    raw = detail.get("value") or ""
    return Words(raw, detail.get("type") != "text/plain" or _MARKUP.search(raw) is not None)


def _author(entry: Any) -> str:
    """Their name; of "nia@blog.example (Nia)", as RSS has it, without the address."""
    said = one_line(entry.get("author") or "")
    if bracketed := _NAME_AFTER_ADDRESS.search(said):
        return bracketed[1].strip()
    name = one_line((entry.get("author_detail") or {}).get("name") or said)
    return "" if "@" in name else name


def _image(entry: Any, base: str) -> str:
    pictures = [one.get("url") for one in entry.get("media_thumbnail", ())]
    pictures += [
        one.get("url")
        for one in entry.get("media_content", ())
        if one.get("medium") == "image" or str(one.get("type", "")).startswith("image/")
    ]
    pictures += [
        one.get("href")
        for one in entry.get("enclosures", ())
        if str(one.get("type", "")).startswith("image/")
    ]
    pictures.append((entry.get("image") or {}).get("href"))
    found = (whole_address(base, picture) for picture in pictures if picture)
    return next((address for address in found if address), "")


def _moment(entry: Any) -> datetime | None:
    for name in ("published_parsed", "updated_parsed", "created_parsed"):
        if said := dict.get(entry, name):
            try:
                return datetime.fromtimestamp(calendar.timegm(said), UTC)
            except (ValueError, OverflowError, OSError):
                continue
    return None


def _links(told: Any) -> list[Any]:
    links: list[Any] = told.get("links", [])
    return links


def _header_links(headers: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Of `Link: <https://hub.example/>; rel="hub"`, as WebSub has them."""
    for part in headers.get("link", "")[:4000].split(","):
        address, _sign, rest = part.partition(">")
        for rel in ("hub", "self"):
            if rel in rest.replace('"', " ").replace("=", " ").lower().split():
                yield {"rel": rel, "href": address.strip().removeprefix("<")}


def _linked(links: list[Any], rel: str, url: str) -> str:
    said = (link.get("href", "") for link in links if link.get("rel") == rel)
    found = (whole_address(url, one) for one in said)
    return next((one for one in found if 0 < len(one) <= LONGEST_OF_A_HUB), "")


def _ttl(said: object) -> int:
    """RSS says minutes."""
    text = str(said or "").strip()
    return min(int(text) * 60, _MOST_TTL) if text.isascii() and text.isdigit() else 0

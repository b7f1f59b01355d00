"""JSON Feed 1.0 and 1.1 (jsonfeed.org), read with patience: whatever isn't as it should be is left
out."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from curation.feeds.cleaning import first_image, language_of, one_line, whole_address
from curation.feeds.faults import BrokenFeed, NotAFeed
from curation.feeds.values import MOST_ENTRIES, Feed, FeedEntry, Words

_VERSION = "https://jsonfeed.org/version/1"


def looks_like_json(body: bytes) -> bool:
    return body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"


def parse_json_feed(body: bytes, *, url: str) -> Feed:
    """Raises NotAFeed, BrokenFeed."""
    try:
        told = json.loads(body.decode("utf-8-sig", errors="replace"))
    except (ValueError, RecursionError) as error:
        raise BrokenFeed(str(error)[:200]) from error
    if not isinstance(told, dict) or not _text(told, "version").startswith(_VERSION):
        raise NotAFeed("JSON, but no JSON Feed")
    base = whole_address(url, _text(told, "home_page_url")) or url
    language = language_of(told.get("language"))
    people = _names(told)
    return Feed(
        title=one_line(_text(told, "title")),
        page_url=whole_address(url, _text(told, "home_page_url")),
        language=language,
        hub_url=next(_hubs(told, url), ""),
        self_url=whole_address(url, _text(told, "feed_url")),
        entries=tuple(
            entry
            for item in _list(told, "items")[:MOST_ENTRIES]
            if isinstance(item, dict)
            and (entry := _entry(item, base=base, language=language, people=people))
        ),
    )


def _entry(item: dict[str, Any], *, base: str, language: str, people: str) -> FeedEntry | None:
    url = whole_address(base, _text(item, "external_url") or _text(item, "url"))
    name = _text(item, "id") or url
    url = url or whole_address(name, name)
    if not url:
        return None
    markup = _text(item, "content_html")
    content = Words(markup, True) if markup else Words(_text(item, "content_text"))
    pictured = _text(item, "image") or _text(item, "banner_image")
    return FeedEntry(
        name=name,
        url=url,
        title=Words(_text(item, "title")),
        summary=Words(_text(item, "summary")),
        content=content,
        author=_names(item) or people,
        language=language_of(item.get("language")) or language,
        image_url=whole_address(url, pictured) if pictured else first_image(markup, url),
        published_at=_moment(_text(item, "date_published") or _text(item, "date_modified")),
        topics=tuple(one_line(tag) for tag in _list(item, "tags") if isinstance(tag, str)),
    )


def _text(told: dict[str, Any], name: str) -> str:
    value = told.get(name)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value).strip()


def _list(told: dict[str, Any], name: str) -> list[Any]:
    value = told.get(name)
    return value if isinstance(value, list) else []


def _names(told: dict[str, Any]) -> str:
    """Version 1.0 had one `author`, 1.1 has `authors`."""
    people = [*_list(told, "authors"), told.get("author")]
    names = [one_line(_text(one, "name")) for one in people if isinstance(one, dict)]
    return ", ".join(dict.fromkeys(name for name in names if name))


def _hubs(told: dict[str, Any], url: str) -> Iterator[str]:
    for hub in _list(told, "hubs"):
        if isinstance(hub, dict) and _text(hub, "type").lower() == "websub":
            yield whole_address(url, _text(hub, "url"))


def _moment(said: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(said)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None

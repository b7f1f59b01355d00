"""RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.xmlutils import SimplerXMLGenerator

from curation.syndication.entries import Channel, Entry

XML_BARE = dict.fromkeys({*range(32), 0xFFFE, 0xFFFF} - set(map(ord, "\t\n\r")))
"""Signs that XML can't hold."""

DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"


class _Rss(Rss201rev2Feed):
    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        if hub := self.feed["hub"]:
            handler.addQuickElement("atom:link", None, {"rel": "hub", "href": hub})

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        if name := item["contributor"]:
            handler.addQuickElement("dc:contributor", name, {"xmlns:dc": DUBLIN_CORE})


class _Atom(Atom1Feed):
    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        if hub := self.feed["hub"]:
            handler.addQuickElement("link", "", {"rel": "hub", "href": hub})

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        if name := item["contributor"]:
            handler.startElement("contributor", AttributesImpl({}))
            handler.addQuickElement("name", name)
            handler.endElement("contributor")


def _xml(kind: type[SyndicationFeed]) -> Callable[[Channel], bytes]:
    def write(channel: Channel) -> bytes:
        feed = kind(
            title=_bare(channel.title),
            link=channel.address,
            description=_bare(channel.about),
            subtitle=_bare(channel.about),
            language=channel.language,
            feed_url=channel.itself,
            hub=channel.hub,
        )
        for entry in channel.entries:
            feed.add_item(**_fields(entry))
        written: str = feed.writeString("utf-8")
        return written.encode()

    return write


def _bare(text: str) -> str:
    return text.translate(XML_BARE)


def _fields(entry: Entry) -> dict[str, Any]:
    return {
        "title": _bare(entry.title),
        "link": entry.url,
        "description": _bare(entry.html),
        "author_name": _bare(entry.author),
        "contributor": _bare(entry.contributor),
        "pubdate": entry.appeared,
        "updateddate": entry.changed,
        "unique_id": entry.id,
        "unique_id_is_permalink": False,
        "categories": [_bare(topic) for topic in entry.topics],
    }


def _json(channel: Channel) -> bytes:
    hubs = [{"type": "WebSub", "url": channel.hub}] if channel.hub else []
    told: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "description": channel.about,
        "language": channel.language,
        "home_page_url": channel.address,
        "feed_url": channel.itself,
        "items": [_json_item(entry) for entry in channel.entries],
    }
    return json.dumps(told | ({"hubs": hubs} if hubs else {}), ensure_ascii=False).encode()


def _json_item(entry: Entry) -> dict[str, Any]:
    told = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "content_html": entry.html,
        "summary": entry.text,
        "authors": [{"name": entry.author}],
        "tags": list(entry.topics),
        "language": entry.language,
        "date_published": entry.appeared.isoformat(),
        "date_modified": entry.changed.isoformat(),
    }
    return {name: value for name, value in told.items() if value}


@dataclass(frozen=True, slots=True)
class Format:
    label: str
    media_type: str
    write: Callable[[Channel], bytes]


FORMATS: Mapping[str, Format] = {
    "rss": Format("RSS", "application/rss+xml", _xml(_Rss)),
    "atom": Format("Atom", "application/atom+xml", _xml(_Atom)),
    "json": Format("JSON Feed", "application/feed+json", _json),
}

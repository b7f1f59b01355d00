"""OPML 2.0: the feeds that a MOOC reads, for everybody's own reader."""

from collections.abc import Iterable
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

from django.db.models import Q, QuerySet

from community.models import Consent
from curation.models import Axis, Source
from curation.syndication.formats import XML_BARE

MOST = 2000


def public_sources(site_id: int) -> QuerySet[Source]:
    """Running, and nobody's, or of somebody who agrees to be named."""
    anybodys = Q(owner=None) | Q(owner__consent=Consent.SHOW)
    return Source.objects.running().filter(anybodys, site=site_id).order_by("title", "pk")


def write_opml(sources: Iterable[Source], *, title: str) -> bytes:
    """One folder an axis; addresses that carry somebody's password are left out."""
    root = Element("opml", version="2.0")
    SubElement(SubElement(root, "head"), "title").text = title.translate(XML_BARE)
    body = SubElement(root, "body")
    folders: dict[str, Element] = {}
    for source in sources:
        if urlsplit(source.feed_url).username is None:
            SubElement(_folder(body, folders, source.axis), "outline", _outline(source))
    return tostring(root, encoding="utf-8", xml_declaration=True)


def _folder(body: Element, folders: dict[str, Element], axis: str) -> Element:
    if not axis:
        return body
    if axis not in folders:
        label = str(Axis(axis).label)
        folders[axis] = SubElement(body, "outline", {"text": label, "title": label})
    return folders[axis]


def _outline(source: Source) -> dict[str, str]:
    name = str(source).translate(XML_BARE)
    told = {
        "type": "rss",
        "text": name,
        "title": name,
        "xmlUrl": source.feed_url,
        "htmlUrl": source.page_url,
        "language": source.language,
    }
    return {key: value for key, value in told.items() if value}

"""Lists of feeds (OPML), in and out: the only door to listparser.

What strangers' programs wrote is read by lxml first, without entities or network, and handed on as
plain elements.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

import listparser
from django.conf import settings
from django.utils.translation import override
from lxml import etree

from curation.faults import FetchFault
from curation.feeds.cleaning import language_of, one_line, whole_address
from curation.feeds.sources import Listed
from curation.models import Axis, Source
from curation.web import check_address

LARGEST = 2 * 1024 * 1024
MOST = 5000  # feeds of one list
_BARE_AND = re.compile(rb"&(?!#?[a-zA-Z0-9]{1,10};)")
"""Many programs forget to write it as "&amp;": an address would lose its end."""


class NotAList(ValueError):
    """Nothing in it is an OPML list."""


def read_opml(content: bytes) -> tuple[list[Listed], list[str]]:
    """The feeds of a list, each once, and what stands there but is no address. Raises NotAList."""
    feeds: dict[str, Listed] = {}
    wrong = []
    for feed in _parse(content)[:MOST]:
        said = str(feed.get("url") or "").strip()
        try:
            url = check_address(said)
        except FetchFault:
            wrong.append(one_line(f"{feed.get('title') or ''} {said}")[:200])
            continue
        title = one_line(str(feed.get("title") or ""))
        page = whole_address(url, str(feed.get("page_url") or "")) if feed.get("page_url") else ""
        if len(url) > 1000:
            wrong.append(url[:200])
        else:
            language, axis = language_of(feed.get("language")), str(feed.get("axis") or "")
            feeds.setdefault(url, Listed(url, title, page, language, axis))
    return list(feeds.values()), wrong


def _parse(content: bytes) -> Sequence[dict[str, object]]:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False
    )
    try:
        root = etree.fromstring(_with_whole_ands(content[:LARGEST]), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotAList(str(error)[:200]) from error
    if root is None or etree.QName(root).localname.lower() != "opml":
        raise NotAList("no OPML")
    plain = etree.tostring(root, encoding="us-ascii", xml_declaration=False, with_tail=False)
    told = listparser.parse(plain)
    outlines: dict[str, Mapping[str, str]] = {}
    axes: dict[str, str] = {}
    for one in root.iter("outline"):
        url = (one.get("xmlUrl") or "").strip()
        outlines.setdefault(url, one.attrib)
        axes.setdefault(url, _axis_of(one))
    return [
        {
            "url": feed.url,
            "title": feed.title,
            "page_url": outlines.get(feed.url, {}).get("htmlUrl"),
            "language": outlines.get(feed.url, {}).get("language"),
            "axis": axes.get(feed.url, ""),
        }
        for feed in told.feeds
    ]


def _with_whole_ands(content: bytes) -> bytes:
    """But for encodings in which the sign isn't one byte."""
    return (
        content if content[:2] in (b"\xff\xfe", b"\xfe\xff") else _BARE_AND.sub(b"&amp;", content)
    )


def _axis_of(outline: etree._Element) -> str:
    """By its own category, or by the folders around it, as curation.syndication.opml names them in
    any language of ours; "" for none."""
    above = [one.get("text") or "" for one in outline.iterancestors("outline")]
    known = _axes_by_name()
    said = [*(outline.get("category") or "").split(","), *above]
    return next((known[name] for one in said if (name := one.strip(" /").casefold()) in known), "")


@cache
def _axes_by_name() -> Mapping[str, str]:
    known = {value: value for value in Axis.values}
    for code, _name in settings.LANGUAGES:
        with override(code):
            known |= {str(axis.label).casefold(): axis.value for axis in Axis}
    return known


def write_opml(sources: Iterable[Source], *, title: str) -> bytes:
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = _xml(title)
    body = etree.SubElement(root, "body")
    for source in sources:
        said = {"type": "rss", "text": _xml(str(source)), "xmlUrl": _xml(source.feed_url)}
        if source.page_url:
            said["htmlUrl"] = _xml(source.page_url)
        if source.language:
            said["language"] = source.language
        if source.axis:
            said["category"] = source.axis
        etree.SubElement(body, "outline", said)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)


def _xml(text: str) -> str:
    """Without the signs that XML can't hold."""
    return "".join(sign for sign in text if sign >= " " and sign not in "\ufffe\uffff")

"""What a page says of itself: the one door to trafilatura and py3langid.

Nothing that a page says is trusted: texts are plain and bounded, addresses absolute and of the web.
"""

import logging
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import py3langid
from trafilatura import bare_extraction
from trafilatura.metadata import extract_metadata
from trafilatura.utils import load_html

from curation.addresses import bare_address, canonical_url, host_of, registrable_domain

HTML = frozenset({"text/html", "application/xhtml+xml", "application/xml", "text/xml", ""})
LONGEST_TEXT = 100_000
LONGEST_SUMMARY = 600
MOST_ELEMENTS = 20_000
"""Of a page that is read in a few seconds; of larger ones only the head is."""
ENOUGH_WORDS = 30  # to tell a language by
_CHARSET = re.compile(r"charset=[\"']?([\w.:-]+)", re.IGNORECASE)
_REFRESH = re.compile(
    r"\s*(\d{1,4})[.\d]*\s*[;,]\s*url\s*=\s*[\"']?([^\"']+)[\"']?\s*", re.IGNORECASE
)
SOON_SECONDS = 10
NOSCRIPT = "noscript"
_BLANKS = re.compile(r"\s+")
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1b\x7f\ud800-\udfff\ufffe\uffff]")
"""What a database or XML can't hold, and what nobody reads."""

# A damaged page is no fault of ours; what is wrong with it stands on its item.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class Page:
    """What one page says of itself; "" where it doesn't. `language` is a two-letter code."""

    title: str = ""
    summary: str = ""
    author: str = ""
    language: str = ""
    site_name: str = ""
    image_url: str = ""
    published_at: datetime | None = None
    text: str = ""
    canonical: str = ""
    oembed_url: str = ""
    leads_to: str = ""
    """Where it sends its readers by itself (meta refresh)."""


def read_page(body: bytes, *, url: str, headers: Mapping[str, str]) -> Page:
    """`url` is where the bytes came from. Raises whatever damaged pages make parsers raise."""
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in HTML:
        return named_page(url, media_type)
    tree = load_html(_decoded(body, headers))
    if tree is None:
        return Page(site_name=host_of(url))
    links = _links(tree, url)
    is_long = _is_long(tree)
    told = extract_metadata(tree, default_url=url, extensive=not is_long)
    declared = _declared_language(tree)
    text = "" if is_long else _words(tree, url)
    return Page(
        title=one_line(told.title, 500),
        summary=one_line(told.description, LONGEST_SUMMARY) or _beginning(text),
        author=one_line(told.author, 300),
        language=_language(text, declared),
        site_name=one_line(told.sitename, 200) or host_of(url).removeprefix("www."),
        image_url=_picture(told.image, url),
        published_at=_moment(told.date),
        text=text,
        canonical=_canonical(links.get("canonical", ""), url),
        oembed_url=links.get("oembed", ""),
        leads_to=_refresh(tree, url),
    )


def named_page(url: str, media_type: str = "") -> Page:
    """A file of another kind: its name and its kind are all that we say."""
    name = one_line(unquote(urlsplit(url).path.rpartition("/")[2]).replace("_", " "), 500)
    kind = media_type.rpartition("/")[2].removeprefix("x-").upper()[:40]
    picture = url if media_type.startswith("image/") and url.startswith("https://") else ""
    return Page(title=name, summary=kind, site_name=host_of(url), image_url=picture)


def _is_long(tree: Any) -> bool:
    return next(islice(tree.iter(), MOST_ELEMENTS, None), None) is not None


def _words(tree: Any, url: str) -> str:
    """Its main text; "" where there is none."""
    said = bare_extraction(tree, url=url, fast=True, include_comments=False)
    return str(getattr(said, "text", "") or "")[:LONGEST_TEXT]


def _decoded(body: bytes, headers: Mapping[str, str]) -> bytes | str:
    """As its server says it is written; else the library guesses."""
    named = _CHARSET.search(headers.get("content-type", ""))
    if named:
        with suppress(LookupError):
            return body.decode(named[1], errors="replace").replace("\x00", "")
    return body.replace(b"\x00", b"")


def _links(tree: Any, url: str) -> dict[str, str]:
    """Of its head: what it calls itself, and where its oEmbed is."""
    found: dict[str, str] = {}
    for link in tree.iterfind(".//link[@href]"):
        rel = str(link.get("rel", "")).lower().split()
        kind = str(link.get("type", "")).lower()
        name = "canonical" if "canonical" in rel else ""
        name = "oembed" if kind == "application/json+oembed" else name
        if name and name not in found:
            found[name] = _absolute(str(link.get("href")), url)
    return found


def _refresh(tree: Any, url: str) -> str:
    """At once, or nearly; not for readers without JavaScript alone."""
    for meta in tree.iterfind(".//meta[@http-equiv]"):
        if meta.get("http-equiv").strip().lower() == "refresh" and meta.getparent().tag != NOSCRIPT:
            said = _REFRESH.fullmatch(str(meta.get("content", "")))
            if said and int(said[1]) <= SOON_SECONDS:
                return _absolute(said[2], url)
    return ""


def _absolute(href: str, url: str) -> str:
    try:
        whole = urljoin(url, _UNSEEN.sub("", href).strip())
    except ValueError:
        return ""
    return whole if whole.startswith(("http://", "https://")) and len(whole) <= 2000 else ""


def _canonical(told: str, url: str) -> str:
    """Only an address of the same owner, and no front page in place of a page: a page may not pass
    for somebody else's."""
    tidy = canonical_url(told)
    if not tidy or registrable_domain(tidy) != registrable_domain(url):
        return ""
    is_front = urlsplit(tidy).path == "/" and not urlsplit(tidy).query
    return "" if is_front and bare_address(tidy) != bare_address(url) else tidy


def _declared_language(tree: Any) -> str:
    root = tree.getroottree().getroot()
    told = str(root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "")
    return _code(told)


def _language(text: str, declared: str) -> str:
    """As its words are, where there are enough of them: many pages declare their theme's."""
    if len(text.split()) < ENOUGH_WORDS:
        return declared
    return _code(str(py3langid.classify(text[:3000])[0]))


def _code(told: str) -> str:
    code = told.replace("_", "-").partition("-")[0].strip().lower()
    return code if len(code) in {2, 3} and code.isalpha() and code.isascii() else ""


def _picture(told: str | None, url: str) -> str:
    """https alone, absolute."""
    whole = _absolute(told or "", url) if told else ""
    return whole if whole.startswith("https://") else ""


def _moment(told: str | None) -> datetime | None:
    try:
        return datetime.strptime(told or "", "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        return None


def one_line(told: str | None, longest: int) -> str:
    """At most so many signs, all of which a database can keep."""
    line = _BLANKS.sub(" ", _UNSEEN.sub("", told or "")).strip()
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def _beginning(text: str) -> str:
    return one_line(text[: LONGEST_SUMMARY * 2], 300)

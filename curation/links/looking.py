"""Look at pages, several at once: threads ask and read, rows stay with the caller."""

import json
import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from curation.addresses import canonical_url, host_of, registrable_domain
from curation.faults import FetchFault, TooLarge, status_code
from curation.links.pages import Page, named_page, one_line, read_page
from curation.links.pictures import copy_picture
from curation.web import Answer, Client, fetch

WORKERS = 6
MOST_BYTES = 3 * 1024 * 1024
SECONDS = 15.0
ACCEPT = "text/html, application/xhtml+xml;q=0.9, */*;q=0.5"
MOST_SENT_ON = 3
UNREADABLE = "unreadable"
DETOUR = "detour"
_DETOUR = re.compile(
    r"/(?:login|log-in|signin|sign-in|connexion|consent|cookies?|captcha|error|404|oups)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where to look, for one item. `picture`: what is said of it already; `only_that`: a person
    said it, be it that there is none."""

    number: int
    url: str
    picture: str = ""
    only_that: bool = False

    def pictures(self, page: Page) -> list[str]:
        """The best first."""
        own = [] if self.only_that else [page.image_url]
        return [url for url in dict.fromkeys([self.picture, *own]) if url]


@dataclass(frozen=True, slots=True)
class Look:
    """What we saw of one item's page; `fault` where we saw nothing. `url` is where we arrived,
    `picture_url` what `picture` is a copy of."""

    number: int
    url: str = ""
    page: Page | None = None
    picture: bytes = b""
    picture_url: str = ""
    fault: str = ""


def look_at(places: Iterable[Place], *, client: Client | None = None) -> Iterator[Look]:
    """In the order in which servers answer. Whatever a page makes a parser raise is that page's
    fault alone."""
    with ThreadPoolExecutor(WORKERS, thread_name_prefix="pages") as pool:
        asked = {pool.submit(look, place, client): place.number for place in places}
        for future in as_completed(asked):
            if future.exception() is None:
                yield future.result()
            else:
                yield Look(asked[future], fault=UNREADABLE)


def look(place: Place, client: Client | None = None) -> Look:
    try:
        arrived, page = _walk(place.url, client)
    except TooLarge:
        return Look(place.number, place.url, named_page(place.url))
    except FetchFault as fault:
        return Look(place.number, fault=fault.code)
    page = _with_oembed(page, arrived, client)
    for url in place.pictures(page):
        if copy := copy_picture(url, client=client):
            return Look(place.number, arrived, page, copy, url)
    return Look(place.number, arrived, page)


def _walk(url: str, client: Client | None) -> tuple[str, Page]:
    """Where we arrive, and what stands there; also behind pages that only send their readers on.
    Raises FetchFault."""
    arrived, page = _open(url, url, client)
    for _page in range(MOST_SENT_ON):
        if page.leads_to in ("", arrived):
            break
        arrived, page = _open(page.leads_to, url, client)
    return arrived, page


def _open(url: str, asked: str, client: Client | None) -> tuple[str, Page]:
    answer = fetch(
        url, headers={"accept": ACCEPT}, most_bytes=MOST_BYTES, timeout=SECONDS, client=client
    )
    if not answer.is_ok:
        raise FetchFault(code=status_code(answer.status))
    if _is_detour(asked, answer.url):
        raise FetchFault(code=DETOUR)
    return answer.url, read_page(answer.body, url=answer.url, headers=answer.headers)


def _is_detour(asked: str, arrived: str) -> bool:
    """A door in place of a page (a login, a banner), or a front page in place of what was there."""
    if asked == arrived:
        return False
    before, after = urlsplit(asked).path.strip("/"), urlsplit(arrived).path.strip("/")
    same_owner = registrable_domain(asked) == registrable_domain(arrived)
    if before and not after and same_owner:
        return True
    return bool(_DETOUR.match(f"/{after}")) and not _DETOUR.match(f"/{before}")


def _with_oembed(page: Page, url: str, client: Client | None) -> Page:
    """What its oEmbed adds where the page itself is silent."""
    if not page.oembed_url or (page.title and page.author and page.image_url):
        return page
    try:
        answer = fetch(page.oembed_url, most_bytes=100_000, timeout=SECONDS, client=client)
    except FetchFault:
        return page
    told = _object(answer)
    return replace(
        page,
        title=page.title or _text(told, "title", 500),
        author=page.author or _text(told, "author_name", 300),
        site_name=_site_name(page, url, told),
        image_url=page.image_url or _https(_text(told, "thumbnail_url", 2000)),
    )


def _site_name(page: Page, url: str, told: dict[str, Any]) -> str:
    """Where the page has its host's for want of a name."""
    is_silent = page.site_name == host_of(url).removeprefix("www.")
    return (is_silent and _text(told, "provider_name", 200)) or page.site_name


def _object(answer: Answer) -> dict[str, Any]:
    try:
        told = json.loads(answer.body) if answer.is_ok else {}
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _text(told: dict[str, Any], name: str, longest: int) -> str:
    value = told.get(name)
    return one_line(value, longest) if isinstance(value, str) else ""


def _https(url: str) -> str:
    return url if url.startswith("https://") and canonical_url(url) else ""

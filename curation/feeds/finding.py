"""From the address of any page to the feeds behind it: the page's own links, then common places."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from lxml import etree, html

from curation.faults import FetchFault, Insecure, TooSlow, UnknownName, Unreachable, status_code
from curation.feeds.asking import ACCEPT, MOST_BYTES, Question, ask_all
from curation.feeds.cleaning import one_line, whole_address
from curation.feeds.faults import NotAFeed
from curation.feeds.parsing import parse_feed
from curation.web import Answer, Client, check_address, fetch

MOST_CANDIDATES = 9
SECONDS = 15.0
_TYPES = {
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/feed+json",
    "application/json",
    "text/xml",
}
_COMMON = ("feed/", "rss", "atom.xml", "feed.xml", "index.xml", "rss.xml", "feed.json", "feeds/")


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed that was read. `url` is where it lives in the end."""

    url: str
    title: str
    page_url: str
    language: str
    entries: int


def find_feeds(url: str, *, client: Client | None = None) -> list[FoundFeed]:
    """The best first; never none. Raises FetchFault (NotAFeed where there is a page without a
    feed)."""
    answer = _open(url.strip(), client)
    if answer.is_ok and (feed := _read(answer)):
        return [feed]
    for places in (_linked(answer), _usual(answer.url)):
        candidates = list(dict.fromkeys(places))[:MOST_CANDIDATES]
        found, too_slow = _read_all(candidates, client)
        if found:
            return found
        if too_slow:
            # Somebody waits, and has waited long enough.
            raise too_slow
    if not answer.is_ok:
        raise FetchFault("no page there", code=status_code(answer.status))
    raise NotAFeed("no feed on this page, nor in the usual places")


def _open(url: str, client: Client | None) -> Answer:
    """Who names no scheme means https, and http where a server knows nothing else."""
    if "://" in url:
        return _ask(url, client)
    try:
        return _ask(f"https://{url}", client)
    except (Insecure, TooSlow, Unreachable) as fault:
        if isinstance(fault, UnknownName):
            raise
        try:
            return _ask(f"http://{url}", client)
        except FetchFault:
            raise fault from None


def _ask(url: str, client: Client | None) -> Answer:
    return fetch(
        check_address(url),
        headers={"accept": ACCEPT},
        most_bytes=MOST_BYTES,
        timeout=SECONDS,
        client=client,
    )


def _read_all(places: list[str], client: Client | None) -> tuple[list[FoundFeed], TooSlow | None]:
    """In the order of `places`; feeds of comments last. And whether one of them was too slow."""
    questions = [Question(number, place) for number, place in enumerate(places)]
    read: dict[int, FoundFeed] = {}
    too_slow = None
    for question, answer in ask_all(questions, client=client):
        if isinstance(answer, TooSlow):
            too_slow = answer
        elif isinstance(answer, Answer) and answer.is_ok and (feed := _read(answer)):
            read[question.number] = feed
    found = {read[number].url: read[number] for number in sorted(read)}
    return sorted(found.values(), key=_is_of_comments), too_slow


def _read(answer: Answer) -> FoundFeed | None:
    try:
        feed = parse_feed(answer.body, url=answer.url, headers=answer.headers)
    except FetchFault:
        return None
    return FoundFeed(answer.url, feed.title, feed.page_url, feed.language, len(feed.entries))


def _linked(answer: Answer) -> Iterator[str]:
    """`<link rel=alternate>` first, then links in the text that look like feeds."""
    try:
        tree = html.document_fromstring(answer.body, base_url=answer.url)
    except (etree.LxmlError, ValueError):
        return
    said = next((one.get("href", "") for one in tree.iter("base")), "")
    base = whole_address(answer.url, said) or answer.url
    for link in tree.iter("link"):
        rels = (link.get("rel") or "").lower().split()
        kind = (link.get("type") or "").partition(";")[0].strip().lower()
        is_one = "feed" in rels or ("alternate" in rels and kind in _TYPES)
        if is_one and "wp-json" not in link.get("href", ""):
            yield from _whole(base, link.get("href", ""))
    for link in tree.iter("a"):
        address = link.get("href") or ""
        words = f"{one_line(link.text_content())} {_path(address)}".lower()
        if any(word in words.replace("/", " ").replace(".", " ").split() for word in _WORDS):
            yield from _whole(base, address)


_WORDS = ("rss", "atom", "feed", "flux", "rdf")


def _path(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def _usual(url: str) -> Iterator[str]:
    """Of "/blog" both "/blog/feed/" and "/feed/"."""
    folder = urljoin(url, "./")
    if "." not in url.rpartition("/")[2]:
        yield f"{url.rstrip('/')}/feed/"
    for place in (folder, urljoin(url, "/")):
        for name in _COMMON[:4] if place == folder else _COMMON:
            yield urljoin(place, name)


def _whole(base: str, address: str) -> Iterator[str]:
    if whole := whole_address(base, address):
        yield whole


def _is_of_comments(feed: FoundFeed) -> bool:
    return "comment" in f"{feed.url} {feed.title}".lower()

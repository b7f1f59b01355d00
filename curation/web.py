"""The one careful way to a foreign address: http and https, public servers only (unless
settings.ALLOW_PRIVATE_ADDRESSES), every redirect looked at, bounded in bytes and in time.

The wire itself is in curation.wire; tests and benches put a web of their own in its place
(`spoken_by`).
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from typing import Generic, Protocol, TypeVar
from urllib.parse import urldefrag, urlencode, urljoin, urlsplit

from django.conf import settings

from curation.asks import Ask, Hop
from curation.faults import FetchFault, Malformed, Refused, TooManyRedirects
from curation.wire import Wire

Key = TypeVar("Key")

MOST_BYTES = 5 * 1024 * 1024
TIMEOUT = 20.0  # seconds for the whole answer, redirects included
MOST_HOPS = 6
LONGEST_ADDRESS = 2000
_FOR_GOOD = {301, 308}
_ELSEWHERE = {301, 302, 303, 307, 308}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said in the end, whatever its status. `url` is where the last redirect led;
    `moved_for_good` the address that an unbroken row of permanent redirects, from the first on, led
    to ("" where there was none). Names of headers in lower case."""

    status: int
    url: str
    headers: Mapping[str, str]
    body: bytes
    moved_for_good: str = ""

    @property
    def is_ok(self) -> bool:
        return 200 <= self.status < 300

    @property
    def media_type(self) -> str:
        """Without its parameters, in lower case: "text/html"."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


class Client(Protocol):
    """Whoever can ask servers, many at once: curation.wire.Wire, or a test's web."""

    def ask_all(
        self, asks: Iterable[tuple[Key, Ask]]
    ) -> Iterator[tuple[Key, Hop | FetchFault]]: ...


_others: list[Client] = []


@contextmanager
def spoken_by(client: Client) -> Iterator[None]:
    """Inside, `client` answers for the whole web, in every thread."""
    _others.append(client)
    try:
        yield
    finally:
        _others.remove(client)


def usual_client() -> Client:
    return _others[-1] if _others else _wire(settings.ALLOW_PRIVATE_ADDRESSES)


@cache
def _wire(allow_private: bool) -> Wire:
    return Wire(allow_private=allow_private)


@dataclass(frozen=True, slots=True)
class Get:
    """A GET, following redirects; `timeout` in seconds for all of it."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    most_bytes: int = MOST_BYTES
    timeout: float = TIMEOUT


def fetch(
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    most_bytes: int,
    timeout: float = TIMEOUT,
    client: Client | None = None,
) -> Answer:
    """One Get. Raises FetchFault where there is no answer at all; an answer that says no (404, 500)
    is an Answer."""
    get = Get(url, headers or {}, most_bytes, timeout)
    [(_key, answer)] = fetch_all([(None, get)], client=client)
    if isinstance(answer, FetchFault):
        raise answer
    return answer


def fetch_all(
    gets: Iterable[tuple[Key, Get]], *, client: Client | None = None
) -> Iterator[tuple[Key, Answer | FetchFault]]:
    """Each key with its answer or its fault, in the order in which they come; `gets` is read no
    faster than servers answer. Those that were sent elsewhere are asked again after all others."""
    client = client or usual_client()
    faults: list[tuple[Key, FetchFault]] = []
    walks = _begin(gets, faults)
    for _hop in range(MOST_HOPS):
        further: list[_Walk[Key]] = []
        for walk, outcome in client.ask_all((walk, walk.ask()) for walk in walks):
            if isinstance(outcome, FetchFault):
                yield walk.key, outcome
            elif not walk.is_led_on(outcome):
                yield walk.key, walk.answer(outcome)
            else:
                try:
                    walk.go_on(outcome)
                except FetchFault as fault:
                    yield walk.key, fault
                else:
                    further.append(walk)
        yield from faults
        faults.clear()
        if not further:
            return
        walks = iter(further)
    for walk in walks:
        yield walk.key, TooManyRedirects(f"more than {MOST_HOPS} redirects")


def send(
    url: str,
    fields: Mapping[str, str],
    *,
    most_bytes: int = 64 * 1024,
    timeout: float = TIMEOUT,
    client: Client | None = None,
) -> Answer:
    """POST a form, following nothing. Raises FetchFault."""
    here = check_address(url)
    headers = _headers({"content-type": "application/x-www-form-urlencoded"})
    ask = Ask(here, headers, most_bytes, timeout, urlencode(fields).encode())
    [(_key, hop)] = (client or usual_client()).ask_all([(None, ask)])
    if isinstance(hop, FetchFault):
        raise hop
    return Answer(hop.status, here, hop.headers, hop.body)


@dataclass(slots=True)
class _Walk(Generic[Key]):
    """One Get on its way from redirect to redirect."""

    key: Key
    get: Get
    here: str
    seconds: float
    moved: str = ""
    is_unbroken: bool = True

    def ask(self) -> Ask:
        return Ask(self.here, _headers(self.get.headers), self.get.most_bytes, self.seconds)

    def is_led_on(self, hop: Hop) -> bool:
        return hop.status in _ELSEWHERE and bool(hop.headers.get("location"))

    def go_on(self, hop: Hop) -> None:
        """Raises Malformed, Refused."""
        self.here = _next(self.here, hop.headers["location"])
        self.seconds -= hop.took
        self.is_unbroken = self.is_unbroken and hop.status in _FOR_GOOD
        self.moved = self.here if self.is_unbroken else self.moved

    def answer(self, hop: Hop) -> Answer:
        return Answer(hop.status, self.here, hop.headers, hop.body, self.moved)


def _begin(
    gets: Iterable[tuple[Key, Get]], faults: list[tuple[Key, FetchFault]]
) -> Iterator[_Walk[Key]]:
    """Fills `faults` with those that are no address of the web."""
    for key, get in gets:
        try:
            yield _Walk(key, get, check_address(get.url), get.timeout)
        except FetchFault as fault:
            faults.append((key, fault))


def check_address(url: str) -> str:
    """The address without its fragment. Raises Malformed, Refused; looks no name up."""
    url = urldefrag(url.strip()).url
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError as error:
        raise Malformed(f"not an address: {url[:200]!r}") from error
    if parts.scheme not in ("http", "https"):
        raise Refused(f"only http and https are called, not {url[:200]!r}")
    if parts.username is not None or parts.password is not None:
        raise Refused("an address with a user or a password in it")
    if not host or len(url) > LONGEST_ADDRESS or any(sign <= " " for sign in url):
        raise Malformed(f"not an address: {url[:200]!r}")
    return url


def user_agent() -> str:
    return f"Envol (+{settings.BASE_URL})"


def _headers(more: Mapping[str, str]) -> dict[str, str]:
    return {
        "user-agent": user_agent(),
        **{name.lower(): value for name, value in more.items()},
    }


def _next(here: str, place: str) -> str:
    """Where a Location leads: it comes as Latin-1; many hold UTF-8, some a space."""
    with suppress(UnicodeEncodeError, UnicodeDecodeError):
        place = place.encode("latin-1").decode()
    try:
        return check_address(urljoin(here, place.strip().replace(" ", "%20")))
    except ValueError as error:
        raise Malformed(f"not an address: {place[:200]!r}") from error

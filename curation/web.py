"""The one careful way to a foreign address: http and https, public servers only (unless
settings.ALLOW_PRIVATE_ADDRESSES), every redirect looked at, bounded in bytes and in time.

The wire itself is in curation.wire; tests and benches put a web of their own in its place
(`spoken_by`).
"""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from typing import Protocol
from urllib.parse import urldefrag, urlencode, urljoin, urlsplit

from django.conf import settings

from curation.faults import Malformed, Refused, TooManyRedirects
from curation.wire import Hop, Wire

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
    """Whoever can ask one server one question: curation.wire.Wire, or a test's web."""

    def ask(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        most_bytes: int,
        deadline: float,
        content: bytes | None = None,
    ) -> Hop: ...


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


def fetch(
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    most_bytes: int,
    timeout: float = TIMEOUT,
    client: Client | None = None,
) -> Answer:
    """GET, following redirects. Raises FetchFault where there is no answer at all; an answer that
    says no (404, 500) is an Answer. `timeout` in seconds."""
    client = client or usual_client()
    deadline = time.monotonic() + timeout
    here, moved, unbroken = check_address(url), "", True
    for _hop in range(MOST_HOPS):
        hop = client.ask(
            "GET", here, headers=_headers(headers), most_bytes=most_bytes, deadline=deadline
        )
        place = hop.headers.get("location", "")
        if hop.status not in _ELSEWHERE or not place:
            return Answer(hop.status, here, hop.headers, hop.body, moved)
        here = _next(here, place)
        unbroken = unbroken and hop.status in _FOR_GOOD
        moved = here if unbroken else moved
    raise TooManyRedirects(f"more than {MOST_HOPS} redirects")


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
    hop = (client or usual_client()).ask(
        "POST",
        here,
        headers=_headers({"content-type": "application/x-www-form-urlencoded"}),
        most_bytes=most_bytes,
        deadline=time.monotonic() + timeout,
        content=urlencode(fields).encode(),
    )
    return Answer(hop.status, here, hop.headers, hop.body)


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


def _headers(more: Mapping[str, str] | None) -> dict[str, str]:
    return {
        "user-agent": user_agent(),
        "accept-encoding": "gzip, deflate",
        **{name.lower(): value for name, value in (more or {}).items()},
    }


def _next(here: str, place: str) -> str:
    """Where a Location leads: it comes as Latin-1; many hold UTF-8, some a space."""
    with suppress(UnicodeEncodeError, UnicodeDecodeError):
        place = place.encode("latin-1").decode()
    try:
        return check_address(urljoin(here, place.strip().replace(" ", "%20")))
    except ValueError as error:
        raise Malformed(f"not an address: {place[:200]!r}") from error

"""What is said over the wire: a question, its answer, and how both are written."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlsplit, urlunsplit

import idna

from curation.faults import Malformed

_WRITTEN = re.compile(r"[\w.~:/?#\[\]@!$&'()*+,;=%-]+", re.ASCII)
_KEPT = "/?:@!$&'()*+,;=%~[]"


@dataclass(frozen=True, slots=True)
class Ask:
    """`seconds` for the whole answer; `content` is posted, None is a GET."""

    url: str
    headers: Mapping[str, str]
    most_bytes: int
    seconds: float
    content: bytes | None = None

    @property
    def method(self) -> str:
        return "GET" if self.content is None else "POST"


@dataclass(frozen=True, slots=True)
class Hop:
    """One answer, whatever it says; header names in lower case. `took` in seconds."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    took: float = 0.0


def written_address(url: str) -> str:
    """As it goes over the wire, in ASCII: a name in Punycode, other signs percent-encoded. Raises
    Malformed."""
    if _WRITTEN.fullmatch(url):
        return url
    try:
        parts = urlsplit(url)
        host = parts.netloc
        if not host.isascii():
            name, colon, port = host.partition(":")
            host = f"{idna.encode(name, uts46=True).decode('ascii')}{colon}{port}"
        return urlunsplit(
            (parts.scheme, host, quote(parts.path, _KEPT), quote(parts.query, _KEPT), "")
        )
    except ValueError as error:  # an IDNAError is one
        raise Malformed(f"not an address: {url[:200]!r}") from error


def written_headers(headers: Mapping[str, str]) -> list[bytes]:
    """Raises Malformed: nothing may begin a line of its own."""
    lines = [f"{name}: {value}" for name, value in headers.items()]
    lines.append("expect:")  # a small form needs no leave to be sent
    try:
        written = [line.encode("latin-1") for line in lines]
    except UnicodeEncodeError as error:
        raise Malformed("a header that can't be written") from error
    if any(sign in line for line in written for sign in (b"\r", b"\n", b"\0")):
        raise Malformed("a header of several lines")
    return written


def as_headers(lines: Iterable[bytes]) -> dict[str, str]:
    """Of the last answer among them: an interim one (100, 103) may come before. Said twice, both
    are kept, with a comma (RFC 9110, 5.3)."""
    headers: dict[str, str] = {}
    for line in lines:
        if line.startswith(b"HTTP/"):
            headers = {}
            continue
        name, colon, value = line.decode("latin-1").partition(":")
        if colon:
            name, value = name.strip().lower(), value.strip()
            headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers

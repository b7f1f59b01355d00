"""The wire under Mastodon.py: what a stranger's server may do to us, and how long it may take.

Mastodon.py brings the requests; this session decides where they may go, never follows a redirect,
reads a bounded answer within a bounded time, and keeps the rate-limit headers for us (the library
stops at those that it can't read, even on an answer that says yes).
"""

import socket
import time
from collections.abc import Mapping
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from requests.structures import CaseInsensitiveDict
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from microblog.gateways.addresses import AddressRefused, check_peer, check_url

LARGEST_ANSWER = 8 * 1024 * 1024
PATIENCE = 3
"""A whole answer may take this many times the time that one silence on the wire may take."""

_RATE_HEADERS = ("X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset")
_INSTANCE = "/api/v2/instance"


class Redirected(requests.RequestException):
    """The server sends us elsewhere, and we don't go."""


class AnswerTooLarge(requests.RequestException):
    """More bytes, or more time, than any honest answer needs."""


class CarefulSession(requests.Session):
    """A session that calls public addresses only (unless `allow_private`), and remembers the last
    headers.
    """

    def __init__(self, *, allow_private: bool = False) -> None:
        super().__init__()
        self.allow_private = allow_private
        self.last_headers: Mapping[str, str] = {}
        self.last_words = ""
        self.wants_instance = False
        if not allow_private:
            self.mount("https://", _PublicOnly())

    def request(
        self, method: str, url: str | bytes, *args: Any, **kwargs: Any
    ) -> requests.Response:
        """As requests', without the final slash that some servers don't know."""
        return super().request(method, str(url).rstrip("/"), *args, **kwargs)

    def send(self, request: requests.PreparedRequest, **kwargs: Any) -> requests.Response:
        """Mastodon.py asks for the instance before each page of a tag, for nothing but a warning:
        that question is answered here, unless we want to know (`wants_instance`).
        """
        if (request.url or "").endswith(_INSTANCE) and not self.wants_instance:
            return _unknown()
        self.last_headers, self.last_words = {}, ""
        check_url(request.url or "", allow_private=self.allow_private)
        kwargs.update(allow_redirects=False, stream=True)
        response = super().send(request, **kwargs)
        self.last_headers = CaseInsensitiveDict(response.headers)
        for name in _RATE_HEADERS:
            response.headers.pop(name, None)
        if 300 <= response.status_code < 400:
            response.close()
            raise Redirected(f"The server answers {response.status_code}: ask elsewhere")
        _read(response, deadline=time.monotonic() + PATIENCE * _seconds(kwargs.get("timeout")))
        self.last_words = _words(response)
        return response


class _PublicConnection(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _only_public(super()._new_conn())


class _PublicTLSConnection(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _only_public(super()._new_conn())


class _PublicPool(HTTPConnectionPool):
    ConnectionCls = _PublicConnection


class _PublicTLSPool(HTTPSConnectionPool):
    ConnectionCls = _PublicTLSConnection


class _PublicOnly(HTTPAdapter):
    """Hangs up, before a byte is sent, on an address that turns out private. A configured proxy is
    trusted.
    """

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _PublicPool, "https": _PublicTLSPool}


def _only_public(connected: socket.socket) -> socket.socket:
    try:
        check_peer(connected.getpeername()[0])
    except (AddressRefused, OSError):
        connected.close()
        raise
    return connected


def _read(response: requests.Response, *, deadline: float) -> None:
    """Fills the response's content, as `requests` does without `stream`, but never more than we
    allow.
    """
    pieces, size = [], 0
    for piece in response.iter_content(64 * 1024):
        pieces.append(piece)
        size += len(piece)
        if size > LARGEST_ANSWER or time.monotonic() > deadline:
            response.close()
            raise AnswerTooLarge(f"Stopped reading after {size} bytes")
    response._content = b"".join(pieces)


def _unknown() -> requests.Response:
    response = requests.Response()
    response.status_code = 404
    response._content = b"{}"
    return response


def _words(response: requests.Response) -> str:
    """What an error says of itself, in JSON or plain text; "" for good answers and error pages."""
    if response.ok or "<" in response.text:
        return ""
    try:
        said = response.json()
    except (ValueError, RecursionError):
        said = response.text
    if isinstance(said, Mapping):
        said = said.get("error_description") or said.get("error")
    return said.strip() if isinstance(said, str) else ""


def _seconds(timeout: object) -> float:
    return float(timeout) if isinstance(timeout, int | float) else 10.0

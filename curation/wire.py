"""The wire under curation.web: whom we may call, how long it may take, how much we read.

A name is looked up once and the connection goes to the very address that was checked, so it can't
point elsewhere a moment later; the peer is looked at again before a byte is sent. One deadline
holds for the whole answer: a server that sends a byte now and then meets it too.
"""

import socket
import ssl
import threading
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import urllib3
from urllib3 import exceptions
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.util.connection import create_connection
from urllib3.util.ssl_ import create_urllib3_context

from curation.faults import (
    FetchFault,
    Garbled,
    Insecure,
    Malformed,
    Refused,
    TooLarge,
    TooSlow,
    UnknownName,
    Unreachable,
)
from microblog.gateways.addresses import is_public

CONNECT_SECONDS = 8.0
POOLS = 50
PIECE = 64 * 1024
_PLAIN = ("", "identity", "gzip", "x-gzip", "deflate")

_fetch = threading.local()
"""Of this thread's fetch: `deadline`, in monotonic seconds."""


@dataclass(frozen=True, slots=True)
class Hop:
    """One answer, whatever it says; header names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Wire:
    """Asks public servers (any, if `allow_private`). One for all threads."""

    def __init__(self, *, allow_private: bool = False) -> None:
        self._pools = urllib3.PoolManager(num_pools=POOLS, maxsize=2, ssl_context=_tls())
        if not allow_private:
            self._pools.pool_classes_by_scheme = {"http": _PublicPool, "https": _PublicTLSPool}
        else:
            self._pools.pool_classes_by_scheme = {"http": _TimedPool, "https": _TimedTLSPool}

    def ask(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        most_bytes: int,
        deadline: float,
        content: bytes | None = None,
    ) -> Hop:
        """Raises FetchFault; never follows a redirect. `deadline` in monotonic seconds."""
        _fetch.deadline = deadline
        try:
            response = self._pools.urlopen(
                method,
                url,
                body=content,
                headers=dict(headers),
                redirect=False,
                retries=False,
                preload_content=False,
                timeout=urllib3.Timeout(connect=CONNECT_SECONDS, read=_left()),
            )
            return _read(response, most_bytes)
        except (exceptions.HTTPError, OSError, ValueError, zlib.error) as error:
            raise _fault(error) from error


def _read(response: urllib3.BaseHTTPResponse, most_bytes: int) -> Hop:
    headers = {name.lower(): value for name, value in response.headers.items()}
    if headers.get("content-encoding", "").strip().lower() not in _PLAIN:
        response.close()
        raise Garbled(f"content-encoding: {headers['content-encoding'][:50]}")
    body = bytearray()
    while piece := response.read(PIECE, decode_content=True):
        body += piece
        if len(body) > most_bytes:
            response.close()
            raise TooLarge(f"more than {most_bytes} bytes")
        _left()
    response.release_conn()
    return Hop(response.status, headers, bytes(body))


def _left() -> float:
    """Seconds until this thread's deadline. Raises TooSlow."""
    left: float = _fetch.deadline - time.monotonic()
    if left <= 0:
        raise TooSlow("the answer took too long")
    return left


def _fault(error: Exception) -> FetchFault:
    """What an exception of the wire means to us; the innermost cause decides."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, FetchFault):
            return seen
        if isinstance(seen, ssl.SSLCertVerificationError):
            return Insecure(str(seen)[:300])
        seen = seen.__cause__ or seen.__context__
    detail = str(error)[:300]
    if isinstance(error, exceptions.TimeoutError | TimeoutError):
        return TooSlow(detail)
    if isinstance(error, exceptions.LocationParseError | exceptions.LocationValueError):
        return Malformed(detail)
    if isinstance(error, exceptions.DecodeError | exceptions.InvalidHeader | zlib.error):
        return Garbled(detail)
    if isinstance(error, exceptions.SSLError | ssl.SSLError):
        return Insecure(detail)
    return Malformed(detail) if type(error) is ValueError else Unreachable(detail)


class _TimedSocket(socket.socket):
    """Each read waits at most until the deadline of the thread that reads."""

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        self.settimeout(_left())
        return super().recv_into(*args, **kwargs)


class _TimedTLSSocket(ssl.SSLSocket):
    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        self.settimeout(_left())
        return super().recv_into(*args, **kwargs)


def _tls() -> ssl.SSLContext:
    context = create_urllib3_context()
    context.load_default_certs()
    context.sslsocket_class = _TimedTLSSocket
    return context


def _connect(host: str, port: int, *, only_public: bool) -> socket.socket:
    """Raises UnknownName, Refused, OSError."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UnknownName(f"{host!r} is not found") from error
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if only_public and not all(map(is_public, addresses)):
        raise Refused(f"{host!r} lies in a private network")
    last: OSError = OSError("no address")
    for address in addresses[:4]:
        try:
            plain = create_connection((address, port), min(CONNECT_SECONDS, _left()))
        except OSError as error:
            last = error
            continue
        return _timed(plain, only_public=only_public)
    raise last


def _timed(plain: socket.socket, *, only_public: bool) -> socket.socket:
    peer = str(plain.getpeername()[0])
    if only_public and not is_public(peer):
        plain.close()
        raise Refused(f"{peer} lies in a private network")
    left = plain.gettimeout()
    timed = _TimedSocket(plain.family, plain.type, plain.proto, fileno=plain.detach())
    timed.settimeout(left)
    timed.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return timed


class _PublicConnection(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _connect(self._dns_host, self.port, only_public=True)


class _PublicTLSConnection(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _connect(self._dns_host, self.port or 443, only_public=True)


class _TimedConnection(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _connect(self._dns_host, self.port, only_public=False)


class _TimedTLSConnection(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _connect(self._dns_host, self.port or 443, only_public=False)


class _PublicPool(HTTPConnectionPool):
    ConnectionCls = _PublicConnection


class _PublicTLSPool(HTTPSConnectionPool):
    ConnectionCls = _PublicTLSConnection


class _TimedPool(HTTPConnectionPool):
    ConnectionCls = _TimedConnection


class _TimedTLSPool(HTTPSConnectionPool):
    ConnectionCls = _TimedTLSConnection

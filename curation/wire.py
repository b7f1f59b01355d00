"""The wire under curation.web: whom we may call, how long it may take, how much we read.

libcurl asks many servers at once from one thread. It wants a socket from us for each address that
it is about to call, and gets none for a private one: however often a name is looked up, and
wherever it points by then, what was checked is what is called. One time holds for a whole answer:
a server that sends a byte now and then meets it too. Nothing is kept between two calls: no
connection, no cookie, no handle.
"""

import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from types import TracebackType
from typing import Generic, Self, TypeVar

import certifi
import pycurl

from curation.asks import Ask, Hop, as_headers, written_address, written_headers
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

AT_ONCE = 16  # whole answers are held: this many at most
CONNECT_SECONDS = 8.0
_ASKED_FOR = ("", "identity", "gzip", "x-gzip", "deflate")
_NO_SOCKET_SECONDS = 0.02
_LONGEST_WAIT_SECONDS = 1.0
_NOTICED_SECONDS = 0.1

_HEADERS_WITHOUT_END = 100  # CURLE_TOO_LARGE, which pycurl has no name for

Key = TypeVar("Key")
Outcome = Hop | FetchFault

_FAULTS: dict[int, type[FetchFault]] = {
    pycurl.E_URL_MALFORMAT: Malformed,
    pycurl.E_COULDNT_RESOLVE_HOST: UnknownName,
    pycurl.E_OPERATION_TIMEDOUT: TooSlow,
    pycurl.E_FILESIZE_EXCEEDED: TooLarge,
    pycurl.E_UNSUPPORTED_PROTOCOL: Garbled,  # what came isn't HTTP
    pycurl.E_FTP_WEIRD_SERVER_REPLY: Garbled,
    pycurl.E_BAD_CONTENT_ENCODING: Garbled,
    _HEADERS_WITHOUT_END: Garbled,
    pycurl.E_SSL_CONNECT_ERROR: Insecure,
    pycurl.E_SSL_CIPHER: Insecure,
    pycurl.E_PEER_FAILED_VERIFICATION: Insecure,
}


class Wire:
    """Asks public servers (any, if `allow_private`). One for all threads."""

    def __init__(self, *, allow_private: bool = False) -> None:
        self._may_call = _anybody if allow_private else is_public

    def ask_all(self, asks: Iterable[tuple[Key, Ask]]) -> Iterator[tuple[Key, Outcome]]:
        """Each key with its answer or its fault, in the order in which they come; a few at a time,
        and `asks` is read no faster. Never follows a redirect, never raises FetchFault."""
        waiting = iter(asks)
        with _Switchboard[Key](self._may_call) as board:
            while True:
                begun = list(islice(waiting, AT_ONCE - board.busy))
                for key, ask in begun:
                    try:
                        board.call(key, ask)
                    except FetchFault as fault:
                        yield key, fault
                if board.busy:
                    yield from board.hear()
                    board.excuse_all()
                elif not begun:
                    return


@dataclass(slots=True)
class _Call(Generic[Key]):
    """What one transfer has brought so far."""

    key: Key
    ask: Ask
    began: float
    lines: list[bytes]
    body: bytearray
    sockets: list[socket.socket]
    excused: float = 0.0  # seconds in which nobody listened
    is_refused: bool = False
    is_too_large: bool = False

    def take(self, piece: bytes) -> int:
        self.body += piece
        self.is_too_large = len(self.body) > self.ask.most_bytes
        return 0 if self.is_too_large else len(piece)

    def hang_up(self) -> None:
        """libcurl closes copies of its own."""
        for opened in self.sockets:
            opened.close()


class _Switchboard(Generic[Key]):
    """Transfers under way. Of one thread."""

    def __init__(self, may_call: Callable[[str], bool]) -> None:
        self._may_call = may_call
        self._multi = pycurl.CurlMulti()
        self._calls: dict[pycurl.Curl, _Call[Key]] = {}
        self._free: list[pycurl.Curl] = []
        self._heard_at = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        for curl, call in self._calls.items():
            self._multi.remove_handle(curl)
            call.hang_up()
        for curl in (*self._calls, *self._free):
            curl.close()
        self._multi.close()

    @property
    def busy(self) -> int:
        return len(self._calls)

    def call(self, key: Key, ask: Ask) -> None:
        """Raises Malformed, TooSlow."""
        address, headers = written_address(ask.url), written_headers(ask.headers)
        if ask.seconds <= 0:
            raise TooSlow("no time is left")
        call = _Call(key, ask, time.monotonic(), [], bytearray(), [])
        curl = self._free.pop() if self._free else _new_line()
        curl.setopt(pycurl.URL, address)
        curl.setopt(pycurl.HTTPHEADER, headers)
        _give_time(curl, call)
        curl.setopt(pycurl.MAXFILESIZE_LARGE, ask.most_bytes)
        curl.setopt(pycurl.HEADERFUNCTION, call.lines.append)
        curl.setopt(pycurl.WRITEFUNCTION, call.take)
        curl.setopt(pycurl.OPENSOCKETFUNCTION, self._opener(call))
        if ask.content is None:
            curl.setopt(pycurl.HTTPGET, True)
        else:
            curl.setopt(pycurl.POSTFIELDS, ask.content)
        self._calls[curl] = call
        self._multi.add_handle(curl)

    def hear(self) -> list[tuple[Key, Outcome]]:
        """Those that have ended; waits until one has."""
        while True:
            self._multi.perform()
            _left, good, bad = self._multi.info_read()
            if good or bad:
                answers = [self._end(curl, None) for curl in good]
                answers += [self._end(curl, (code, words)) for curl, code, words in bad]
                self._heard_at = time.monotonic()
                return answers
            self._wait()

    def excuse_all(self) -> None:
        """Whoever hears an answer may take long over it: that is no server's fault."""
        away = time.monotonic() - self._heard_at
        if away < _NOTICED_SECONDS:
            return
        for curl, call in self._calls.items():
            call.excused += away
            _give_time(curl, call)

    def _wait(self) -> None:
        soon = self._multi.timeout()
        seconds = _LONGEST_WAIT_SECONDS if soon < 0 else soon / 1000
        if self._multi.select(min(seconds, _LONGEST_WAIT_SECONDS)) < 0:
            time.sleep(_NO_SOCKET_SECONDS)  # names are being looked up: nothing to wait for yet

    def _end(self, curl: pycurl.Curl, error: tuple[int, str] | None) -> tuple[Key, Outcome]:
        call = self._calls.pop(curl)
        call.hang_up()
        self._multi.remove_handle(curl)
        self._free.append(curl)
        if error is not None:
            return call.key, _fault(call, *error)
        headers = as_headers(call.lines)
        if (packed := headers.get("content-encoding", "").strip().lower()) not in _ASKED_FOR:
            return call.key, Garbled(f"content-encoding: {packed[:50]}")
        status = int(curl.getinfo(pycurl.RESPONSE_CODE))
        took = time.monotonic() - call.began - call.excused
        return call.key, Hop(status, headers, bytes(call.body), took)

    def _opener(self, call: _Call[Key]) -> Callable[..., object]:
        def open_socket(_purpose: int, place: tuple[int, int, int, tuple[str, int]]) -> object:
            family, kind, protocol, address = place
            if not self._may_call(str(address[0])):
                call.is_refused = True
                return pycurl.SOCKET_BAD
            call.sockets.append(socket.socket(family, kind, protocol))
            return call.sockets[-1]

        return open_socket


def _anybody(_address: str) -> bool:
    return True


def _new_line() -> pycurl.Curl:
    curl = pycurl.Curl()
    curl.setopt(pycurl.PROTOCOLS, pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS)
    curl.setopt(
        pycurl.PROXY, ""
    )  # not the environment's: it would be called in place of whom we checked
    curl.setopt(pycurl.HTTP_VERSION, pycurl.CURL_HTTP_VERSION_1_1)
    curl.setopt(pycurl.ACCEPT_ENCODING, "gzip, deflate")
    curl.setopt(pycurl.NOSIGNAL, True)
    curl.setopt(pycurl.CAINFO, ssl.get_default_verify_paths().cafile or certifi.where())
    return curl


def _give_time(curl: pycurl.Curl, call: _Call[Key]) -> None:
    """libcurl counts from the beginning."""
    curl.setopt(pycurl.TIMEOUT_MS, max(1, int((call.ask.seconds + call.excused) * 1000)))
    curl.setopt(pycurl.CONNECTTIMEOUT_MS, int((CONNECT_SECONDS + call.excused) * 1000))


def _fault(call: _Call[Key], code: int, words: str) -> FetchFault:
    if call.is_too_large:
        return TooLarge(f"more than {call.ask.most_bytes} bytes")
    if call.is_refused and code == pycurl.E_COULDNT_CONNECT:
        return Refused("it lies in a private network")
    return _FAULTS.get(code, Unreachable)(words[:300])

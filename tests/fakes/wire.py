"""A real HTTP server on this machine, on a free port, that can be told to misbehave as real servers
do.
"""

import contextlib
import socket
import struct
import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self
from urllib.parse import parse_qs, urlsplit

from tests.fakes.forms import Form, read_form

LONGEST_HANG = 20.0
"""Seconds after which a hanging answer is given up, should the client never do so."""


@dataclass(frozen=True)
class Request:
    """What a client asked: `path` as it came (percent-encoded), header names in lower case."""

    method: str
    path: str
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def line(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def form(self) -> Form:
        return read_form(self.headers.get("content-type", ""), self.body)

    def asked(self, name: str, default: str = "") -> str:
        return self.query.get(name, [default])[0]


@dataclass(frozen=True)
class Answer:
    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": "application/json"})


Fault = Callable[["Exchange"], None]
"""Something that happens in place of a good answer."""


class Exchange(BaseHTTPRequestHandler):
    """One request and what becomes of it."""

    protocol_version = "HTTP/1.1"
    server: "_Listener"

    def answer_it(self) -> None:
        request = self._read()
        self.request_read = request
        owner = self.server.owner
        owner.requests.append(request)
        fault = owner.next_fault(request)
        if fault is not None:
            fault(self)
        else:
            self.send(self.answer_well())

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = answer_it

    def answer_well(self) -> Answer:
        """The answer that would have come, with all that follows from it (a post is said)."""
        with self.server.owner.one_at_a_time:
            return self.server.owner.answer(self.request_read)

    def send(self, answer: Answer, *, length: int | None = None) -> None:
        """Sends an answer; `length` claims more bytes than there are."""
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body) if length is None else length))
        self.end_headers()
        self.wfile.write(answer.body)
        self.wfile.flush()

    def hang_up(self, *, with_reset: bool) -> None:
        """Ends the connection; with a reset the client sees an error in mid-air."""
        if with_reset:
            no_lingering = struct.pack("ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, no_lingering)
        self.close_connection = True
        self.connection.close()

    def wait_for_the_client_to_leave(self) -> None:
        self.connection.settimeout(LONGEST_HANG)
        with contextlib.suppress(OSError):
            self.connection.recv(1)
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Silence: the tests' output is for their findings."""

    def _read(self) -> Request:
        parts = urlsplit(self.path)
        length = int(self.headers.get("Content-Length") or 0)
        return Request(
            method=self.command,
            path=parts.path,
            query=parse_qs(parts.query, keep_blank_values=True),
            headers={name.lower(): value for name, value in self.headers.items()},
            body=self.rfile.read(length) if length else b"",
        )


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    owner: "LocalServer"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that leaves in the middle is part of the tests."""


class LocalServer:
    """`with SomeServer() as server:` listens at `server.url` until the block ends.

    `requests` holds all that was asked. Faults are told by `server.misbehave(fault, on="POST
    /api/v1/statuses")`: the next matching requests meet them, in the order told.
    """

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self._faults: deque[tuple[str, Fault]] = deque()
        self.one_at_a_time = threading.Lock()
        self._listener = _Listener(("127.0.0.1", 0), Exchange)
        self._listener.owner = self
        self._thread = threading.Thread(
            target=self._listener.serve_forever, args=(0.01,), daemon=True
        )

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.shutdown()
        self._listener.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.server_address[1]}"

    def misbehave(self, *faults: Fault, on: str = "", times: int = 1) -> None:
        """`on` is the beginning of a request line ("GET /api/v1/notifications"); "" means any
        request.
        """
        self._faults.extend((on, fault) for fault in faults for _ in range(times))

    def behave(self) -> None:
        """Forgets the faults that nobody met."""
        self._faults.clear()

    def next_fault(self, request: Request) -> Fault | None:
        with self.one_at_a_time:
            for entry in self._faults:
                if request.line.startswith(entry[0]):
                    self._faults.remove(entry)
                    return entry[1]
        return None

    def asked(self, line: str) -> list[Request]:
        """The requests whose line begins so."""
        return [request for request in self.requests if request.line.startswith(line)]

    def answer(self, request: Request) -> Answer:
        raise NotImplementedError

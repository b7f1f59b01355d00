"""The wire, against a real server on this machine."""

import gzip
import socket
import threading
import time
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from curation.faults import Garbled, Insecure, Refused, TooLarge, TooSlow, UnknownName, Unreachable
from curation.web import fetch
from curation.wire import Wire

BOMB = gzip.compress(b"\0" * 20_000_000)
ANSWERS = {
    "/plain": ({}, b"hello"),
    "/gzip": ({"Content-Encoding": "gzip"}, gzip.compress(b"hello")),
    "/deflate": ({"Content-Encoding": "deflate"}, zlib.compress(b"hello")),
    "/bomb": ({"Content-Encoding": "gzip"}, BOMB),
    "/doubled": ({"Content-Encoding": "gzip, gzip"}, b"x"),
    "/unasked": ({"Content-Encoding": "br"}, b"x"),
    "/broken": ({"Content-Encoding": "gzip"}, b"not gzip"),
}


class Server(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path == "/drip":
            self._drip()
            return
        headers, body = ANSWERS[self.path]
        self.send_response(200)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _drip(self):
        """A byte now and then, in the headers already, for as long as somebody listens."""
        self.close_connection = True
        try:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
            while not self.server.is_over.wait(0.02):
                self.wfile.write(b"a")
        except OSError:
            return

    def log_message(self, *_args):
        pass


@pytest.fixture(scope="module")
def here():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    server.is_over = threading.Event()
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.is_over.set()
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def wire():
    return Wire(allow_private=True)


@pytest.mark.parametrize("path", ["/plain", "/gzip", "/deflate"])
def test_a_body_comes_unpacked(here, wire, path):
    assert fetch(here + path, most_bytes=100, client=wire).body == b"hello"


@pytest.mark.parametrize(
    ("path", "fault"),
    [("/bomb", TooLarge), ("/doubled", Garbled), ("/unasked", Garbled), ("/broken", Garbled)],
)
def test_a_hostile_body_is_not_taken_in(here, wire, path, fault):
    with pytest.raises(fault):
        fetch(here + path, most_bytes=100_000, client=wire)


def test_who_drips_meets_the_deadline(here, wire):
    began = time.monotonic()
    with pytest.raises(TooSlow):
        fetch(here + "/drip", most_bytes=100, timeout=0.2, client=wire)
    assert time.monotonic() - began >= 0.2


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1"])
def test_a_neighbour_is_never_called(here, host):
    port = here.rpartition(":")[2]
    with pytest.raises(Refused):
        fetch(f"http://{host}:{port}/plain", most_bytes=100, client=Wire())


def test_a_redirect_to_a_neighbour_is_not_followed(here, web):
    web.moves("https://a.example/", here + "/plain")
    real = Wire()

    class Mixed:
        def ask_all(self, asks):
            for key, ask in asks:
                yield from (web if "a.example" in ask.url else real).ask_all([(key, ask)])

    with pytest.raises(Refused):
        fetch("https://a.example/", most_bytes=100, client=Mixed())


def test_nobody_there(wire):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(Unreachable):
            fetch(f"http://127.0.0.1:{taken.getsockname()[1]}/", most_bytes=9, client=wire)


def test_an_unknown_name(wire):
    with pytest.raises(UnknownName):
        fetch("http://nobody.invalid/", most_bytes=9, client=wire)


def test_a_server_that_speaks_no_tls(here, wire):
    with pytest.raises(Insecure):
        fetch(here.replace("http:", "https:") + "/plain", most_bytes=9, client=wire)

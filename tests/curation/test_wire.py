"""The wire, against a real server on this machine."""

import gzip
import socket
import ssl
import threading
import time
import zlib
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import IPv4Address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from curation.faults import (
    Garbled,
    Insecure,
    Malformed,
    Refused,
    TooLarge,
    TooManyRedirects,
    TooSlow,
    UnknownName,
    Unreachable,
)
from curation.web import Get, fetch, fetch_all, send
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
    "/%C3%A9t%C3%A9?q=%C3%A0": ({}, b"hello"),
    "/twice": ({"Link": "<a>", "link": "<b>"}, b"hello"),
}
MOVED = {"/moved": "/moved-again", "/moved-again": "/plain", "/round": "/round"}


class Server(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path == "/drip":
            self._drip()
            return
        if self.path == "/late":
            self.server.is_released.wait(10)
            self._answer(200, {}, b"at last")
            return
        if self.path in MOVED:
            self._answer(301, {"Location": MOVED[self.path]}, b"")
            return
        self._answer(200, *ANSWERS[self.path])

    def do_POST(self):
        self._answer(200, {}, self.rfile.read(int(self.headers["Content-Length"])))

    def _answer(self, status, headers, body):
        self.send_response(status)
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
            self.server.is_left.set()

    def log_message(self, *_args):
        pass


class Here(ThreadingHTTPServer):
    request_queue_size = 64

    def handle_error(self, _request, _address):
        """Clients hang up here, and speak TLS where there is none."""


@contextmanager
def serving(*, tls=None):
    server = Here(("127.0.0.1", 0), Server)
    server.is_over, server.is_left = threading.Event(), threading.Event()
    server.is_released = threading.Event()
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    yield server
    server.is_over.set()
    server.shutdown()
    server.server_close()


def self_signed(folder):
    """A server's TLS, valid in everything but who vouches for it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    place = x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))])
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now).not_valid_after(now + timedelta(days=1))
    certificate = builder.add_extension(place, critical=False).sign(key, hashes.SHA256())
    written = folder / "server.pem"
    written.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        + certificate.public_bytes(Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(written)
    return context


@pytest.fixture(scope="module")
def here():
    with serving() as server:
        yield f"http://127.0.0.1:{server.server_port}"


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


def test_many_are_asked_at_once_and_each_has_its_own_answer(here, wire):
    paths = {
        "/plain": b"hello",
        "/moved": b"hello",
        "/bomb": TooLarge,
        "/drip": TooSlow,
        "/round": TooManyRedirects,
        "ftp": Refused,
    }
    gets = [
        ((number, path), Get(here + path if path[0] == "/" else "ftp://a.example/", timeout=0.3))
        for number in range(10)
        for path in paths
    ]
    heard = dict(fetch_all(gets, client=wire))
    assert len(heard) == len(gets)
    for (_number, path), answer in heard.items():
        if isinstance(paths[path], bytes):
            assert (answer.body, answer.url) == (b"hello", here + "/plain")
        else:
            assert isinstance(answer, paths[path]), path
    assert heard[0, "/moved"].moved_for_good == here + "/plain"


def test_who_stops_listening_hangs_up(wire):
    with serving() as server:
        here = f"http://127.0.0.1:{server.server_port}"
        gets = [("quick", Get(here + "/plain")), ("endless", Get(here + "/drip"))]
        answers = fetch_all(gets, client=wire)
        assert next(answers)[0] == "quick"
        assert not server.is_left.is_set()
        answers.close()
        assert server.is_left.wait(10)


def test_a_server_does_not_pay_for_a_listener_who_takes_long(wire):
    with serving() as server:
        here = f"http://127.0.0.1:{server.server_port}"
        gets = [(path, Get(here + path, timeout=0.3)) for path in ("/plain", "/late")]
        answers = fetch_all(gets, client=wire)
        assert next(answers)[0] == "/plain"
        server.is_left.wait(0.5)  # longer than the other may take
        server.is_released.set()
        assert next(answers)[1].body == b"at last"


def test_a_proxy_of_the_environment_is_not_asked(here, monkeypatch):
    """It would be called in place of whom we looked at."""
    monkeypatch.setenv("http_proxy", here)
    monkeypatch.setenv("all_proxy", here)
    with pytest.raises(UnknownName):
        fetch("http://nobody.invalid/plain", most_bytes=100, client=Wire())


def test_a_form_is_posted(here, wire):
    assert send(here + "/form", {"hub.mode": "é&b"}, client=wire).body == b"hub.mode=%C3%A9%26b"


def test_what_an_address_holds_arrives_written_out(here, wire):
    assert fetch(here + "/été?q=à", most_bytes=100, client=wire).body == b"hello"


def test_a_header_said_twice_is_heard_twice(here, wire):
    answer = fetch(here + "/twice", most_bytes=100, client=wire)
    assert answer.headers["link"] == "<a>, <b>"


@pytest.mark.parametrize("tag", ['"1"\r\nHost: b.example', '"1"\nX: y', "\0", "“1”"])
def test_a_header_begins_no_line_of_its_own(here, wire, tag):
    with pytest.raises(Malformed):
        fetch(here + "/plain", headers={"if-none-match": tag}, most_bytes=100, client=wire)


def test_a_certificate_that_nobody_signed(wire, tmp_path):
    with serving(tls=self_signed(tmp_path)) as server, pytest.raises(Insecure):
        fetch(f"https://127.0.0.1:{server.server_port}/plain", most_bytes=9, client=wire)


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

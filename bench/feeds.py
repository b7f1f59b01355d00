"""How many feeds a second are read: all of them changed, and none of them, beside what the parser
alone manages; and whether memory stays flat."""

import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from http.client import HTTPConnection

import feedparser
from wagtail.models import Site

from bench.crowd import NOON
from bench.feed_reader import read_due
from bench.feed_server import HOSTS, feed
from bench.measuring import Effort, Row, per_second, seconds
from bench.servers import ROOT, free_port, running, wait_for
from curation.models import Source
from curation.models.sources import host_of
from curation.web import fetch
from curation.wire import Wire
from microblog.doorbells import silence

PLAIN = "feedparser alone, one process"
BARE = "http.client alone, one process"


def measure(effort: Effort) -> list[Row]:
    feeds = effort.choose(1_000, 200)
    port = free_port()
    bodies = [feed(1, f"http://{host}:{port}/0/") for host in HOSTS[:10]]
    alone = per_second(lambda: [_parse(body) for body in bodies], things=len(bodies), rounds=3)
    with running([sys.executable, "-m", "bench.feed_server", str(port)]), silence():
        wait_for(port)
        reader = Reader(port, feeds)
        first = reader.speed(edition=0)
        before = _peak()
        changed = reader.speed(edition=1)
        same = reader.speed(edition=1)
        asked = per_second(lambda: _ask_plainly(port), things=100, rounds=3)
        with a_second_reader() as second:
            together = reader.speed(edition=2, second=second)
            both_same = reader.speed(edition=2, second=second)
    name = f"{feeds:,} feeds"
    return [
        Row(f"{name}, all entries new", first, "feeds/s", PLAIN, alone),
        Row(f"{name}, all changed", changed, "feeds/s", PLAIN, alone),
        Row(f"{name}, all changed, both processes of a worker", together, "feeds/s", PLAIN, alone),
        Row(f"{name}, none changed", same, "feeds/s", PLAIN, alone),
        Row(
            f"{name}, none changed, both processes of a worker", both_same, "feeds/s", PLAIN, alone
        ),
        Row(f"{name}, none changed", same, "feeds/s", BARE, asked),
        Row(f"{name}, none changed, both processes of a worker", both_same, "feeds/s", BARE, asked),
        Row(f"{name}: peak memory", _peak(), "MB", "after the first reading", before),
    ]


def _ask_plainly(port: int) -> None:
    """What the machine gives a client that does nothing but ask: a connection for each feed."""
    for host in HOSTS:
        line = HTTPConnection(host, port)
        line.request("GET", "/0", headers={"If-None-Match": '"1"'})
        line.getresponse().read()
        line.close()


def _parse(body: bytes) -> object:
    return feedparser.parse(body, sanitize_html=False, resolve_relative_uris=False)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class SecondReader:
    """Another process of the worker: the claims of rows keep the two apart."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.hears()

    def hears(self) -> None:
        self._process.stdout.readline()

    def is_told(self, now: datetime) -> None:
        self._process.stdin.write(f"{now.isoformat()}\n")
        self._process.stdin.flush()


@contextmanager
def a_second_reader() -> Iterator[SecondReader]:
    command = [sys.executable, "-m", "bench.feed_reader"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as process:  # noqa: S603
        yield SecondReader(process)
        process.terminate()


class Reader:
    """Reads all the feeds of the server over and over; days pass in between."""

    def __init__(self, port: int, feeds: int) -> None:
        self._port, self._feeds, self._now = port, feeds, NOON
        self._wire = Wire(allow_private=True)
        Source.objects.all().delete()
        site = Site.objects.get(is_default_site=True)
        addresses = [
            f"http://{HOSTS[number % len(HOSTS)]}:{port}/{number}" for number in range(feeds)
        ]
        Source.objects.bulk_create(
            Source(site=site, feed_url=url, host=host_of(url), created_at=NOON, next_fetch_at=NOON)
            for url in addresses
        )

    def speed(self, *, edition: int, second: SecondReader | None = None) -> float:
        """Feeds a second."""
        begin = f"http://{HOSTS[0]}:{self._port}/edition/{edition}"
        fetch(begin, most_bytes=100, client=self._wire)
        self._now += timedelta(days=1)
        Source.objects.update(next_fetch_at=self._now)
        return self._feeds / seconds(lambda: self._read_all(second))

    def _read_all(self, second: SecondReader | None) -> None:
        if second is not None:
            second.is_told(self._now)
        read_due(self._now, self._wire)
        if second is not None:
            second.hears()

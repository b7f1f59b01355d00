"""The live room with five hundred viewers: their pages ask every second and a half while posts
arrive.

The viewers share the machine with the server, and so does whoever writes. The bare view, asked by
as many in the same run, says how much of it is the server's own weight.
"""

import http.client
import statistics
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from http import HTTPStatus

from django.db import connection as database
from django.utils import timezone

from bench.crowd import a_connection, somebody
from bench.load import requests_per_second
from bench.measuring import Effort, Row
from bench.servers import web
from community.models import LiveEvent, Participant
from community.people import participants_of
from microblog.gateways.base import HeardPost, Visibility
from microblog.models import Account, Connection, Sighting
from microblog.recording import record_posts

VIEWERS = 500
EVERY = 1.5  # seconds between two questions of one viewer, as in the page
SPEAKERS = 20
HANDS = 16  # threads that ask for the viewers: each answers for many
WARM_UP = 10  # requests of each of a few, in which both processes read their templates
PACE = 2.0  # posts a second
LONGEST = 10  # seconds for one answer
SHOWN_WITHIN = 2.0  # seconds from a post's arrival to its place on everybody's page
SLUG = "bench"


@dataclass(slots=True)
class Seen:
    """What the viewers of one thread saw."""

    waits: list[float] = field(default_factory=list)
    delays: list[float] = field(default_factory=list)
    missed: int = 0


@dataclass(slots=True)
class Viewer:
    """One open page."""

    due: float
    token: str
    known: set[str] = field(default_factory=set)


def measure(effort: Effort) -> list[Row]:
    lasting = effort.choose(20, 4)
    viewers = effort.choose(VIEWERS, 100)
    event = _set_up()
    path = f"/fr/live/{event.slug}/room/posts/"
    with web(DJANGO_SETTINGS_MODULE="bench.bare_settings") as port:
        bare = _watch(port, "/", viewers, lasting, {})
    with web() as port:
        requests_per_second(port, path, headers={}, lasting=0, fewest=WARM_UP)
        arrivals: dict[str, float] = {}
        with _speaking(arrivals, lasting):
            seen = _watch(port, path, viewers, lasting, arrivals)
    name = f"live room, {viewers} viewers"
    wanted = viewers / EVERY
    waits, others = _sorted(seen, "waits"), _sorted(bare, "waits")
    delays = _sorted(seen, "delays")
    return [
        Row(f"{name}: answers", len(waits) / lasting, "answers/s", "asked for", wanted),
        Row("a bare view: answers", len(others) / lasting, "answers/s", "asked for", wanted),
        Row(f"{name}: p50", _at(waits, 0.5), "ms", "a bare view", _at(others, 0.5)),
        Row(f"{name}: p95", _at(waits, 0.95), "ms", "a bare view", _at(others, 0.95)),
        Row(f"{name}: arrival to page, p50", _at(delays, 0.5), "ms", "limit", _limit(), True),
        Row(f"{name}: arrival to page, p95", _at(delays, 0.95), "ms", "limit", _limit(), True),
        Row(f"{name}: wrong answers", sum(one.missed for one in seen), "answers", "limit", 0, True),
    ]


def _limit() -> float:
    return SHOWN_WITHIN * 1000


def _sorted(seen: Sequence[Seen], what: str) -> list[float]:
    return sorted(value for one in seen for value in getattr(one, what))


def _at(values: Sequence[float], share: float) -> float:
    """Milliseconds."""
    if len(values) < 2:
        return 1000 * values[0] if values else float("inf")
    return 1000 * statistics.quantiles(values, n=100, method="inclusive")[int(share * 100) - 1]


def _set_up() -> LiveEvent:
    """An event that has been on for half an hour, with what was said so far."""
    now = timezone.now()
    event = LiveEvent.objects.create(
        title="Bench",
        slug=SLUG,
        hashtag="NuitBench",
        starts_at=now - timedelta(minutes=30),
        ends_at=now + timedelta(hours=1),
    )
    social = a_connection()
    posts = [_post(number, now - timedelta(seconds=5 * number)) for number in range(1, 200)]
    record_posts(social, posts, via=Sighting.Via.HASHTAG, now=now)
    accounts = Account.objects.filter(uri__in={post.author.uri for post in posts})
    people = {person.pk for person in participants_of(accounts).values()}
    Participant.objects.filter(pk__in=people).update(consent="show")
    return event


def _post(number: int, said_at, parent: str = "") -> HeardPost:
    author = somebody(number % SPEAKERS + 1)
    text = f"Ce que j’entends, numéro {number} #NuitBench"
    return HeardPost(
        uri=f"{author.uri}/statuses/room-{number}",
        remote_id=f"room-{number}",
        author=author,
        created_at=said_at,
        text=text,
        html=f"<p>{text}</p>",
        url=f"{author.url}/room-{number}",
        language="fr",
        visibility=Visibility.PUBLIC,
        hashtags=("nuitbench",),
        parent_uri=parent,
    )


@contextmanager
def _speaking(arrivals: dict[str, float], lasting: float) -> Iterator[None]:
    """Posts arrive at PACE; `arrivals`: words that tell a post, and when it was written down."""
    voice = threading.Thread(target=_speak, args=(arrivals, lasting))
    voice.start()
    yield
    voice.join()


def _speak(arrivals: dict[str, float], lasting: float) -> None:
    social = Connection.objects.get(name="social")
    until, number = time.perf_counter() + lasting - SHOWN_WITHIN - 0.5, 1000
    try:
        while time.perf_counter() < until:
            number += 1
            now = timezone.now()
            post = _post(number, now)
            record_posts(social, [post], via=Sighting.Via.HASHTAG, now=now)
            arrivals[f"numéro {number} "] = time.perf_counter()
            time.sleep(1 / PACE)
    finally:
        database.close()


def _watch(
    port: int, path: str, viewers: int, lasting: float, arrivals: dict[str, float]
) -> list[Seen]:
    """Each thread asks for its share of the viewers, each viewer in their own rhythm."""
    token = _token_of(port, path)
    started = time.perf_counter()
    pages = [Viewer(started + EVERY * number / viewers, token) for number in range(viewers)]
    seen = [Seen() for _hand in range(HANDS)]
    threads = [
        threading.Thread(
            target=_ask_for,
            args=(port, path, pages[hand::HANDS], started + lasting, arrivals, seen[hand]),
        )
        for hand in range(HANDS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seen


def _token_of(port: int, path: str) -> str:
    """What a page shows that was opened just before; "" for a page that shows nothing."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LONGEST)
    connection.request("GET", path)
    body = connection.getresponse().read().decode()
    connection.close()
    return body.partition("since=")[2].partition('"')[0]


def _ask_for(
    port: int,
    path: str,
    pages: list[Viewer],
    until: float,
    arrivals: dict[str, float],
    seen: Seen,
) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LONGEST)
    while pages:
        page = min(pages, key=lambda one: one.due)
        if page.due >= until:
            break
        time.sleep(max(page.due - time.perf_counter(), 0))
        _ask(connection, path, page, arrivals, seen)
        page.due = max(page.due + EVERY, time.perf_counter())
    connection.close()


def _ask(
    connection: http.client.HTTPConnection,
    path: str,
    page: Viewer,
    arrivals: dict[str, float],
    seen: Seen,
) -> None:
    """From when the viewer should have asked until the answer is there."""
    connection.request("GET", f"{path}?since={page.token}")
    response = connection.getresponse()
    body = response.read().decode()
    now = time.perf_counter()
    seen.waits.append(now - page.due)
    if response.status not in {HTTPStatus.OK, HTTPStatus.NO_CONTENT}:
        seen.missed += 1
    page.token = body.partition("since=")[2].partition('"')[0] or page.token
    for words, arrived in list(arrivals.items()):
        if words in body and words not in page.known:
            page.known.add(words)
            seen.delays.append(now - arrived)

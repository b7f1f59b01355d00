"""How many pages a second two web processes serve, and how much each page asks of the database:
made anew each time, and kept from the visitor before.

The visitors share the machine with the server. Beside ours stands what wagtail/bakerydemo served
on such a machine on 2026-11-20 (SQLite, two processes): what counts is each one's ratio to its own
bare view.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils.translation import override

from bench.load import WrongAnswer, requests_per_second
from bench.measuring import Effort, Row
from bench.servers import web
from challenges.models import PhotoRiddlePage
from cms.models import HomePage, TutorialPage
from community.models import User
from curation.models import Pick

MOST_QUERIES = 10
MOST_SIGNED_IN = 40
LOADING = 2.0  # seconds of visits after a server began
WARM_UP = 3  # requests of each visitor, in which both processes read their templates
FEWEST = 5
LANGUAGE = "fr"
NEVER, LONG = "0", "600"  # seconds that visitors share a page

BAKERY = "bakerydemo"
BAKERY_BARE = 3_500.0
BAKERY_PAGES = (("home", 34.0, 43), ("blog", 80.0, 22), ("search", 44.0, 39))
BAKERY_KEPT = 3_300.0


@dataclass(frozen=True, slots=True)
class Visit:
    """`is_kept`: visitors share it."""

    name: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    is_kept: bool = False

    @property
    def most_queries(self) -> int:
        return MOST_SIGNED_IN if self.headers else MOST_QUERIES


def measure(effort: Effort) -> list[Row]:
    lasting = 2.5 if not effort.quick else 0.5
    visits = list(_visits())
    kept = [visit for visit in visits if visit.is_kept]
    return [
        *_asked(visits, NEVER, "made anew"),
        *_asked(kept, LONG, "kept"),
        *_speeds(visits, NEVER, "made anew", lasting),
        *_speeds(kept, LONG, "kept", lasting),
        *_beside(),
    ]


def _speeds(visits: Sequence[Visit], seconds: str, how: str, lasting: float) -> Iterator[Row]:
    """Each beside the bare view a moment before: what else the machine does, it does to both."""
    bare = Visit("bare", "/")
    with (
        web(DJANGO_SETTINGS_MODULE="bench.bare_settings") as bare_port,
        web(PAGE_CACHE_SECONDS=seconds) as port,
    ):
        _speed(port, visits[0], LOADING)  # both processes read what they read once
        for visit in visits:
            reference = _speed(bare_port, bare, lasting)
            speed = _speed(port, visit, lasting)
            yield Row(f"{visit.name}, {how}", speed, "requests/s", "a bare view", reference)


def _beside() -> Iterator[Row]:
    """Measured once, elsewhere: to be read, not to be measured again."""
    for name, speed, queries in BAKERY_PAGES:
        yield Row(f"{BAKERY}: {name}, made anew", speed, "requests/s", "its bare view", BAKERY_BARE)
        yield Row(f"{BAKERY}: {name}, made anew", queries, "queries", "our limit", MOST_QUERIES)
    yield Row(
        f"{BAKERY}: any page, Django's cache per site",
        BAKERY_KEPT,
        "requests/s",
        "its bare view",
        BAKERY_BARE,
    )


def _visits() -> Iterator[Visit]:
    home, riddle, tutorial = (
        kind.objects.live().filter(locale__language_code=LANGUAGE)[0]
        for kind in (HomePage, PhotoRiddlePage, TutorialPage)
    )
    item = Pick.objects.filter(shown_at__isnull=False)[0].item_id
    nia, tomas = ({"Cookie": _signed_in(handle)} for handle in ("nia", "tomas"))
    timeline, reading = f"/{LANGUAGE}/timeline/", f"/{LANGUAGE}/curation/"
    yield Visit("page: home", home.get_url(), is_kept=True)
    yield Visit("page: challenge", riddle.get_url(), is_kept=True)
    yield Visit("page: challenge, signed in", riddle.get_url(), nia)
    yield Visit("page: tutorial", tutorial.get_url(), is_kept=True)
    yield Visit("page: worth reading", reading, is_kept=True)
    yield Visit("page: one thing to read", f"{reading}{item}/", is_kept=True)
    yield Visit("page: live events", f"/{LANGUAGE}/live/", is_kept=True)
    yield Visit("page: search", f"/{LANGUAGE}/search/?q=photo")
    yield Visit("page: timeline", timeline)
    yield Visit("page: timeline, signed in", timeline, nia)
    yield Visit("page: own timeline, signed in", f"{timeline}home/", nia)
    yield Visit("page: who needs me, a tutor", f"/{LANGUAGE}/tutoring/", tomas)


def _signed_in(handle: str) -> str:
    client = Client()
    client.force_login(
        User.objects.get(username=handle), "django.contrib.auth.backends.ModelBackend"
    )
    return "; ".join(f"{name}={cookie.value}" for name, cookie in client.cookies.items())


def _asked(visits: Iterable[Visit], seconds: str, how: str) -> Iterator[Row]:
    for visit in visits:
        most = 0 if seconds != NEVER else visit.most_queries
        with override_settings(PAGE_CACHE_SECONDS=int(seconds)):
            asked = _queries(visit)
        yield Row(f"{visit.name}, {how}", asked, "queries", "limit", most, True)


def _queries(visit: Visit) -> int:
    """Of a page that was shown before: pictures are cut and names are found at the first look."""
    client = Client(headers=dict(visit.headers), SERVER_NAME="127.0.0.1")
    client.get(visit.path)
    with override(LANGUAGE), CaptureQueriesContext(connection) as queries:
        response = client.get(visit.path)
    if response.status_code != 200:
        raise WrongAnswer(f"{visit.path}: {response.status_code}")
    return len(queries)


def _speed(port: int, visit: Visit, lasting: float) -> float:
    ask = partial(requests_per_second, port, visit.path, headers=visit.headers)
    ask(lasting=0, fewest=WARM_UP)
    return ask(lasting=lasting, fewest=FEWEST)

"""How many pages a second two web processes serve, and how much each page asks of the database.

The visitors share the machine with the server: with few cores the bare view is held back by them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from bench.load import WrongAnswer, requests_per_second
from bench.measuring import Effort, Row
from bench.servers import web
from challenges.models import PhotoRiddlePage
from cms.models import HomePage
from community.models import User

MOST_QUERIES = 40
WARM_UP = 3  # requests of each visitor, in which both processes read their templates
FEWEST = 5
LANGUAGE = "fr"


@dataclass(frozen=True, slots=True)
class Visit:
    name: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)


def measure(effort: Effort) -> list[Row]:
    lasting = 2.5 if not effort.quick else 0.5
    visits = list(_visits())
    rows = [
        Row(f"{visit.name}: queries", _queries(visit), "queries", "limit", MOST_QUERIES, True)
        for visit in visits
    ]
    with web(DJANGO_SETTINGS_MODULE="bench.bare_settings") as port:
        bare = _speed(port, Visit("bare", "/"), lasting)
    with web() as port:
        speeds = [
            Row(visit.name, _speed(port, visit, lasting), "requests/s", "a bare view", bare)
            for visit in visits
        ]
    return [row for pair in zip(speeds, rows, strict=True) for row in pair]


def _visits() -> list[Visit]:
    home = HomePage.objects.live().filter(locale__language_code=LANGUAGE)[0]
    riddle = PhotoRiddlePage.objects.live().filter(locale__language_code=LANGUAGE)[0]
    nia, tomas = ({"Cookie": _signed_in(handle)} for handle in ("nia", "tomas"))
    timeline = f"/{LANGUAGE}/timeline/"
    return [
        Visit("page: home", home.get_url()),
        Visit("page: challenge", riddle.get_url()),
        Visit("page: challenge, signed in", riddle.get_url(), nia),
        Visit("page: timeline", timeline),
        Visit("page: timeline, signed in", timeline, nia),
        Visit("page: own timeline, signed in", f"{timeline}home/", nia),
        Visit("page: who needs me, a tutor", f"/{LANGUAGE}/tutoring/", tomas),
    ]


def _signed_in(handle: str) -> str:
    client = Client()
    client.force_login(
        User.objects.get(username=handle), "django.contrib.auth.backends.ModelBackend"
    )
    return "; ".join(f"{name}={cookie.value}" for name, cookie in client.cookies.items())


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

"""A server in front gives up what it holds when something changes or is taken away, far from the
page that was changed too; and nobody waits for it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from cms.models import FrontCopy
from cms.serving.front import FIRST_WAIT, backlog, purge
from cms.serving.middleware import KeptPages
from cms.serving.shelf import forget_pages
from community.consent import change_consent
from community.models import Consent, User
from curation.deciding import drop_items
from curation.models import Item
from microblog.forgetting import forget_posts
from microblog.models import Post
from tests.builders import NOON
from tests.cms.conftest import House, a_conversation
from tests.curation.passing.building import an_item, shelve_all

pytestmark = pytest.mark.django_db


@dataclass
class Front:
    """What it was told to give up; `answers` with this status."""

    url: str = ""
    gone: list[str] = field(default_factory=list)
    answers: int = 200


@pytest.fixture
def front(settings) -> Iterator[Front]:
    heard = Front()

    class Handler(BaseHTTPRequestHandler):
        def do_PURGE(self) -> None:
            heard.gone.append(f"{self.headers['Host']}{self.path}")
            self.send_response(heard.answers)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    heard.url = f"http://127.0.0.1:{server.server_port}"
    settings.PAGE_CACHE_SECONDS = 60
    settings.FRONT_CACHE = in_front_at(heard.url)
    yield heard
    server.shutdown()
    server.server_close()


def in_front_at(url: str) -> dict[str, dict[str, str]]:
    return {"proxy": {"BACKEND": "cms.serving.front.PatientProxy", "LOCATION": url}}


@dataclass
class Scene:
    """`read`: what somebody read just now, near and far from each other."""

    house: House
    item: Item
    people: list[User]
    read: set[str]


@pytest.fixture
def scene(front, house, english, nia, tomas, olga) -> Scene:
    item = an_item("Herons at dawn")
    shelve_all()
    a_conversation(house.riddle, nia, tomas)
    own = (house.home, house.charter, english.home, english.charter)
    paths = [page.get_url() for page in own]
    paths += ["/fr/curation/", "/en/live/", "/fr/curation/feed.rss?language=fr"]
    for path in paths:
        assert "public" in Client().get(path)["Cache-Control"]
    return Scene(house, item, [nia, olga], {f"testserver{path}" for path in paths})


def publish(scene: Scene) -> None:
    scene.house.charter.title = "A new charter"
    scene.house.charter.save_revision().publish()


def withdraw(scene: Scene) -> None:
    change_consent(scene.people[0].participant, Consent.COUNT, now=NOON)


def drop(scene: Scene) -> None:
    drop_items([scene.item], by=scene.people[1], now=NOON, shown=True)


def delete_a_post(_scene: Scene) -> None:
    forget_posts(Post.objects.all(), now=NOON)


@pytest.mark.parametrize("change", [publish, withdraw, drop, delete_a_post])
def test_whatever_changes_is_given_up_near_and_far(
    front, scene, change, django_capture_on_commit_callbacks
):
    assert purge(timezone.now()) == 0, "nothing changed yet"
    with django_capture_on_commit_callbacks(execute=True):
        change(scene)
        assert front.gone == [], "who saves waits for nobody"
    assert purge(timezone.now()) == len(scene.read)
    assert set(front.gone) == scene.read
    assert len(front.gone) == len(scene.read)
    assert backlog(timezone.now()).count == 0


def test_what_is_read_again_is_held_again(front, scene, django_capture_on_commit_callbacks):
    url = scene.house.charter.get_url()
    for _time in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            publish(scene)
        purge(timezone.now())
        Client().get(url)
    assert front.gone.count(f"testserver{url}") == 2


def test_what_changes_while_a_page_is_made_is_taken_back_once_it_has_arrived(
    front, rf, django_capture_on_commit_callbacks
):
    def make(_request):
        with django_capture_on_commit_callbacks(execute=True):
            forget_pages()
        return HttpResponse("old", headers={"Cache-Control": "public, max-age=300"})

    KeptPages(make)(rf.get("/fr/curation/feed.rss"))
    assert purge(timezone.now()) == 0
    assert purge(timezone.now() + FIRST_WAIT) == 1
    assert front.gone == ["testserver/fr/curation/feed.rss"]


def test_what_is_nobodys_to_keep_is_not_written_down(front, house, nia, client):
    client.get("/fr/digest/")
    client.get("/fr/nowhere/")
    client.get("/worker.js")
    client.force_login(nia)
    client.get(house.home.get_url())
    assert not FrontCopy.objects.exists()


def test_a_server_that_is_away_is_told_again_until_it_holds_nothing(front, settings):
    settings.FRONT_CACHE = in_front_at("http://127.0.0.1:9")
    for number in range(3):
        until = NOON + timedelta(seconds=60 + number)
        FrontCopy.objects.create(address=f"https://x.example/{number}", until=until, purge_at=NOON)
    assert purge(NOON) == 0
    assert backlog(NOON).count == 3
    settings.FRONT_CACHE = in_front_at(front.url)
    assert purge(NOON) == 0, "not at once"
    front.answers = 500
    assert purge(NOON + FIRST_WAIT) == 0
    front.answers = 404  # it held nothing of that
    assert purge(NOON + 3 * FIRST_WAIT) == 3
    settings.FRONT_CACHE = in_front_at("http://127.0.0.1:9")
    FrontCopy.objects.create(address="https://x.example/", until=NOON, purge_at=NOON)
    assert purge(NOON) == 0
    assert not FrontCopy.objects.exists(), "what is over is nobody's any more"


def test_many_copies_cost_as_many_queries_as_few(front, count_queries):
    def cost(number: int) -> int:
        until = NOON + timedelta(minutes=1)
        FrontCopy.objects.bulk_create(
            FrontCopy(address=f"https://x.example/{one}", until=until, purge_at=NOON)
            for one in range(number)
        )
        return count_queries(lambda: purge(NOON))

    assert cost(2) == cost(20)
    assert len(front.gone) == 22


def test_without_a_server_in_front_nothing_is_written_down(client, house, settings):
    settings.PAGE_CACHE_SECONDS = 60
    client.get(house.charter.get_url())
    assert not FrontCopy.objects.exists()

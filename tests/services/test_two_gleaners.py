"""Two processes read the same links at once, look at their pages and unite them: each page is one
item, each text stands once, and everybody who brought it is counted once. Runs on the database at
hand."""

import random
import threading
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.db import connection, transaction
from wagtail.models import Site

from curation.links.uniting import unite_items
from curation.models import Find, Item, ItemAddress
from curation.recording import Found, record_found
from microblog.models import Post
from tests.challenges.building import a_site
from tests.community.figures.building import a_person, say
from tests.journeys import loop
from tests.services.servers import PATIENCE, wait_until
from tests.services.test_two_workers import work_together

pytestmark = pytest.mark.django_db(transaction=True)
TEXTS, PEOPLE, EACH = 6, 12, 4
"""Each text stands at two addresses, the second of which also answers under a third."""


class Pages(BaseHTTPRequestHandler):
    asked: Counter[str] = Counter()

    def do_GET(self) -> None:
        Pages.asked[self.path] += 1
        number = int(self.path.strip("/").split("-")[-1])
        if self.path.startswith("/moved-"):
            self.send_response(301)
            self.send_header("Location", f"/copy-{number}")
            self.end_headers()
            return
        words = " ".join(f"Le héron {number} regarde la mare {n} sans bouger." for n in range(60))
        body = f"<html lang=fr><title>Le héron de l’étang numéro {number}</title><p>{words}"
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *args: object) -> None:
        """Silent."""


@pytest.fixture
def web() -> Iterator[str]:
    Pages.asked = Counter()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_two_workers_leave_one_item_of_each_text(web, now):
    a_site()
    chance = random.Random(7)  # noqa: S311 - always alike
    people = [a_person(f"p{number}") for number in range(PEOPLE)]
    brought: dict[int, set[int]] = {number: set() for number in range(TEXTS)}
    for place, person in enumerate(people * EACH):
        numbers = chance.sample(range(TEXTS), 3)
        kinds = (chance.choice(["page", "copy", "moved"]) for _number in numbers)
        links = [f"{web}/{kind}-{number}" for kind, number in zip(kinds, numbers, strict=True)]
        say(person, hashtags=["envol"], links=links, text=" ".join(links), minutes=place)
        for number in numbers:
            brought[number].add(person.pk)
    Post.objects.update(answered_fingerprint="", gleaned_fingerprint="")

    work_together(now)
    loop.drain(now)

    standing = Item.objects.standing()
    assert standing.count() == TEXTS
    assert {item.title for item in standing} == {
        f"Le héron de l’étang numéro {number}" for number in range(TEXTS)
    }
    assert sorted(standing.values_list("finders", flat=True)) == sorted(map(len, brought.values()))
    assert not Find.objects.exclude(item__in=standing).exists(), "nothing hangs on what was united"
    assert not ItemAddress.objects.exclude(item__in=standing).exists()
    assert not Post.objects.ungleaned().exists()
    looked = [count for path, count in Pages.asked.items() if path.startswith("/page-")]
    assert max(looked) == 1, "one page is looked at once"


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time")
def test_what_is_brought_while_its_item_is_united_goes_where_that_went(now):
    a_site()
    site = Site.objects.get(is_default_site=True)
    urls = [f"https://pond.example/{name}" for name in ("heron", "egret")]
    one, other = record_found([Found(url, now) for url in urls], site_id=site.pk, now=now)
    post = say(a_person("ana"), links=urls[1:])

    def bring() -> None:
        record_found([Found(urls[1], now, post_id=post.pk)], site_id=site.pk, now=now)
        connection.close()

    worker = threading.Thread(target=bring)
    with transaction.atomic():
        assert unite_items(one.pk, other.pk, now=now) == one
        worker.start()
        wait_until(_somebody_waits, what="the other one waits for the item")
    worker.join(PATIENCE)
    assert Find.objects.get(post=post).item == one
    one.refresh_from_db()
    assert one.finders == 1

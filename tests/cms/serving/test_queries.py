"""What each public page asks of the database: little when nobody read it for a while, nothing when
somebody just did, and no more for a house that is full."""

import pytest
from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.serving.kin import make_kin
from tests.cms.serving.world import World, begin, grow

MOST = 10
NAMES = (
    *("home", "home in English", "challenges", "riddle", "mini", "tutorials", "tutorial", "tool"),
    *("articles", "article", "portraits", "portrait", "lexicon", "term", "charter", "guides"),
    *("guide", "faq", "kit"),
    *("curation", "all of the curation", "a topic", "of a person", "an item", "shelves"),
    *("embedded", "letters", "a letter"),
    *("live", "an event that comes", "an event that was", "a live room", "a wall", "an archive"),
    *("timeline", "a profile", "a post", "a hashtag", "search", "what was found"),
    *("badges", "a badge", "verify", "figures", "network", "style", "offline", "embark"),
    *("sign up", "coming challenges"),
)
KEPT = (*NAMES[:19], "curation", "an item", "letters", "a letter", "live", "badges")


@pytest.fixture(scope="module")
def world(tmp_path_factory, shared_rows):
    """One for all tests here."""
    here = {"MEDIA_ROOT": tmp_path_factory.mktemp("media"), "LIVE_ROOM_FRESH": 0}
    with override_settings(**here):
        yield begin()


@pytest.fixture(scope="module")
def costs(world) -> dict[str, tuple[int, int, int]]:
    """Of each page: its queries while its pictures are there in one format, in a house with one of
    everything, and in a full one."""
    most = dict.fromkeys(world.paths, MOST)
    plain = _queries(world, enough=most)
    few = _queries(world, enough=most, kin=True)
    with transaction.atomic():
        for _again in range(2):
            grow(world)
        many = _queries(world, enough=few, kin=True)
        transaction.set_rollback(True)
    return {name: (plain[name], few[name], many[name]) for name in few}


def _queries(world: World, *, enough: dict[str, int], kin: bool = False) -> dict[str, int]:
    """The frame is remembered and pictures are cut (`kin`: in every format), the pages are not
    kept. Where more than enough is asked, something that was remembered may just have run out: one
    looks again."""
    visitor = Client()
    for path in world.paths.values():
        assert visitor.get(path).status_code == 200, path
    while kin and make_kin(timezone.now()):
        pass
    asked = {}
    for name, path in world.paths.items():
        for _look in range(2):
            with CaptureQueriesContext(connection) as queries:
                visitor.get(path)
            asked[name] = len(queries)
            if asked[name] <= enough[name]:
                break
    return asked


def test_every_page_is_looked_at(world):
    assert set(world.paths) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_costs_few_queries_and_no_more_in_a_full_house(costs, name):
    plain, few, many = costs[name]
    assert plain <= MOST
    assert few <= MOST
    assert many <= few


@pytest.mark.parametrize("name", KEPT)
def test_whoever_comes_next_costs_none(world, db, settings, name, django_assert_num_queries):
    settings.PAGE_CACHE_SECONDS = 60
    first = Client().get(world.paths[name])
    with django_assert_num_queries(0):
        assert Client().get(world.paths[name]).status_code == first.status_code == 200

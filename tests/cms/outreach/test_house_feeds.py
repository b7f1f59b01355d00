"""What the house writes can be followed, in any reader, from any of its pages."""

import json
from urllib.parse import parse_qs

import feedparser
import pytest
from wagtail.models import Page

from challenges.models import ChallengePage
from cms.models import ArticlePage
from community.consent import change_consent
from community.models import Consent
from curation.feeds.finding import MOST_CANDIDATES, find_feeds
from curation.websub.telling import PAUSE, tell_hub
from tests.builders import NOON
from tests.cms.house.conftest import furnished, nia, rooms  # noqa: F401 - fixtures
from tests.cms.outreach.test_outreach import the_site
from tests.curation.conftest import web  # noqa: F401 - fixture
from tests.markup import attributes_of

pytestmark = pytest.mark.django_db
HERE = "https://testserver"


def feeds_on(client, url: str) -> list[str]:
    links = attributes_of(client.get(url).text, "link")
    return [one["href"] for one in links if one.get("rel") == "alternate" and one.get("type")]


def titles(client, url: str) -> list[str]:
    return [entry.title for entry in feedparser.parse(client.get(url).content).entries]


@pytest.fixture(autouse=True)
def published(rooms):  # noqa: F811
    Page.objects.update(first_published_at=NOON, last_published_at=NOON)


def test_what_is_written_is_in_the_feed_of_the_house(client, house, rooms):  # noqa: F811
    written = {rooms.article, rooms.portrait, rooms.tool, house.tutorial}
    for kind in ("rss", "atom"):
        told = titles(client, f"/fr/feeds/house.{kind}")
        assert set(told) == {page.title for page in written}
    items = json.loads(client.get("/fr/feeds/house.json").content)["items"]
    article = next(item for item in items if item["title"] == rooms.article.title)
    assert article["url"].endswith(rooms.article.get_url())
    assert (article["summary"], article["language"]) == (rooms.article.summary, "fr")
    assert article["authors"] == [{"name": "Nia"}]
    assert titles(client, "/fr/feeds/challenges.rss") == [house.riddle.title]
    assert titles(client, "/en/feeds/house.rss") == [], "of another language"
    assert client.get("/fr/feeds/house.exe").status_code == 404
    assert client.get("/fr/feeds/nowhere.rss").status_code == 404


def test_who_does_not_agree_is_in_no_feed(client, nia, rooms):  # noqa: F811
    change_consent(nia.participant, Consent.COUNT, now=NOON)
    told = client.get("/fr/feeds/house.atom").text
    assert rooms.portrait.get_url() not in told
    assert rooms.article.title in told
    assert "Nia" not in told
    assert "<author><name>Envol</name></author>" in told


def test_a_feed_costs_the_same_for_many_pages(client, house, rooms, count_queries):  # noqa: F811
    def cost() -> int:
        return count_queries(lambda: client.get("/fr/feeds/house.json"))

    cost()
    few = cost()
    for number in range(5):
        page = ArticlePage(title=f"Number {number}", summary="More.", locale=house.home.locale)
        rooms.articles.add_child(instance=page)
    assert cost() == few


@pytest.mark.parametrize(
    ("name", "subjects"),
    [
        ("home", {"curation", "house", "challenges"}),
        ("tutorial", {"curation", "house"}),
        ("riddle", {"curation", "challenges"}),
        ("charter", {"curation"}),
    ],
)
def test_our_own_finder_finds_them(client, house, web, name, subjects):  # noqa: F811
    url = getattr(house, name).get_url()
    for address in (url, *feeds_on(client, url)):
        answer = client.get(address)
        web.says(f"{HERE}{address}", answer.content, media_type=answer["Content-Type"])
    found = {feed.url for feed in find_feeds(f"{HERE}{url}")}
    assert {one for one in subjects if any(f"/{one}" in feed for feed in found)} == subjects
    assert len(found) == min(MOST_CANDIDATES, 3 * len(subjects))


def test_every_room_names_the_feed_of_the_veille(client, house):
    for view in ("live/", "badges/", "digest/", "timeline/"):
        assert feeds_on(client, f"/fr/{view}") == [
            f"/fr/curation/feed.{kind}" for kind in ("rss", "atom", "json")
        ]


def test_the_hub_is_told_of_what_the_house_publishes(house, web, settings):  # noqa: F811
    settings.WEBSUB_HUB = "https://hub.example/"
    web.says(settings.WEBSUB_HUB, status=204)
    assert tell_hub(NOON) == 1
    assert tell_hub(NOON + PAUSE) == 0
    ChallengePage.objects.update(last_published_at=NOON + PAUSE)
    assert tell_hub(NOON + PAUSE) == 1
    told = [parse_qs(asked.content.decode())["hub.url"][0] for asked in web.asked]
    assert f"{the_site().root_url}/en/feeds/challenges.atom" in told
    assert len(told) == 2 * len(set(told)), "the veille has nothing new: its feeds aren't told of"
    assert not [url for url in told if "/curation/" in url]

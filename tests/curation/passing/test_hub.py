"""The hub of our own feeds hears of what appears and in which of them: soon, not often, and again
after a fault."""

from datetime import timedelta
from urllib.parse import parse_qs

import pytest
from wagtail.models import Site

from community.models import Consent
from curation.models import FeedNews, HubCall, Item
from curation.topics import set_topics
from curation.websub.telling import MOST, PAUSE, tell_hub
from tests.curation.passing.building import a_pick, an_item, shelve_all

pytestmark = pytest.mark.django_db
HUB = "https://hub.example/"
FEED = "/en/curation/feed.rss"


@pytest.fixture
def told(web, settings):
    """What the hub was told so far."""
    settings.WEBSUB_HUB = HUB
    web.says(HUB, status=204)
    return lambda: [parse_qs(asked.content.decode()) for asked in web.asked if asked.url == HUB]


@pytest.fixture
def hears(told, now):
    """Which of our feeds the hub hears of next, as English readers of RSS know them."""
    moments = (now + PAUSE * number for number in range(1, 99))
    root = Site.objects.get(is_default_site=True).root_url

    def hear() -> set[str]:
        before = len(told())
        moment = next(moments)
        shelve_all(moment)
        tell_hub(moment)
        urls = [form["hub.url"][0] for form in told()[before:]]
        assert len(urls) == len(set(urls)), "each once"
        ours = {url.removeprefix(root + FEED) for url in urls if url.startswith(root + FEED)}
        assert len([url for url in urls if "/curation/" in url]) == 6 * len(ours), "in every form"
        return ours

    return hear


def test_what_appears_is_told_of_the_feeds_that_show_it(hears, told, nia):
    item = an_item(topics=("Herons", "Été"), axis="with", found_by=(nia.participant,))
    parts = ["", "topic=herons", "topic=ete", "axis=with", f"person={nia.participant.pk}"]
    french = [f"{part}&language=fr" if part else "language=fr" for part in parts]
    assert hears() == {f"?{way}" if way else "" for way in (*parts, *french)}
    assert {form["hub.mode"][0] for form in told()} == {"publish"}
    assert hears() == set(), "once"
    Item.objects.filter(pk=item.pk).update(title="Said better")
    assert hears() == set(), "no feed has anything new"


def test_a_topic_that_is_added_is_news_in_its_own_feed_alone(hears):
    item = an_item(topics=("Herons",))
    hears()
    set_topics(item.pk, ["Herons", "Storks"])
    assert hears() == {"?topic=storks", "?topic=storks&language=fr"}


def test_what_is_put_forward_later_is_news_wherever_it_stands(hears, nia, now):
    item = an_item(language="en", topics=("Herons",))
    hears()
    a_pick(item, "Regarde.", by=nia.participant, picked_at=now + timedelta(minutes=1))
    mine = f"?person={nia.participant.pk}"
    ways = {"", "?topic=herons"}
    ways |= {"?language=en", "?topic=herons&language=en"}
    ways |= {"?only=picks", "?language=fr&only=picks", mine, f"{mine}&language=fr"}
    assert hears() == ways


def test_whoever_finds_it_after_others_has_news_in_their_own_feed(hears, nia, tomas, now):
    item = an_item(found_by=(nia.participant,))
    hears()
    item.finds.create(finder=tomas.participant, found_at=now)
    Item.objects.filter(pk=item.pk).update(finders=2)
    his = f"?person={tomas.participant.pk}"
    assert hears() == {his, f"{his}&language=fr"}


@pytest.mark.parametrize("when", ["before", "meanwhile"])
def test_the_hub_hears_nothing_of_people_who_do_not_agree(hears, nia, tomas, now, when):
    def withdraw():
        for one in (nia.participant, tomas.participant):
            one.consent = Consent.COUNT
            one.save()

    if when == "before":
        withdraw()
    a_pick(an_item(found_by=(nia.participant,)), "Read it.", by=tomas.participant, picked_at=now)
    shelve_all(now)
    if when == "meanwhile":
        withdraw()
    assert hears() == {"", "?language=fr", "?only=picks", "?language=fr&only=picks"}
    assert not FeedNews.objects.exists()


def test_every_feed_that_is_told_names_the_hub(client, hears, nia, now):
    item = an_item(topics=("Été",), axis="with", found_by=(nia.participant,))
    a_pick(item, "Read it.", by=nia.participant, picked_at=now)
    for way in hears():
        answer = client.get(f"{FEED}{way}")
        assert answer.status_code == 200, way
        assert f"<{HUB}>" in answer["Link"]
        assert f"{FEED}{way}>" in answer["Link"], "and itself, as the hub knows it"


def test_much_news_is_told_bit_by_bit(told, now, django_assert_max_num_queries):
    names = [f"topic {number}" for number in range(MOST)]
    for part in (names[: MOST // 2], names[MOST // 2 :]):
        an_item(topics=tuple(part))
    shelve_all(now)
    waiting = FeedNews.objects.count()
    assert waiting == 2 * MOST + 2
    with django_assert_max_num_queries(20):
        tell_hub(now)
    assert FeedNews.objects.count() == waiting - MOST
    while tell_hub(now):
        pass
    assert not FeedNews.objects.exists()
    urls = [form["hub.url"][0] for form in told()]
    assert len({url for url in urls if "/curation/" in url}) == waiting * 6


def test_what_comes_soon_after_waits(told, now):
    item = an_item()
    shelve_all(now)
    tell_hub(now)
    a_pick(item, "Read it.", picked_at=now + timedelta(minutes=1))
    shelve_all(now + timedelta(minutes=1))
    assert tell_hub(now + timedelta(minutes=2)) == 0
    assert tell_hub(now + PAUSE) == 1


def test_a_hub_that_does_not_answer_is_called_again_later(told, web, now):
    an_item()
    shelve_all(now)
    web.says(HUB, status=503)
    tell_hub(now)
    assert HubCall.objects.get().last_fault
    assert len(told()) == 1
    tell_hub(now + PAUSE)
    web.says(HUB, status=204)
    assert tell_hub(now + PAUSE * 2) == 0
    assert tell_hub(now + PAUSE * 3) == 1
    assert HubCall.objects.get().last_fault == ""


def test_without_a_hub_or_news_nobody_is_called(told, settings, now):
    assert tell_hub(now) == 0
    settings.WEBSUB_HUB = ""
    an_item()
    shelve_all(now)
    assert not FeedNews.objects.exists()
    assert tell_hub(now) == 0
    assert told() == []

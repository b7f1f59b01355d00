"""The hub of our own feeds hears of what appears: soon, not often, and again after a fault."""

from datetime import timedelta
from urllib.parse import parse_qs

import pytest
from wagtail.models import Site

from curation.models import HubCall
from curation.websub.telling import PAUSE, tell_hub, topics_of
from tests.curation.passing.building import a_pick, an_item

pytestmark = pytest.mark.django_db
HUB = "https://hub.example/"


def the_site() -> Site:
    return Site.objects.get(is_default_site=True)


@pytest.fixture
def told(web, settings):
    """What the hub was told so far."""
    settings.WEBSUB_HUB = HUB
    web.says(HUB, status=204)
    return lambda: [parse_qs(asked.content.decode()) for asked in web.asked if asked.url == HUB]


def test_what_appears_is_told_of_every_feed_at_once(told, now):
    an_item()
    assert tell_hub(now) == 1
    assert {form["hub.mode"][0] for form in told()} == {"publish"}
    addresses = [form["hub.url"][0] for form in told()]
    assert len(addresses) == len(set(addresses)) == len(list(topics_of(the_site())))
    ours = [address for address in addresses if "/curation/" in address]
    assert len(ours) == 18
    assert f"{the_site().root_url}/en/curation/feed.rss?language=fr" in ours
    tell_hub(now + PAUSE)
    assert len(told()) == len(addresses)


def test_what_comes_soon_after_waits(told, now):
    item = an_item()
    tell_hub(now)
    a_pick(item, "Read it.", picked_at=now + timedelta(minutes=1))
    assert tell_hub(now + timedelta(minutes=2)) == 0
    assert tell_hub(now + PAUSE) == 1
    assert len(told()) == 2 * len(list(topics_of(the_site())))


def test_a_hub_that_does_not_answer_is_called_again_later(told, web, now):
    an_item()
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
    an_item()
    settings.WEBSUB_HUB = ""
    assert tell_hub(now) == 0
    assert told() == []

"""What people do with a source while it is being read."""

import pytest

from community.models import Consent, Participant
from curation.asks import Hop
from curation.feeds.fetching import fetch_sources
from curation.models import Find, Item, Source
from tests.builders import NOON
from tests.curation.building import BLOG, a_source, rss

pytestmark = pytest.mark.django_db
OTHER = "https://other.example/feed"


def meanwhile(web, url: str, deed) -> None:
    """Its server answers after somebody did something."""

    def tell(_asked: object) -> Hop:
        deed()
        return Hop(200, {"content-type": "application/rss+xml"}, rss(1, 2).encode())

    web.tells(url, tell)


def test_a_new_name_stays(web):
    source = a_source()
    meanwhile(web, source.feed_url, lambda: Source.objects.update(title="Mine", page_url="/mine"))
    fetch_sources(NOON)
    source.refresh_from_db()
    assert (source.title, source.page_url) == ("Mine", "/mine")


def test_whoever_wants_nothing_kept_is_credited_no_more(web, nia):
    source = a_source(owner=nia.participant)
    meanwhile(web, source.feed_url, lambda: Participant.objects.update(consent=Consent.NOTHING))
    fetch_sources(NOON)
    assert set(Find.objects.values_list("finder", flat=True)) == {None}


def test_one_that_is_removed_stops_no_other(web):
    gone, other = a_source(), a_source(OTHER)
    meanwhile(web, gone.feed_url, lambda: Source.objects.filter(pk=gone.pk).delete())
    web.says(OTHER, rss(3).replace(BLOG, "https://other.example"))
    assert fetch_sources(NOON) == 2
    other.refresh_from_db()
    assert other.fetched_at == NOON and not other.last_fault
    assert list(Item.objects.values_list("title", flat=True)) == ["Entry 3"]

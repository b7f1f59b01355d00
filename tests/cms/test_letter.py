"""What the house tells in the letter of the week."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Site

from challenges.launching import launch_challenge, promise_launches
from cms.letter import challenges_of, pages_of, portraits_of
from curation.digest.sections import Week
from curation.digest.telling import live_events_of
from curation.models import Digest
from tests.community.live.events import an_event
from tests.moocs.building import another, the_first

pytestmark = pytest.mark.django_db


def test_what_is_new_in_the_house_becomes_entries(house):
    house.tutorial.save_revision().publish()
    now = timezone.now()
    site = Site.objects.get(is_default_site=True)
    week = Week(site, "fr", since=now - timedelta(days=1), until=now + timedelta(days=1))
    told = [*challenges_of(week), *portraits_of(week), *pages_of(week)]
    entries = [one.to_row(place, of=Digest()) for place, one in enumerate(told)]
    assert house.tutorial.title in {entry.title for entry in entries}
    assert all(entry.named == [] for entry in entries if entry.section == "pages")


def test_a_challenge_is_told_in_the_week_of_each_of_its_launches(house, practice):
    now = timezone.now()
    site, riddle = Site.objects.get(is_default_site=True), house.riddle
    type(riddle).objects.update(first_published_at=now - timedelta(days=60))

    def told(at) -> list[str]:
        week = Week(site, "fr", since=at - timedelta(days=6), until=at + timedelta(days=1))
        return [one.title for one in challenges_of(week)]

    assert told(now) == [], "ready for long, and not gone out"
    launch_challenge(riddle, by=None, now=now)
    assert told(now) == [], "decided, and not said"
    promise_launches(now)
    assert told(now) == [riddle.title]
    later = now + timedelta(days=21)
    assert told(later) == []
    launch_challenge(riddle, by=None, now=later, again=True)
    promise_launches(later)
    assert told(later) == [riddle.title]
    type(riddle).objects.update(closed_at=later)
    assert told(later) == [], "nobody is sent to what is over"


def test_each_mooc_tells_its_own_live_events_at_its_own_address(client, db):
    the_first()
    now, other = timezone.now(), another().site
    an_event(starts=now + timedelta(days=1), title="Nuit bleue", site=other)
    week = Week(other, "fr", since=now - timedelta(days=7), until=now)
    (told,) = live_events_of(week)
    assert told.url.startswith("https://b.example/fr/live/")
    listed = client.get("/sitemap-live.xml", headers={"host": "b.example"}).text
    assert "://b.example/fr/live/nuit-bleue/</loc>" in listed

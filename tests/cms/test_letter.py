"""What the house tells in the letter of the week."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Site

from cms.letter import challenges_of, pages_of, portraits_of
from curation.digest.sections import Week
from curation.models import Digest

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

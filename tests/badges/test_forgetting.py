"""Nothing kept means no badge either; a copy can be taken along before."""

import pytest
from django.utils import timezone

from badges.models import Award
from badges.services import award_by_hand
from badges.shipped import install_shipped_badges
from community.consent import change_consent
from community.exporting import export_person
from community.models import Consent
from tests.journeys.loop import CONTENT

pytestmark = pytest.mark.django_db


@pytest.fixture
def award(nia, olga):
    badge = install_shipped_badges(CONTENT)[0]
    return award_by_hand(badge, to=nia.participant, by=olga, now=timezone.now())


def test_an_export_names_the_badges(award, nia):
    assert str(award.pk) in export_person(nia.participant)["badges"][0]


def test_who_wants_nothing_kept_keeps_no_badge(award, nia, client):
    change_consent(nia.participant, Consent.NOTHING, now=timezone.now())
    assert not Award.objects.exists()
    assert client.get(f"/badges/assertions/{award.pk}.json").status_code == 404

"""An award in the admin: who gave it, and the way to take it back."""

import pytest
from django.urls import reverse

from badges.models import Award
from tests.badges.builders import a_badge
from tests.cast import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def award(nia) -> Award:
    return Award.objects.create(badge_class=a_badge(), recipient=nia.participant, awarded_at=NOON)


def page_of(client, award) -> str:
    return client.get(reverse("awards:inspect", args=[award.pk])).content.decode()


def test_what_the_rules_gave_says_so_and_can_be_taken_back(client, olga, award):
    client.force_login(olga)
    page = page_of(client, award)
    assert ">None<" not in page.replace("\n", "").replace(" ", "")
    assert reverse("awards:revoke", args=[award.pk]) in page


def test_what_was_taken_back_cannot_be_again(client, olga, award):
    Award.objects.update(revoked_at=NOON, revocation_reason="A mistake.")
    client.force_login(olga)
    page = page_of(client, award)
    assert "A mistake." in page
    assert reverse("awards:revoke", args=[award.pk]) not in page

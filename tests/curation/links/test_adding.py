"""“I found this”, by hand."""

import pytest
from django.urls import reverse

from community.models import Consent, Participant
from curation.models import Find, Item
from tests.builders import NOON

pytestmark = pytest.mark.django_db
PAGE = "https://blog.example.org/2026/nouer-un-fil"


@pytest.fixture
def address() -> str:
    return reverse("curation:add")


@pytest.fixture
def aboard(nia, tomas):
    Participant.objects.update(embarked_at=NOON)
    return nia, tomas


def test_a_link_waits_with_its_finder(client, address, aboard):
    nia, tomas = aboard
    client.force_login(nia)
    answer = client.post(address, {"url": f"{PAGE}?utm_source=x"})
    assert 'role="status"' in answer.content.decode()
    item = Item.objects.get()
    assert (item.url, item.state, item.finders) == (PAGE, "waiting", 1)
    assert Find.objects.get().finder == nia.participant
    client.post(address, {"url": PAGE})
    client.force_login(tomas)
    answer = client.post(address, {"url": f"http://www.{PAGE.removeprefix('https://')}/"})
    item.refresh_from_db()
    assert item.finders == 2
    assert answer.context["added"].was_known


@pytest.mark.parametrize(
    "url", ["", "bonjour", "javascript:alert(1)", "https://envol.example/fr/", "mailto:a@b.org"]
)
def test_what_is_no_page_elsewhere_is_refused(client, address, aboard, url):
    client.force_login(aboard[0])
    answer = client.post(address, {"url": url})
    assert answer.context["form"].errors
    assert not Item.objects.exists()


def test_only_for_people_aboard_who_let_us_keep_it(client, address, nia):
    assert client.post(address, {"url": PAGE}).status_code == 302
    client.force_login(nia)
    client.post(address, {"url": PAGE})
    Participant.objects.update(embarked_at=NOON, consent=Consent.NOTHING)
    client.post(address, {"url": PAGE})
    assert not Item.objects.exists()

"""What organisers see of connections and of what goes out."""

import pytest
from django.urls import reverse

from microblog.models import OutboxPost
from microblog.services import enqueue_post
from tests.builders import a_connection

pytestmark = pytest.mark.django_db


@pytest.fixture
def stuck(now):
    row = enqueue_post(
        a_connection(), key="one", kind=OutboxPost.Kind.LAUNCH, text="Où suis-je ?", now=now
    )
    OutboxPost.objects.update(given_up_at=now, error="422 too long", attempts=3)
    return row


def test_organisers_see_what_hindered_a_post(client, olga, stuck):
    client.force_login(olga)
    page = client.get(reverse("outbox:index")).content.decode()
    assert "422 too long" in page
    assert "Où suis-je ?" in page


def test_they_may_have_it_tried_again(client, olga, stuck):
    client.force_login(olga)
    client.post(reverse("outbox:edit", args=[stuck.pk]), {"try_again": "on"})
    stuck.refresh_from_db()
    assert (stuck.given_up_at, stuck.attempts) == (None, 0)


def test_nobody_writes_or_deletes_a_promise_by_hand(client, olga, stuck):
    client.force_login(olga)
    assert client.get(reverse("outbox:add")).status_code in {302, 403, 404}
    client.post(reverse("outbox:delete", args=[stuck.pk]))
    assert OutboxPost.objects.exists()


def test_a_connection_can_be_switched_off_and_never_shows_its_token(client, olga, stuck):
    client.force_login(olga)
    connection = stuck.connection
    edit = reverse("connections:edit", args=[connection.pk])
    pages = client.get(reverse("connections:index")).content + client.get(edit).content
    assert b"secret" not in pages
    client.post(edit, {"name": connection.name, "language": "en"})
    connection.refresh_from_db()
    assert (connection.is_enabled, connection.language) == (False, "en")
    assert connection.token.reveal() == "secret"


def test_learners_see_none_of_it(client, nia, stuck):
    client.force_login(nia)
    assert client.get(reverse("outbox:index")).status_code == 302

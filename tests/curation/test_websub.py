"""WebSub: from a feed that names a hub to entries that the hub pushes."""

import hmac
from datetime import timedelta
from urllib.parse import parse_qs

import pytest
from django.db import connection
from django.utils import timezone

from curation.feeds.fetching import fetch, fetch_sources
from curation.models import Item, Source, Subscription
from curation.websub.subscribing import ask_hubs, lease_of
from tests.builders import NOON
from tests.curation.building import BLOG, a_source, rss

pytestmark = pytest.mark.django_db
HUB = "https://hub.example/"
FEED = f"{BLOG}/feed"
LINKS = f'<link rel="hub" href="{HUB}" xmlns="http://www.w3.org/2005/Atom"/>'
DAY = timedelta(days=1)


@pytest.fixture
def subscription(web):
    """Asked for, not verified yet."""
    a_source()
    web.says(FEED, rss(1, more=LINKS))
    web.says(HUB, status=202)
    fetch(NOON)
    return Subscription.objects.get()


def verify(client, subscription, **more):
    asked = {
        "hub.mode": "subscribe",
        "hub.topic": subscription.topic_url,
        "hub.challenge": "a-challenge",
        "hub.lease_seconds": "864000",
    }
    return client.get(f"/websub/{subscription.token}/", {**asked, **more})


def push(client, subscription, body, *, secret=None, algorithm="sha256"):
    secret = secret or subscription.secret.reveal()
    signature = hmac.new(secret.encode(), body.encode(), algorithm).hexdigest()
    return client.post(
        f"/websub/{subscription.token}/",
        body,
        content_type="application/rss+xml",
        headers={"X-Hub-Signature": f"{algorithm}={signature}"},
    )


def test_a_hub_that_a_feed_names_is_asked(web, subscription):
    asked = next(asked for asked in web.asked if asked.url == HUB)
    told = {name: values[0] for name, values in parse_qs(asked.content.decode()).items()}
    assert told["hub.mode"] == "subscribe" and told["hub.topic"] == FEED
    assert told["hub.callback"].endswith(f"/websub/{subscription.token}/")
    assert told["hub.secret"] == subscription.secret.reveal()
    assert subscription.attempts == 1 and subscription.ask_at > NOON
    assert ask_hubs(NOON) == 0


def test_the_secret_is_encrypted_at_rest(subscription):
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM curation_subscription")
        [stored] = cursor.fetchone()
    assert subscription.secret.reveal() not in stored


def test_what_we_asked_for_is_confirmed(client, subscription):
    answer = verify(client, subscription)
    assert (answer.status_code, answer.content) == (200, b"a-challenge")
    assert answer["Content-Type"].startswith("text/plain")
    subscription.refresh_from_db()
    assert subscription.expires_at > subscription.ask_at > subscription.verified_at


@pytest.mark.parametrize(
    "more",
    [
        {"hub.topic": "https://other.example/feed"},
        {"hub.mode": "unsubscribe"},
        {"hub.mode": "what"},
        {"hub.challenge": ""},
        {"hub.challenge": "a" * 2000},
    ],
)
def test_what_we_did_not_ask_for_is_not(client, subscription, more):
    assert verify(client, subscription, **more).status_code == 410
    subscription.refresh_from_db()
    assert subscription.verified_at is None


def test_who_does_not_know_the_token_learns_nothing(client, subscription):
    assert client.get("/websub/guess/").status_code == 410
    assert client.post("/websub/guess/", b"", content_type="text/xml").status_code == 410


@pytest.mark.parametrize("algorithm", ["sha256", "sha512", "sha1"])
def test_what_is_pushed_is_kept(client, subscription, algorithm):
    verify(client, subscription)
    body = rss(1, 2, at=timezone.now())
    assert push(client, subscription, body, algorithm=algorithm).status_code == 202
    assert Item.objects.filter(title="Entry 2").exists()
    source = Source.objects.get()
    assert source.log.filter(was_pushed=True, new=1).exists()
    subscription.refresh_from_db()
    assert subscription.pushed_at


def test_a_hub_speaks_for_many_from_one_address_while_strangers_are_sent_away(client, subscription):
    verify(client, subscription)
    knocks = [client.post(f"/websub/guess-{n}/", b"", content_type="text/xml") for n in range(61)]
    assert {one.status_code for one in knocks[:60]} == {410}
    assert knocks[60].status_code == 429 and knocks[60]["Retry-After"] == "60"
    unsigned = client.post(f"/websub/{subscription.token}/", rss(3), content_type="text/xml")
    assert unsigned.status_code == 429
    assert push(client, subscription, rss(1, 2)).status_code == 202, "its signature is its own"
    assert Item.objects.filter(title="Entry 2").exists()


def test_one_source_never_takes_all_the_time(client, subscription):
    verify(client, subscription)
    pushes = [push(client, subscription, "") for _n in range(120)]
    assert pushes[100].status_code == 202 and pushes[-1].status_code == 429
    other = Subscription.objects.create(
        source=a_source(url="https://other.example/feed"),
        hub_url=HUB,
        topic_url="https://other.example/feed",
        token="another",
        secret=subscription.secret,
        asked_at=NOON,
    )
    assert push(client, other, rss(5)).status_code == 202


def test_what_is_wrongly_signed_is_thrown_away(client, subscription):
    verify(client, subscription)
    for secret, algorithm in (("guess", "sha256"), (None, "md5")):
        answer = push(client, subscription, rss(2), secret=secret, algorithm=algorithm)
        assert answer.status_code == 202
    client.post(f"/websub/{subscription.token}/", rss(3), content_type="text/xml")
    assert Item.objects.count() == 1


def test_what_cannot_be_read_harms_nothing(client, subscription):
    verify(client, subscription)
    assert push(client, subscription, "<html>").status_code == 202
    assert Source.objects.get().failures == 0


def test_a_paused_source_wants_nothing(client, subscription):
    Source.objects.update(paused_at=NOON)
    assert push(client, subscription, rss(2)).status_code == 410


def test_a_feed_that_is_pushed_is_asked_seldom(web, subscription):
    Subscription.objects.update(verified_at=NOON, expires_at=NOON + 9 * DAY)
    Source.objects.update(next_fetch_at=NOON)
    fetch_sources(NOON + timedelta(hours=1))
    source = Source.objects.get()
    assert source.next_fetch_at - NOON > timedelta(hours=11)


def test_a_lease_is_renewed_before_it_ends(web, subscription):
    Subscription.objects.update(verified_at=NOON, expires_at=NOON + 9 * DAY, ask_at=NOON + 6 * DAY)
    assert ask_hubs(NOON + 5 * DAY) == 0
    assert ask_hubs(NOON + 6 * DAY) == 1


def test_a_hub_that_says_no_is_asked_more_and_more_seldom(web, subscription):
    web.says(HUB, status=500)
    pauses = []
    for day in range(1, 4):
        now = NOON + day * DAY
        Subscription.objects.update(ask_at=now)
        ask_hubs(now)
        subscription.refresh_from_db()
        pauses.append(subscription.ask_at - now)
    assert pauses == sorted(set(pauses)) and subscription.last_fault == "status_500"


def test_a_denial_is_noted(client, subscription):
    answer = verify(client, subscription, **{"hub.mode": "denied"})
    assert answer.status_code == 200
    subscription.refresh_from_db()
    assert subscription.last_fault == "denied" and subscription.verified_at is None


def test_a_hub_that_is_named_no_more_is_let_go(web, client, subscription):
    web.says(FEED, rss(1, 2))
    Source.objects.update(next_fetch_at=NOON)
    fetch(NOON + DAY)
    assert b"hub.mode=unsubscribe" in web.asked[-1].content
    assert verify(client, subscription, **{"hub.mode": "unsubscribe"}).status_code == 200
    assert not Subscription.objects.exists()


def test_no_hub_is_asked_where_it_cannot_reach_us(web, settings):
    settings.ALLOW_PRIVATE_ADDRESSES, settings.BASE_URL = False, "http://127.0.0.1:8000"
    a_source()
    web.says(FEED, rss(1, more=LINKS))
    fetch(NOON)
    assert Subscription.objects.count() == 1 and HUB not in web.addresses()


@pytest.mark.parametrize(
    ("said", "days"), [("864000", 10), ("", 10), ("soon", 10), ("1", 1 / 24), ("9" * 30, 30)]
)
def test_a_lease_stays_within_reason(said, days):
    assert lease_of(said) == timedelta(days=days)

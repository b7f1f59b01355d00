"""Three ears on each connection, one row for what any of them hears."""

from datetime import timedelta

import pytest

from microblog.connecting import connect_mastodon
from microblog.delivering import deliver_due_posts
from microblog.hearing import hear, hear_now
from microblog.models import Connection, Cursor, OutboxPost, Post, Reaction, Sighting
from microblog.rechecking import recheck, watch_posts
from microblog.services import enqueue_post
from tests.fakes import faults
from tests.fakes.mastodon_server import MastodonServer

pytestmark = pytest.mark.django_db
SOON, LATER = timedelta(minutes=1), timedelta(hours=2)


@pytest.fixture
def server(now):
    with MastodonServer(clock=lambda: now, replies_in_tags=False) as server:
        yield server


@pytest.fixture
def social(server, now) -> Connection:
    return connect_mastodon(server.url, token=server.token, name="social", language="fr", now=now)


@pytest.fixture
def launch(server, social, now):
    """The bot's riddle, as the server knows it."""
    enqueue_post(social, key="riddle", kind=OutboxPost.Kind.LAUNCH, text="Où suis-je ?", now=now)
    deliver_due_posts(now)
    return server.said_by_bot[0]


def test_mentions_are_heard(server, social, now):
    server.people["nia"].say("@envol j'embarque !")
    assert hear(now) == 1
    assert Post.objects.get().sightings.get().via == Sighting.Via.MENTION


def test_what_was_said_long_before_we_came_is_left_in_peace(server, now):
    server.world.clock = lambda: now - timedelta(days=30)
    server.people["nia"].say("@envol bonjour")
    connect_mastodon(server.url, token=server.token, name="social", language="fr", now=now)
    assert hear(now) == 0


def test_the_hashtags_of_the_mooc_are_heard(server, social, now):
    server.people["rex"].say("Bonjour #Envol")
    assert hear(now) == 1
    assert Post.objects.get().sightings.get().via == Sighting.Via.HASHTAG


def test_replies_to_replies_are_heard_through_the_thread(server, launch, now):
    answer = server.people["nia"].reply(to=launch, text="Dans un phare ?")
    server.people["tomas"].reply(to=answer, text="Je dirais un moulin")
    hear(now + SOON)
    texts = set(Post.objects.filter(root__text="Où suis-je ?").values_list("text", flat=True))
    assert any("Dans un phare ?" in text for text in texts)
    assert any("Je dirais un moulin" in text for text in texts)


def test_one_row_however_often_it_is_heard(server, launch, now):
    server.people["nia"].reply(to=launch, text="@envol un phare ? #Envol")
    hear(now + SOON)
    hear_now(now + SOON)
    hear(now + SOON)
    assert Post.objects.exclude(author__is_bot=True).count() == 1


def test_the_second_look_is_quiet(server, social, now):
    server.people["nia"].say("@envol bonjour")
    hear(now)
    hear_now(now)
    assert hear(now) == 0


def test_favourites_of_what_we_said_are_heard(server, launch, now):
    server.people["nia"].favourite(launch)
    hear(now + SOON)
    assert Reaction.objects.get().account.handle.startswith("nia@")


@pytest.mark.parametrize("fault", [faults.unavailable(), faults.reset, faults.cut_off])
def test_a_fault_loses_nothing(server, social, now, fault):
    server.people["nia"].say("@envol bonjour")
    server.misbehave(fault, times=9)
    assert hear(now) == 0
    social.refresh_from_db()
    assert social.failures > 0
    assert social.last_error
    server.behave()
    assert hear(now + LATER) == 1
    social.refresh_from_db()
    assert social.failures == 0


def test_a_rate_limit_silences_the_whole_connection(server, social, now):
    server.misbehave(faults.too_many({"Retry-After": "600"}), times=1)
    hear(now)
    asked = len(server.requests)
    hear_now(now)
    hear(now)
    assert len(server.requests) == asked


def test_two_ears_never_read_one_stream_at_once(server, social, now):
    hear(now)
    Cursor.objects.update(next_at=now, claimed_until=now + SOON)
    asked = len(server.requests)
    assert hear(now) == 0
    assert len(server.requests) == asked
    hear(now + 2 * SOON)
    assert len(server.requests) > asked, "a dead ear's claim runs out"


def test_a_thread_that_was_taken_back_is_read_no_more(server, launch, now):
    server.world.find(launch.id).is_deleted = True
    hear(now + SOON)
    assert not Cursor.objects.filter(stream__startswith="thread:").exists()


def test_edits_that_no_timeline_shows_are_found(server, social, now):
    post = server.people["nia"].say("@envol ma photo")
    hear(now)
    watch_posts(Post.objects.all(), now=now)
    server.people["nia"].edit(post, "@envol ma photo de phare")
    assert recheck(now) == 0, "not yet: it was heard just now"
    assert recheck(now + LATER) == 1
    assert "phare" in Post.objects.get().text


def test_deleted_posts_lose_their_words_here_too(server, social, now):
    post = server.people["nia"].say("@envol ma photo #Envol")
    hear(now)
    watch_posts(Post.objects.all(), now=now)
    server.people["nia"].delete(post)
    recheck(now + LATER)
    forgotten = Post.objects.get()
    assert forgotten.deleted_at
    assert (forgotten.text, forgotten.html, forgotten.hashtags) == ("", "", [])
    assert not forgotten.hashtag_rows.exists()
    assert forgotten in Post.objects.unanswered()
    assert recheck(now + 10 * LATER) == 0


def test_silence_is_no_deletion(server, social, now):
    server.people["nia"].say("@envol ma photo")
    hear(now)
    watch_posts(Post.objects.all(), now=now)
    server.misbehave(faults.unavailable(), times=3)
    recheck(now + LATER)
    assert Post.objects.get().text

"""What reaches room and archive from other servers: answers without the hashtag, late posts."""

from datetime import timedelta

import pytest
from django.utils import timezone

from community.live.belonging import read_telling, span_of
from microblog.connecting import connect_mastodon
from microblog.hearing import hear, wanted_hashtags
from microblog.models import Cursor
from microblog.pauses import POLL
from tests.community.live.telling import an_event
from tests.fakes.mastodon_server import MastodonServer

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


@pytest.fixture
def now():
    """Events begin and end by the database's own clock."""
    return timezone.now()


@pytest.fixture
def server(now):
    with MastodonServer(clock=lambda: now, replies_in_tags=False) as server:
        yield server


@pytest.fixture
def social(server, now):
    return connect_mastodon(server.url, token=server.token, name="social", language="fr", now=now)


def told(event) -> list[list[str]]:
    telling = read_telling(event, span_of(event))
    return [[row.text for row in thread.rows] for thread in telling.threads]


def test_answers_without_the_hashtag_are_heard_through_their_thread(server, social, now):
    event = an_event(starts_at=now - 5 * MINUTE, ends_at=now + 60 * MINUTE)
    first = server.people["nia"].say("Une étoile ? #NuitEtoiles")
    hear(now)
    answer = server.people["tomas"].reply(to=first, text="Oui, Véga.")
    server.people["nia"].reply(to=answer, text="Merci !")
    hear(now + MINUTE)
    [thread] = told(event)
    words = ("étoile", "Véga", "Merci")
    assert all(word in text for word, text in zip(words, thread, strict=True))


def test_threads_of_events_that_are_over_are_left_to_their_pace(server, social, now):
    an_event(starts_at=now - 300 * MINUTE, ends_at=now - 240 * MINUTE)
    server.people["nia"].say("Trop tôt #NuitEtoiles")
    hear(now)
    hear(now + MINUTE)
    assert not Cursor.objects.filter(stream__startswith="thread:").exists()


def test_late_posts_are_waited_for_with_patience(server, social, now):
    event = an_event(starts_at=now - 300 * MINUTE, ends_at=now - 240 * MINUTE)
    hear(now)
    server.people["nia"].say("J'écoute enfin #NuitEtoiles")
    hear(now + MINUTE)
    assert told(event) == []
    hear(now + 11 * MINUTE)
    assert len(told(event)) == 1


def test_what_comes_to_life_again_is_heard_at_once(server, social, now):
    event = an_event(starts_at=now - 300 * MINUTE, ends_at=now - 240 * MINUTE)
    hear(now)
    again = an_event("Encore", starts_at=now - MINUTE, ends_at=now + 60 * MINUTE)
    server.people["nia"].say("On recommence #NuitEtoiles")
    hear(now + MINUTE)
    assert len(told(again)) == 1
    assert told(event) == []


def test_nobody_listens_to_what_is_long_gone_or_has_not_begun(now):
    an_event(hashtag="Longtemps", starts_at=now - timedelta(days=200), ends_at=now - timedelta(199))
    an_event("Demain", hashtag="Demain", starts_at=now + MINUTE * 3000, ends_at=now + MINUTE * 3100)
    an_event("Hier", hashtag="Hier", starts_at=now - MINUTE * 600, ends_at=now - MINUTE * 500)
    an_event("Là", hashtag="Là", starts_at=now - MINUTE, ends_at=now + MINUTE)
    an_event("Bientôt", hashtag="Bientot", starts_at=now + MINUTE * 600, ends_at=now + MINUTE * 700)
    wanted = wanted_hashtags()
    assert not {"longtemps", "demain"} & wanted.keys()
    assert wanted["là"] == wanted["la"] == POLL
    assert wanted["hier"] > POLL
    assert wanted["bientot"] > POLL

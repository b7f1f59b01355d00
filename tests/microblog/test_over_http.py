"""The ear and the mouth on a live server that speaks the Mastodon client API."""

from datetime import timedelta

import pytest

from microblog.delivering import deliver_due_posts
from microblog.hearing import hear, hear_now
from microblog.models import OutboxPost, Post, Reaction
from microblog.recording import record_posts
from microblog.services import enqueue_post, open_gateway
from tests.builders import NOON, a_connection
from tests.fakes import faults
from tests.fakes.mastodon_server import MastodonServer

pytestmark = pytest.mark.django_db
PUBLISH = "POST /api/v1/statuses"
LATER = timedelta(hours=2)


@pytest.fixture
def server():
    with MastodonServer(clock=lambda: NOON) as server:
        yield server


@pytest.fixture
def connection(server):
    connection = a_connection(account_remote_id=server.world.bot.id)
    connection.server_url, connection.token = server.url, server.token
    connection.save()
    bot = connection.account
    bot.uri, bot.url = server.world.bot.uri, server.world.bot.url
    bot.save()
    connection.refresh_from_db()
    return connection


def promise(connection, text, **details):
    details.setdefault("kind", OutboxPost.Kind.LAUNCH)
    return enqueue_post(connection, key="the-promise", text=text, now=NOON, **details)


def deliver_until_said(connection, *, tries=3):
    for number in range(tries):
        deliver_due_posts(NOON + number * LATER)


@pytest.mark.parametrize("fault", [faults.do_it_then_reset, faults.cut_off, faults.html_page(502)])
def test_a_promise_is_kept_once_through_faults(server, connection, fault):
    promise(connection, "Où suis-je ? #photoDevinette")
    server.misbehave(fault, on=PUBLISH)

    deliver_until_said(connection)

    assert [said.text for said in server.said_by_bot] == ["Où suis-je ? #photoDevinette"]
    assert OutboxPost.objects.get().post.uri == server.said_by_bot[0].uri


def test_an_answer_to_somebody_elsewhere_is_given_once(server, connection):
    """Servers show "@nia@host" as "@nia": our own words come back shorter than we sent them."""
    question = server.say("nia", f"@{server.world.bot.name} est-ce un phare ?")
    heard = open_gateway(connection).fetch_mentions("").posts
    record_posts(connection, heard, via="mention", now=NOON)
    promise(
        connection,
        "@nia@social.example Bravo, c’est trouvé !",
        in_reply_to=Post.objects.get(uri=question.uri),
        kind=OutboxPost.Kind.FEEDBACK,
    )
    server.misbehave(faults.do_it_then_reset, on=PUBLISH)

    deliver_until_said(connection)

    assert len(server.said_by_bot) == 1
    assert OutboxPost.objects.get().post.uri == server.said_by_bot[0].uri


def test_all_that_happens_is_heard_once(server, connection):
    promise(connection, "Où suis-je ? #photoDevinette")
    deliver_due_posts(NOON)
    (riddle,) = server.said_by_bot
    guess = server.people["nia"].reply(to=riddle, text="Un phare ?")
    server.people["tomas"].reply(to=guess, text="Bien vu !")
    server.people["olga"].favourite(riddle)

    for number in range(3):
        hear_now(NOON + number * LATER)
        hear(NOON + number * LATER)

    texts = set(Post.objects.values_list("text", flat=True))
    assert texts == {"Où suis-je ? #photoDevinette", "@envol Un phare ?", "@nia Bien vu !"}
    assert Post.objects.count() == 3
    assert Reaction.objects.count() == 1

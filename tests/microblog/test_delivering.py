"""What was promised is said once: through faults, deaths, and servers that ignore our keys."""

from datetime import timedelta

import pytest

from microblog.connecting import connect_mastodon
from microblog.delivering import deliver_due_posts
from microblog.gateways.base import Visibility
from microblog.models import Connection, Cursor, OutboxPost, Post, Sighting
from microblog.services import enqueue_post
from tests.builders import said
from tests.fakes import faults
from tests.fakes.mastodon_server import MastodonServer

pytestmark = pytest.mark.django_db
Kind = OutboxPost.Kind
LATER = timedelta(hours=2)


@pytest.fixture
def server(now):
    with MastodonServer(clock=lambda: now) as server:
        yield server


@pytest.fixture
def social(server, now) -> Connection:
    return connect_mastodon(server.url, token=server.token, name="social", language="fr", now=now)


def promise(connection, now, *, key="riddle", text="Que voyez-vous ?", **fields) -> OutboxPost:
    fields.setdefault("kind", Kind.LAUNCH)
    return enqueue_post(connection, key=key, text=text, now=now, **fields)


def test_a_promise_is_kept_once(server, social, now):
    promise(social, now)
    assert [deliver_due_posts(now) for _ in range(3)] == [1, 0, 0]
    assert len(server.said_by_bot) == 1
    kept = OutboxPost.objects.get()
    assert kept.post.text == "Que voyez-vous ?"
    assert kept.post.sightings.get().via == Sighting.Via.OWN


def test_a_launch_is_listened_to_from_then_on(server, social, now):
    promise(social, now)
    deliver_due_posts(now)
    remote_id = server.said_by_bot[0].id
    assert Cursor.objects.get(stream=f"thread:{remote_id}").connection == social


def test_what_isnt_due_waits(server, social, now):
    promise(social, now, due_at=now + LATER)
    assert deliver_due_posts(now) == 0
    assert deliver_due_posts(now + LATER) == 1


def test_promising_again_promises_nothing_new(social, now):
    first, second = promise(social, now), promise(social, now)
    assert first == second
    assert second.version == 1


def test_new_words_replace_what_is_unsaid_and_edit_what_was_said(server, social, now):
    promise(social, now, text="Presque !")
    promise(social, now, text="Bravo !")
    deliver_due_posts(now)
    assert [said.text for said in server.said_by_bot] == ["Bravo !"]
    promise(social, now, text="Bravo, Nia !")
    assert deliver_due_posts(now) == 1
    assert [said.text for said in server.said_by_bot] == ["Bravo, Nia !"]
    assert deliver_due_posts(now) == 0


@pytest.mark.parametrize(
    "fault", [faults.do_it_then_reset, faults.break_off], ids=["reset", "cut off"]
)
def test_said_but_never_confirmed_is_found_and_not_said_again(server, social, now, fault):
    promise(social, now)
    server.misbehave(fault, on="POST /api/v1/statuses")
    deliver_due_posts(now)
    deliver_due_posts(now + LATER)
    assert len(server.said_by_bot) == 1
    assert OutboxPost.objects.get().post is not None


def test_a_mouth_that_dies_leaves_its_promise_to_the_next(server, social, now, settings):
    """Killed between saying and writing it down: the claim runs out, and our own post is found."""
    kept = promise(social, now)
    deliver_due_posts(now)
    Post.objects.all().delete()
    OutboxPost.objects.filter(pk=kept.pk).update(
        said_version=0, said_at=None, claimed_until=now + timedelta(seconds=settings.OUTBOX_LEASE)
    )
    assert deliver_due_posts(now) == 0, "somebody may still be at it"
    assert deliver_due_posts(now + timedelta(seconds=settings.OUTBOX_LEASE)) == 1
    assert len(server.said_by_bot) == 1


def test_two_promises_in_the_same_words_are_both_kept(server, social, now):
    promise(social, now, key="one", text="Bravo !")
    promise(social, now, key="two", text="Bravo !")
    server.misbehave(faults.do_it_then_reset, on="POST /api/v1/statuses", times=2)
    deliver_due_posts(now)
    deliver_due_posts(now + LATER)
    assert len(server.said_by_bot) == 2
    assert OutboxPost.objects.exclude(post=None).count() == 2


@pytest.mark.parametrize("fault", [faults.unavailable(), faults.reset, faults.cut_off])
def test_passing_faults_are_tried_again_later(server, social, now, fault):
    promise(social, now)
    server.misbehave(fault, on="POST /api/v1/statuses")
    deliver_due_posts(now)
    waiting = OutboxPost.objects.get()
    assert waiting.error
    assert waiting.due_at > now
    assert deliver_due_posts(waiting.due_at) == 1
    assert OutboxPost.objects.get().error == ""


def test_a_rate_limit_is_honoured_and_costs_no_attempt(server, social, now):
    promise(social, now)
    server.misbehave(faults.too_many({"Retry-After": "600"}), on="POST /api/v1/statuses")
    deliver_due_posts(now)
    waiting = OutboxPost.objects.get()
    assert waiting.attempts == 0
    social.refresh_from_db()
    assert social.not_before is not None
    assert social.not_before > now


def test_a_withdrawn_token_is_reported_and_nothing_is_lost(server, social, now):
    promise(social, now)
    server.misbehave(faults.refuse(401), on="", times=9)
    deliver_due_posts(now)
    social.refresh_from_db()
    assert social.last_error
    server.behave()
    assert deliver_due_posts(now + LATER) == 1


def test_a_refused_text_is_given_up_and_says_why(server, social, now):
    promise(social, now, text="x" * 6000)
    assert deliver_due_posts(now) == 1
    refused = OutboxPost.objects.get()
    assert refused.given_up_at
    assert refused.error
    assert deliver_due_posts(now + LATER) == 0


def test_an_answer_to_a_post_that_is_gone_is_dropped(server, social, now):
    there = server.people["nia"].say("Un phare ? @envol")
    post = said(
        "Un phare ?", on=social, uri=there.uri, remote_id=there.id, visibility=Visibility.PUBLIC
    )
    promise(social, now, key="feedback", kind=Kind.FEEDBACK, in_reply_to=post)
    server.people["nia"].delete(there)
    deliver_due_posts(now)
    assert server.said_by_bot == []
    assert OutboxPost.objects.get().given_up_at


def test_answers_hang_under_the_post_that_they_answer(server, social, now):
    there = server.people["nia"].say("Un phare ? @envol")
    post = said("Un phare ?", on=social, uri=there.uri, remote_id=there.id)
    promise(social, now, key="feedback", kind=Kind.FEEDBACK, in_reply_to=post)
    deliver_due_posts(now)
    assert server.said_by_bot[0].parent == there
    assert OutboxPost.objects.get().post.parent == post


def test_a_lane_is_said_in_order(server, social, now):
    for number in range(3):
        promise(social, now, key=str(number), text=f"Message {number}", lane="account:1")
    server.misbehave(faults.unavailable(), on="POST /api/v1/statuses")
    moment = now
    for _ in range(8):
        deliver_due_posts(moment)
        moment += timedelta(minutes=5)
    assert [said.text for said in server.said_by_bot] == ["Message 0", "Message 1", "Message 2"]


def test_a_lane_that_was_given_up_does_not_block_the_rest(server, social, now):
    promise(social, now, key="0", text="x" * 6000, lane="account:1")
    promise(social, now, key="1", text="Message", lane="account:1")
    deliver_due_posts(now)
    deliver_due_posts(now)
    assert [said.text for said in server.said_by_bot] == ["Message"]


def test_a_connection_that_is_switched_off_keeps_quiet(server, social, now):
    promise(social, now)
    Connection.objects.update(is_enabled=False)
    assert deliver_due_posts(now) == 0
    assert server.said_by_bot == []

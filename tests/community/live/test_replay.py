"""An event that three real servers told us, once more: at ten times its speed, with the room open.

Time is passed in: a viewer who looks every second and a half looks, at that speed, once in fifteen
seconds of the event.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from community.models import Participant
from community.people import participants_of
from microblog.forgetting import forget_posts
from microblog.gateways.base import HeardPost, Visibility
from microblog.models import Account, Connection, Post, Sighting
from microblog.recording import record_posts
from tests.builders import a_connection
from tests.community.live.telling import an_event
from tests.community.live.viewer import Watcher
from tests.contracts.recordings import NOTIFICATIONS, TAG, Recording, replayed

pytestmark = pytest.mark.django_db

SERVERS = ("gotosocial", "takahe", "snac")
BEGIN = datetime(2026, 11, 21, 0, 21, tzinfo=UTC)
END = datetime(2026, 11, 21, 0, 30, tzinfo=UTC)
SPEED = 10
POLL = timedelta(seconds=1.5) * SPEED


@dataclass(frozen=True)
class Told:
    """What one server told at one moment."""

    at: datetime
    post: HeardPost
    connection: Connection


def heard_from(recording: Recording) -> Sequence[HeardPost]:
    """Through the gateway: the hashtag, the riddle with its thread, what was said to us (in private
    too), and a post before and after its edit."""
    server = recording.server
    server.pages(TAG, "15_hashtag_timeline_page1", "15_hashtag_timeline_page2_max_id")
    server.pages(NOTIFICATIONS, "14_notifications_all")
    tagged = recording.gateway.fetch_hashtag("photodevinette", "").posts
    thread = recording.gateway.fetch_thread(recording.id_of("01_status_public_hashtag")).posts
    riddle = recording.post("01_status_public_hashtag")
    spoken = recording.gateway.fetch_mentions("").posts
    versions = []
    for name in ("12_edit_before", "12_edit_after"):
        server.show(name, on=f"GET /api/v1/statuses/{recording.id_of(name)}")
        versions.append(recording.post(name))
    known = {version.uri for version in versions}
    once = {post.uri: post for post in (riddle, *spoken, *thread, *tagged) if post.uri not in known}
    return [*once.values(), *versions]


@pytest.fixture
def story(db) -> Sequence[Told]:
    """In the order in which it was said."""
    story = []
    with ExitStack() as stack:
        for name in SERVERS:
            connection = a_connection(name)
            for post in heard_from(stack.enter_context(replayed(name))):
                story.append(Told(post.edited_at or post.created_at, post, connection))
    return sorted((told for told in story if BEGIN <= told.at < END), key=lambda told: told.at)


@pytest.fixture
def event(db):
    return an_event(hashtag="photoDevinette", starts_at=BEGIN, ends_at=END)


def hear(told: Told) -> Post:
    """Recorded as by the ear; whoever speaks has come aboard."""
    record_posts(told.connection, [told.post], via=Sighting.Via.HASHTAG, now=told.at)
    author = Account.objects.get(uri=told.post.author.uri)
    person = participants_of([author])[author.pk]
    Participant.objects.filter(pk=person.pk).update(consent="show")
    return Post.objects.get(uri=told.post.uri)


def ticks(story: Sequence[Told]) -> Iterator[tuple[datetime, list[Told]]]:
    """When the viewer looks, and what was said since they looked last."""
    now = BEGIN
    while now < END:
        yield now + POLL, [told for told in story if now <= told.at < now + POLL]
        now += POLL


def words(text: str) -> str:
    return "".join(text.split())


def is_open(post: HeardPost) -> bool:
    return post.visibility in {Visibility.PUBLIC, Visibility.UNLISTED}


def test_every_post_is_there_at_the_next_look(story, event):
    viewer = Watcher(event, now=BEGIN)
    tagged = 0
    for now, said in ticks(story):
        posts = [hear(told) for told in said]
        viewer.now = now
        viewer.ask()
        shown = viewer.posts()
        for told, post in zip(said, posts, strict=True):
            if is_open(told.post) and "photodevinette" in told.post.hashtags:
                tagged += 1
                assert post.pk in shown, told.post.text
            if not is_open(told.post):
                assert post.pk not in shown
    assert tagged >= 3 * 8
    viewer.now += timedelta(seconds=1)
    assert viewer.ask() == 204
    assert viewer.posts() == Watcher(event, now=viewer.now).posts()


def test_threads_are_folded_and_answers_need_no_hashtag(story, event):
    for told in story:
        hear(told)
    viewer = Watcher(event, now=END)
    first = [told.post for told in story if not told.post.parent_uri]
    riddles = [post.uri for post in first if {"défi", "photodevinette"} <= {*post.hashtags}]
    assert len(riddles) == len(SERVERS)
    folded = viewer.threads()
    for riddle in Post.objects.filter(uri__in=riddles):
        assert folded[riddle.pk] >= 4
        answers = [post.hashtags for post in riddle.thread.all()]
        assert sum("photodevinette" not in hashtags for hashtags in answers) >= 2


def test_edits_and_deletions_are_followed(story, event):
    for told in story:
        hear(told)
    viewer = Watcher(event, now=END)
    assert viewer.ask() == 204
    edited = [told for told in story if told.post.edited_at]
    assert len(edited) == len(SERVERS)
    everything = viewer.texts()
    for told in edited:
        assert any(words(told.post.text) in words(text) for text in everything)
    gone = list(viewer.threads())[:2]
    forget_posts(Post.objects.filter(pk__in=gone), now=END)
    viewer.now = END + timedelta(seconds=2)
    assert viewer.ask() == 200
    assert not viewer.posts() & set(gone)

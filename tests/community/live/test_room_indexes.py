"""Which posts belong to an event is an index question, however long the history is."""

from datetime import timedelta

import pytest
from django.db import connection

from community.live.belonging import read_telling, span_of
from microblog.models import Account, Post, PostHashtag
from tests.builders import NOON
from tests.community.live.telling import an_event
from tests.services.test_indexes import plans_of, reads_through

LONG = 3000
pytestmark = pytest.mark.django_db


@pytest.fixture
def history(db) -> None:
    """Months of the event's own hashtag and of others, half of it answers."""
    rex = Account.objects.create(uri="https://social.example/users/rex", handle="rex")
    posts = Post.objects.bulk_create(
        Post(
            network="mastodon",
            uri=f"{rex.uri}/{number}",
            author=rex,
            said_at=NOON - timedelta(hours=number),
            fingerprint=f"{number}",
        )
        for number in range(LONG)
    )
    for post, parent in zip(posts[1::2], posts[::2], strict=True):
        post.parent = post.root = parent
    Post.objects.bulk_update(posts[1::2], ["parent", "root"], batch_size=500)
    PostHashtag.objects.bulk_create(
        PostHashtag.of(post, "nuitetoiles" if number % 3 else "envol")
        for number, post in enumerate(posts)
    )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def test_neither_posts_nor_hashtags_are_read_through(history):
    event = an_event()
    plans = plans_of(lambda: read_telling(event, span_of(event)))
    assert any("moments_of_a_hashtag" in plan for plan in plans), plans
    assert any("posts_of_a_thread" in plan for plan in plans), plans
    for table in ("microblog_post", "microblog_posthashtag"):
        assert not any(reads_through(plan, table) for plan in plans), plans

"""The queue is found by its own few rows, however many were answered before. Runs on the database
at hand."""

import pytest
from django.db import connection

from community.models import Claim, Need, NeedReason, Participant
from community.tutoring.listing import Wish, count_waiting, read_queue
from community.tutoring.tending import backlog, tend
from microblog.models import Account, Post
from tests.builders import NOON
from tests.services.test_indexes import plans_of, reads_through

pytestmark = pytest.mark.django_db
LONG = 2000


@pytest.fixture(scope="module")
def history(shared_rows) -> Participant:
    """Thousands of newcomers who were answered, and three who wait."""
    rex = Account.objects.create(uri="https://social.example/users/rex", handle="rex")
    people = Participant.objects.bulk_create(Participant(name=f"{n}") for n in range(LONG))
    posts = Post.objects.bulk_create(
        Post(
            network="mastodon",
            uri=f"{rex.uri}/{number}",
            author=rex,
            said_at=NOON,
            fingerprint=f"{number}",
            answered_fingerprint=f"{number}",
        )
        for number in range(LONG)
    )
    needs = Need.objects.bulk_create(
        Need(
            person=person,
            post=post,
            network="mastodon",
            since=NOON,
            shows_at=NOON,
            closed_at=None if number < 3 else NOON,
        )
        for number, (person, post) in enumerate(zip(people, posts, strict=True))
    )
    NeedReason.objects.bulk_create(
        NeedReason(
            need=need,
            kind="unanswered",
            post=need.post,
            since=NOON,
            shows_at=NOON,
            closed_at=need.closed_at,
        )
        for need in needs
    )
    Claim.objects.bulk_create(
        Claim(need=need, tutor=people[0], claimed_at=NOON, expires_at=NOON, ended_at=NOON)
        for need in needs
    )
    if connection.vendor == "postgresql":  # it counts its rows by itself now and then
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return people[LONG - 1]


def ask(tutor: Participant) -> None:
    wish = Wish(kind="unanswered", network="mastodon")
    queue = read_queue(wish, tutor=tutor, reader=None, now=NOON, after=None)
    assert len(queue.needs) == queue.counts["unanswered"] == 3
    assert count_waiting(now=NOON) == 3


def test_reading_the_queue_goes_through_no_history(history):
    for plan in plans_of(lambda: ask(history)):
        for model in (Need, NeedReason, Claim, Post, Participant):
            assert not reads_through(plan, model._meta.db_table), plan


def test_tending_it_neither(history):
    for plan in plans_of(lambda: (tend(NOON), backlog(NOON))):
        for model in (Need, NeedReason, Claim, Post, Participant):
            assert not reads_through(plan, model._meta.db_table), plan

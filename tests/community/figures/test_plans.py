"""With thousands of posts counted, a batch reads only its own neighbourhood."""

from datetime import timedelta

import pytest
from django.db import connection

from community.figures.tallying import tally
from community.models import CountedPost, Exchange, Participant
from tests.builders import NOON
from tests.community.figures.building import a_person, behind, say
from tests.services.test_indexes import plans_of, reads_through

pytestmark = pytest.mark.django_db
LONG = 4000


@pytest.fixture
def history(db):
    """Ana and Ben have talked with each other, and with many others, for months."""
    ana, ben = a_person("ana"), a_person("ben")
    others = Participant.objects.bulk_create(Participant(name=f"{n}") for n in range(LONG))
    CountedPost.objects.bulk_create(
        CountedPost(
            post_id=10_000_000 + number,
            person=behind(ana),
            answers=behind(ben),
            said_at=NOON - timedelta(minutes=number),
            network="mastodon",
        )
        for number in range(LONG)
    )
    Exchange.objects.bulk_create(
        Exchange(answerer=behind(ana), answered=other, posts=1, first_at=NOON, last_at=NOON)
        for other in others
    )
    if connection.vendor == "postgresql":  # it counts its rows by itself now and then
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return ana, ben


def test_a_batch_reads_no_ledger_through(history):
    ana, ben = history
    say(ana, to=say(ben))
    plans = plans_of(lambda: tally(NOON))
    assert any("counted_posts_of_a_person" in plan for plan in plans)
    for model in (CountedPost, Exchange):
        assert not any(reads_through(plan, model._meta.db_table) for plan in plans), plans

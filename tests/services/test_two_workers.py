"""Two processes on one backlog leave exactly one of everything. Runs on the database at hand."""

from datetime import datetime
from functools import partial

import pytest
from django.conf import settings
from django.db.models import Sum

from badges.models import Award
from badges.shipped import install_shipped_badges
from challenges.launching import launch_challenge
from challenges.models import LaunchPost, Screening, Submission
from community.models import AccountLink, DailyTally, LearningEvent, Participant
from microblog.connecting import connect_practice
from microblog.gateways.base import HeardAccount, HeardPost
from microblog.models import Connection, OutboxPost, Post, Sighting
from microblog.recording import record_posts
from tests.builders import heard_post
from tests.challenges.building import a_level, a_mini_challenge
from tests.community.figures.building import snapshot
from tests.community.figures.reader import read_every_post
from tests.journeys import loop
from tests.processes import at_once

WORKERS, PEOPLE, EACH = 2, 60, 5
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def backlog(now) -> Connection:
    """A challenge on the practice timeline, and 300 answers that nobody has looked at."""
    practice = connect_practice()
    install_shipped_badges(loop.CONTENT)
    levels = [a_level("Une photo", rules=[("photo", {"count": 1})])]
    page = a_mini_challenge("Une photo", hashtags="UnePhoto", levels=levels)
    launch_challenge(page, by=None, now=now)
    loop.drain(now)
    launch = LaunchPost.objects.get().promise.post
    answers = [_answer(launch, number) for number in range(PEOPLE * EACH)]
    record_posts(practice, answers, via=Sighting.Via.THREAD, now=now)
    return practice


def _answer(launch: Post, number: int) -> HeardPost:
    handle = f"rex{number % PEOPLE}"
    home = f"{settings.BASE_URL}/@{handle}"
    by = HeardAccount(uri=home, handle=handle, display_name=handle.title(), url=home)
    here = f"{home}/{number}"
    return heard_post(
        "Voilà", by=by, uri=here, remote_id=here, parent_uri=launch.uri, photos=["Une tasse"]
    )


def work_together(now: datetime) -> None:
    """Each runs every step until nothing moves."""
    at_once(*[partial(loop.drain, now)] * WORKERS)


def test_two_workers_leave_one_of_everything(backlog, now):
    work_together(loop.later(now))
    loop.drain(loop.later(now))  # the last of them may have found all rows in the other's hands
    assert not Post.objects.unanswered().exists()
    assert Screening.objects.filter(decision="matched").count() == PEOPLE * EACH
    assert Participant.objects.count() == AccountLink.objects.count() == PEOPLE
    assert Submission.objects.accepted().count() == PEOPLE
    assert LearningEvent.objects.filter(kind="level_accepted").count() == PEOPLE
    assert Award.objects.filter(issued_at=None).count() == 0
    assert Award.objects.filter(badge_class__slug="premier-envol").count() == PEOPLE
    assert not OutboxPost.objects.waiting().exists()
    given_up = OutboxPost.objects.exclude(given_up_at=None)
    assert not list(given_up.values_list("key", "error"))
    assert said_by(backlog) == OutboxPost.objects.count()
    assert OutboxPost.objects.filter(kind="feedback").count() == PEOPLE
    assert (
        DailyTally.objects.filter(kind="posts").aggregate(sum=Sum("value"))["sum"] == PEOPLE * EACH
    )
    assert snapshot() == read_every_post()


def said_by(bot: Connection) -> int:
    return Post.objects.alive().filter(author=bot.account_id).count()

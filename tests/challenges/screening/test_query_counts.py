"""A batch costs what it costs, whatever its size and whatever was said before."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from challenges.crediting import credit_submissions
from challenges.feedback import promise_feedback
from challenges.models import Screening, Submission
from challenges.screening import screen_posts
from microblog.models import Post, Sighting
from microblog.recording import record_posts
from tests.builders import NOON, a_connection, heard_account, heard_post
from tests.challenges.building import a_riddle
from tests.challenges.story import PHOTO, a_challenge, launched, level, run

pytestmark = pytest.mark.django_db


@pytest.fixture
def social(db):
    return a_connection()


@pytest.fixture
def launch(social):
    page = a_challenge(level("A photo", PHOTO), level("A tag", ("hashtags", {"hashtags": []})))
    launched(a_riddle(), social)
    return launched(page, social)


def crowd(launch, social, size: int, *, name: str) -> None:
    """So many strangers answer, half of them with a photo; every tenth answers another."""
    bot = heard_account("social-bot")
    posts = []
    for number in range(size):
        above = posts[-1].uri if number % 10 == 9 else launch.uri
        posts.append(
            heard_post(
                f"#Envol {number}",
                by=f"{name}{number}",
                parent_uri=above,
                mentions=(bot,),
                photos=["Une tasse bleue posée"] if number % 2 else [],
            )
        )
    record_posts(social, posts, via=Sighting.Via.THREAD, now=NOON)


def queries_of(step) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert step(NOON)
    return len(queries)


STEPS = (screen_posts, credit_submissions, promise_feedback)


def test_a_batch_of_200_costs_what_a_batch_of_10_costs(social, launch):
    run("screen")
    crowd(launch, social, 10, name="few")
    few = [queries_of(step) for step in STEPS]
    crowd(launch, social, 200, name="many")
    many = [queries_of(step) for step in STEPS]
    assert many == few
    assert max(few) <= 90


def a_history(launch, size: int, *, since: int) -> None:
    """Posts in the launch's own thread that were screened and answered long ago."""
    posts = Post.objects.bulk_create(
        Post(
            network=launch.network,
            uri=f"{launch.uri}/{since + number}",
            author=launch.author,
            text="Il y a longtemps",
            said_at=NOON,
            parent=launch,
            root=launch,
            fingerprint="told",
            answered_fingerprint="told",
        )
        for number in range(size)
    )
    key = launch.promise.launch_post.launch.challenge_key
    Screening.objects.bulk_create(
        Screening(
            post=post,
            fingerprint="told",
            told_fingerprint="told",
            decision="matched",
            challenge_key=key,
            screened_at=NOON,
        )
        for post in posts
    )
    Submission.objects.bulk_create(
        Submission(
            post=post,
            account=launch.author,
            challenge_key=key,
            level=key,
            level_number=1,
            outcome="accepted",
            judged_at=NOON,
            credited_at=NOON,
        )
        for post in posts
    )


def test_a_batch_after_5000_posts_costs_what_it_costs_after_1000(social, launch):
    run("screen")
    a_history(launch, 1_000, since=0)
    crowd(launch, social, 20, name="early")
    early = [queries_of(step) for step in STEPS]
    a_history(launch, 4_000, since=1_000)
    crowd(launch, social, 20, name="late")
    assert [queries_of(step) for step in STEPS] == early

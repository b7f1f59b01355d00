"""Several workers at once leave exactly one of everything."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from wagtail.models import Locale, Page

from challenges.models import Screening, Submission
from challenges.screening import screen_posts
from community.models import AccountLink, LearningEvent, Participant
from microblog.models import OutboxPost, Post, Sighting
from microblog.recording import record_posts
from tests.builders import NOON, a_connection, heard_post
from tests.challenges.building import a_mini_challenge, a_riddle
from tests.challenges.story import PHOTO, launched, level, run

WORKERS, PEOPLE = 4, 30
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def root(db) -> None:
    """Another test's cleaning may have taken what the migrations made."""
    Locale.objects.get_or_create(language_code="fr")
    if not Page.objects.exists():
        Page.add_root(title="Root", slug="root")


def work(_worker: int) -> None:
    try:
        while screen_posts(NOON, batch=7):
            run("credit", "feedback")
    finally:
        connection.close()


def test_four_workers_leave_one_of_everything(root):
    social = a_connection()
    launch = launched(a_mini_challenge(levels=[level("Photo", PHOTO)]), social)
    launched(a_riddle(), social)
    posts = [
        heard_post("Voilà", by=f"rex{number % PEOPLE}", parent_uri=launch.uri, photos=["Une tasse"])
        for number in range(3 * PEOPLE)
    ]
    record_posts(social, posts, via=Sighting.Via.THREAD, now=NOON)
    with ThreadPoolExecutor(WORKERS) as workers:
        list(workers.map(work, range(WORKERS)))
    run("screen", "credit", "feedback")  # the last of them may have found all rows in other hands
    assert not Post.objects.unanswered().exists()
    assert Screening.objects.filter(decision="matched").count() == 3 * PEOPLE
    assert Participant.objects.count() == AccountLink.objects.count() == PEOPLE
    assert Submission.objects.count() == Submission.objects.accepted().count() == PEOPLE
    assert LearningEvent.objects.filter(kind="level_accepted").count() == PEOPLE
    assert OutboxPost.objects.filter(kind="feedback").count() == PEOPLE

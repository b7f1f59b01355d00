"""Several people click at once: everybody who asked hears one answer, and hears it once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from wagtail.models import Locale, Page

from challenges.models import Question
from challenges.riddles.answering import answer_question, answer_repeats
from microblog.models import OutboxPost, Sighting
from microblog.recording import record_posts
from tests.builders import NOON, a_connection, a_user, heard_post
from tests.challenges.building import a_riddle
from tests.challenges.story import launched, run

CLICKERS, PEOPLE = 4, 12
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def asked(db) -> Question:
    """A dozen people ask the same."""
    Locale.objects.get_or_create(language_code="fr")
    if not Page.objects.exists():
        Page.add_root(title="Root", slug="root")
    social = a_connection()
    launch = launched(a_riddle(), social)
    posts = [
        heard_post("Ça se mange ?", by=f"rex{number}", parent_uri=launch.uri)
        for number in range(PEOPLE)
    ]
    record_posts(social, posts, via=Sighting.Via.THREAD, now=NOON)
    run("screen", now=NOON)
    return Question.objects.first()


def at_once(work) -> list[int]:
    start = Barrier(CLICKERS)

    def one(number: int) -> int:
        try:
            start.wait()
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(CLICKERS) as workers:
        return list(workers.map(one, range(CLICKERS)))


def test_the_first_of_four_clicks_is_the_answer(asked):
    users = [a_user(f"tutor{number}") for number in range(CLICKERS)]
    answers = [Question.Answer.YES, Question.Answer.NO] * (CLICKERS // 2)
    moved = at_once(
        lambda number: answer_question(asked, answers[number], by=users[number], now=NOON)
    )
    assert sorted(moved) == [0] * (CLICKERS - 1) + [PEOPLE]
    (given,) = set(Question.objects.values_list("answer", "answered_by"))
    winner = moved.index(PEOPLE)
    assert given == (answers[winner], users[winner].pk)
    texts = set(OutboxPost.objects.filter(kind="question").values_list("text", flat=True))
    assert OutboxPost.objects.filter(kind="question").count() == len(texts) == PEOPLE


def test_a_repeat_is_answered_once_by_however_many_workers(asked):
    first = Question.objects.exclude(pk=asked.pk)
    Question.objects.filter(pk=asked.pk).update(state="answered", answer="no", answered_at=NOON)
    done = at_once(lambda _number: answer_repeats(NOON))
    assert sum(done) == PEOPLE - 1
    assert set(first.values_list("answer", "is_repeat")) == {("no", True)}
    assert OutboxPost.objects.filter(kind="question").count() == PEOPLE - 1

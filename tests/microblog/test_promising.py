"""Many promises at once: each made once, and changed only in its words."""

import pytest

from microblog.models import OutboxPost
from microblog.promising import enqueue_posts
from tests.builders import NOON, a_connection

pytestmark = pytest.mark.django_db


@pytest.fixture
def social(db):
    return a_connection()


def promise(social, key: str, text: str = "Bravo") -> OutboxPost:
    return OutboxPost(key=key, kind="feedback", connection=social, text=text, due_at=NOON)


def test_a_promise_is_made_once(social):
    assert enqueue_posts([promise(social, "a"), promise(social, "b")]) == 2
    assert enqueue_posts([promise(social, "a"), promise(social, "c")]) == 1
    assert OutboxPost.objects.count() == 3


def test_new_words_are_a_new_version_and_try_again(social):
    enqueue_posts([promise(social, "a")])
    OutboxPost.objects.update(said_version=1, attempts=5, given_up_at=NOON)
    assert enqueue_posts([promise(social, "a", "Presque")]) == 1
    row = OutboxPost.objects.get()
    assert (row.text, row.version, row.said_version, row.attempts) == ("Presque", 2, 1, 0)
    assert row.given_up_at is None


@pytest.mark.parametrize("size", [2, 150])
def test_any_number_costs_the_same(social, size, django_assert_num_queries):
    enqueue_posts([promise(social, "0")])
    promises = [promise(social, str(number), f"{number}") for number in range(size)]
    with django_assert_num_queries(5):  # two of them the transaction's own
        enqueue_posts(promises)
    with django_assert_num_queries(0):
        assert enqueue_posts([]) == 0

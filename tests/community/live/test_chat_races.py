"""Several workers, and a hand, at one chat: every question once, none in the minute of another."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from community.live.chat.asking import NotNow, ask_due_questions, ask_question
from community.models import ChatQuestion, ChatRhythm, QuestionPost
from microblog.models import OutboxPost
from tests.builders import NOON, a_connection
from tests.community.live.chatting import a_chat

WORKERS = 4
pytestmark = pytest.mark.django_db(transaction=True)


def ring(minute: int) -> None:
    try:
        while ask_due_questions(NOON + timedelta(minutes=minute)):
            pass
    finally:
        connection.close()


def press(pk: int) -> None:
    try:
        question = ChatQuestion.objects.select_related("event").get(pk=pk)
        ask_question(question, now=NOON)
    except NotNow:
        return
    finally:
        connection.close()


def test_workers_racing_ask_each_question_once():
    a_connection("one")
    a_connection("two")
    event = a_chat("Un", "Deux")
    with ThreadPoolExecutor(WORKERS) as workers:
        list(workers.map(ring, [0] * WORKERS))
    assert list(event.questions.asked().values_list("number", flat=True)) == [1]
    with ThreadPoolExecutor(WORKERS) as workers:
        list(workers.map(ring, [10] * WORKERS))
    assert event.questions.asked().count() == 2
    assert OutboxPost.objects.count() == QuestionPost.objects.count() == 4
    assert ChatRhythm.objects.count() == 1


def test_two_hands_and_a_worker_ask_one_question():
    a_connection()
    event = a_chat("Un", "Deux")
    first, second = event.questions.all()
    with ThreadPoolExecutor(WORKERS) as workers:
        pressed = [workers.submit(press, one.pk) for one in (first, second)]
        pressed.append(workers.submit(ring, 0))
        for one in pressed:
            one.result()
    assert event.questions.asked().count() == 1
    assert OutboxPost.objects.count() == 1

"""The page on which questions are answered with a click, and who may click."""

import pytest
from django.urls import reverse

from challenges.conducting import reveal_riddle
from challenges.models import Question
from microblog.models import OutboxPost
from tests.builders import NOON, a_connection
from tests.challenges.building import a_riddle
from tests.challenges.story import launched, reply, run
from tests.markup import attributes_of, faults_of

pytestmark = pytest.mark.django_db
PAGE = "/en/review/questions/"


@pytest.fixture
def riddle(db):
    return a_riddle(language="en")


@pytest.fixture
def social(db):
    return a_connection(language="en")


@pytest.fixture
def question(riddle, social) -> Question:
    return ask(launched(riddle, social), social, "Is it alive?")


def ask(launch, social, text: str, **fields) -> Question:
    post = reply(launch, text, on=social, **fields)
    run("screen", now=NOON)
    return Question.objects.get(post=post)


def click(client, question: Question, door: str = "answer_question", **data: str):
    address = reverse(f"review:{door}", args=[question.pk])
    return client.post(address, data, follow=True, headers={"accept-language": "en"})


def test_a_tutor_answers_with_one_click(client, tomas, question):
    client.force_login(tomas)
    page = client.get(PAGE).content.decode()
    assert "Is it alive?" in page and "Rex asked" in page
    click(client, question, answer="no")
    question.refresh_from_db()
    assert question.answer == "no" and question.answered_by == tomas
    assert OutboxPost.objects.get(kind="question").text == "@rex@social.example Mmm… no."
    assert "Answered lately" in client.get(PAGE).content.decode()


@pytest.mark.parametrize(
    "door", ["answer_question", "change_answer", "undo_answer", "set_question_aside"]
)
def test_nobody_else_may(client, nia, question, door):
    address = reverse(f"review:{door}", args=[question.pk])
    assert client.post(address, {"answer": "no"}).status_code == 302  # to the login
    client.force_login(nia)
    assert client.post(address, {"answer": "no"}).status_code == 403
    assert client.get(PAGE).status_code == 403
    question.refresh_from_db()
    assert question.state == Question.State.OPEN


def test_answers_are_posted_never_fetched(client, tomas, question):
    client.force_login(tomas)
    address = reverse("review:answer_question", args=[question.pk])
    assert client.get(address, {"answer": "no"}).status_code == 405


def test_the_second_clicker_is_told(client, tomas, olga, question):
    client.force_login(tomas)
    click(client, question, answer="no")
    client.force_login(olga)
    click(client, question, answer="yes")
    question.refresh_from_db()
    assert question.answer == "no" and question.answered_by == tomas
    assert OutboxPost.objects.filter(kind="question").count() == 1


def test_own_words_are_wanted_where_they_are_the_answer(client, tomas, question):
    client.force_login(tomas)
    click(client, question, answer="custom")
    question.refresh_from_db()
    assert question.state == Question.State.OPEN
    click(client, question, answer="custom", words="Only at night.")
    assert "Only at night." in OutboxPost.objects.get(kind="question").text


@pytest.mark.parametrize("field", ["words", "told_as"])
def test_no_answer_gives_the_riddle_away_before_its_reveal(client, tomas, riddle, question, field):
    client.force_login(tomas)
    told = {"answer": "yes", field: "Yes, a lighthouse is!"}
    click(client, question, **told)
    question.refresh_from_db()
    assert question.state == Question.State.OPEN
    reveal_riddle(riddle, now=NOON)
    click(client, question, **told)
    question.refresh_from_db()
    assert question.state == Question.State.ANSWERED


def test_a_click_is_taken_back_or_changed_on_the_page(client, tomas, question):
    client.force_login(tomas)
    click(client, question, answer="no")
    click(client, question, "undo_answer")
    question.refresh_from_db()
    assert question.state == Question.State.OPEN
    click(client, question, answer="no")
    click(client, question, "change_answer", answer="almost")
    assert "getting warm" in OutboxPost.objects.get(kind="question").text


def test_what_is_no_question_is_set_aside(client, tomas, question):
    client.force_login(tomas)
    click(client, question, "set_question_aside")
    assert "Is it alive?" not in client.get(PAGE).content.decode()
    click(client, question, "take_question_up")
    assert "Is it alive?" in client.get(PAGE).content.decode()


def test_an_earlier_answer_is_offered_where_each_is_given_by_hand(client, tomas, social):
    launch = launched(a_riddle(language="en", answers_repeats=False), social)
    first = ask(launch, social, "Is it alive?")
    client.force_login(tomas)
    click(client, first, answer="neither")
    ask(launch, social, "Is it alive?", by="ada")
    assert "Asked before, and you said:" in client.get(PAGE).content.decode()


def test_the_page_leads_to_the_posts(client, tomas, question):
    client.force_login(tomas)
    page = client.get(PAGE).content.decode()
    assert question.post.url in {link.get("href") for link in attributes_of(page, "a")}
    assert faults_of(page) == []


def test_ten_questions_cost_what_two_cost(client, tomas, riddle, social, count_queries):
    launch = launched(riddle, social)
    client.force_login(tomas)

    def crowd(size: int, name: str) -> int:
        for number in range(size):
            ask(launch, social, f"Is it thing {name}{number}?", by=f"{name}{number}")
        client.get(PAGE)
        return count_queries(lambda: client.get(PAGE))

    assert crowd(2, "few") == crowd(10, "many")

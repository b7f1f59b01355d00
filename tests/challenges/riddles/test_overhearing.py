"""A person answers in the thread instead of on the page: the question is answered."""

from datetime import timedelta

import pytest

from challenges.models import Question
from challenges.riddles.overhearing import read_answer
from microblog.models import Account, OutboxPost, Post
from microblog.timeline.writing import write_post
from tests.builders import NOON, a_connection
from tests.challenges.building import a_riddle
from tests.challenges.story import launched, reply, run


@pytest.mark.parametrize(
    "text, answer, words",
    [
        ("Oui ! Et même par très gros temps.", "yes", "Et même par très gros temps."),
        ("Mmm... non, mais cherche plus haut", "no", "mais cherche plus haut"),
        ("Mmm, presque !", "almost", ""),
        ("Pas tout à fait : plus grand.", "almost", "plus grand."),
        ("Ni oui ni non…", "neither", ""),
        ("Yes", "yes", ""),
        ("No, sorry.", "no", "sorry."),
        ("Not quite, look again", "almost", "look again"),
    ],
)
def test_an_answer_is_heard(text, answer, words):
    heard = read_answer(text)
    assert heard and (heard.answer, heard.words) == (answer, words)


@pytest.mark.parametrize("text", ["Bonne question !", "Nonobstant", "Nobody knows", "", "🙂"])
def test_anything_else_is_no_answer(text):
    assert read_answer(text) is None


@pytest.fixture
def question(db) -> Question:
    social = a_connection()
    post = reply(launched(a_riddle(), social), "Ça se mange ?", on=social)
    run("screen", now=NOON)
    return Question.objects.get(post=post)


def answer_in_thread(question: Question, user, text: str = "Non, jamais !") -> Post:
    account = Account.objects.get(user=user)
    post = write_post(
        account, text=text, in_reply_to=question.post, now=NOON + timedelta(minutes=1)
    )
    run("screen", "feedback", now=NOON + timedelta(minutes=2))
    question.refresh_from_db()
    return post


@pytest.mark.django_db
def test_who_may_answer_answers_in_the_thread(question, tomas):
    answer_in_thread(question, tomas)
    assert (question.state, question.answer, question.words) == ("answered", "no", "jamais !")
    assert question.answered_by == tomas
    assert not OutboxPost.objects.filter(kind="question").exists()


@pytest.mark.django_db
def test_what_anybody_else_says_leaves_it_open(question, nia):
    answer_in_thread(question, nia)
    assert question.state == "open"


@pytest.mark.django_db
def test_a_kind_word_leaves_it_open(question, tomas):
    answer_in_thread(question, tomas, "Bonne question !")
    assert question.state == "open"

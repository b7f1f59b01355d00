"""From a question under a riddle to its answer in public, and to the next who asks the same."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from challenges.models import Question, Screening
from challenges.riddles.answering import (
    GRACE,
    answer_question,
    change_answer,
    set_aside,
    take_up,
    undo_answer,
)
from community.consent import change_consent
from community.models import Consent
from microblog.models import Account, OutboxPost, Post, Sighting
from microblog.recording import record_posts
from tests.builders import NOON, a_connection, heard_post
from tests.challenges.building import a_riddle
from tests.challenges.story import launched, manners, person_behind, reply, run

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)
Answer, State = Question.Answer, Question.State


@pytest.fixture
def social(db):
    return a_connection(language="en")


@pytest.fixture
def launch(social):
    return launched(a_riddle(language="en"), social)


def ask(launch, social, text: str, **fields) -> Post:
    post = reply(launch, text, on=social, **fields)
    run("screen", "credit", "feedback", now=NOON)
    return post


def said_to(post: Post) -> list[str]:
    return [promise.text for promise in OutboxPost.objects.filter(in_reply_to=post).order_by("pk")]


def test_a_question_waits_for_a_person_and_the_bot_keeps_quiet(launch, social):
    post = ask(launch, social, "Is it alive?")
    assert post.question.state == State.OPEN
    assert not post.question.is_guess
    assert post.screening.silence == Screening.Silence.QUESTION
    assert said_to(post) == []


def test_a_wrong_guess_with_a_question_mark_is_told_both(launch, social):
    post = ask(launch, social, "It's a boat?")
    assert post.question.is_guess and post.question.state == State.OPEN
    (words,) = said_to(post)
    assert "Your question is kept" in words


def test_a_right_guess_is_no_question(launch, social):
    post = ask(launch, social, "Is it a lighthouse?")
    assert not Question.objects.exists()
    assert "found it" in said_to(post)[0]


def test_talk_among_people_is_none_of_our_business(launch, social):
    post = ask(launch, social, "Is it alive?")
    ask(post, social, "Do you think so?", by="ada")
    assert Question.objects.count() == 1


def test_questions_belong_to_riddles_alone(social):
    from_no_riddle = ask(launched(a_riddle(), social), social, "Jolie photo !")
    assert not Question.objects.filter(post=from_no_riddle).exists()


def test_one_click_tells_everybody_who_asked_the_same(launch, social, olga):
    first = ask(launch, social, "Is it alive?")
    second = ask(launch, social, "Hello! It's alive?", by="ada")
    other = ask(launch, social, "Is it outdoors?", by="bob")
    assert answer_question(first.question, Answer.NO, by=olga, now=LATER) == 2
    assert said_to(first) == ["@rex@social.example Mmm… no."]
    assert said_to(second) == ["@ada@social.example Mmm… no."]
    assert said_to(other) == []
    promise = OutboxPost.objects.get(in_reply_to=first)
    assert promise.due_at == LATER + GRACE
    assert promise.visibility == "public" and promise.kind == "question"
    first.question.refresh_from_db()
    assert first.question.answered_by == olga and first.question.promise == promise


@pytest.mark.parametrize(
    "answer, words, told",
    [
        (Answer.YES, "", "@rex@social.example Yes!"),
        (Answer.YES, "In a way.", "@rex@social.example Yes! In a way."),
        (
            Answer.ALMOST,
            "",
            "@rex@social.example Mmm… not quite, but you are getting warm!",
        ),
        (Answer.NEITHER, "", "@rex@social.example Neither yes nor no."),
        (Answer.CUSTOM, "Only at night.", "@rex@social.example Only at night."),
    ],
)
def test_every_answer_has_its_words(launch, social, olga, answer, words, told):
    post = ask(launch, social, "Is it alive?")
    answer_question(post.question, answer, by=olga, words=words, now=LATER)
    assert said_to(post) == [told]


def test_people_are_answered_in_their_language(launch, social, olga):
    post = ask(launch, social, "C'est vivant ?", language="fr")
    answer_question(post.question, Answer.YES, by=olga, now=LATER)
    assert OutboxPost.objects.get(in_reply_to=post).language == "fr"


def test_the_second_click_says_nothing(launch, social, olga, tomas):
    post = ask(launch, social, "Is it alive?")
    assert answer_question(post.question, Answer.NO, by=olga, now=LATER) == 1
    assert answer_question(post.question, Answer.YES, by=tomas, now=LATER) == 0
    assert said_to(post) == ["@rex@social.example Mmm… no."]


def test_whoever_asks_again_hears_the_same_by_itself(launch, social, olga):
    first = ask(launch, social, "Is it alive?")
    answer_question(first.question, Answer.NO, by=olga, words="It never was.", now=LATER)
    again = ask(launch, social, "is this alive ?", by="ada")
    assert said_to(again) == [
        "@ada@social.example Somebody had the same idea before you: Mmm… no. It never was."
    ]
    assert again.question.is_repeat and again.question.answered_by == olga
    assert Screening.objects.get(post=again).silence == Screening.Silence.QUESTION


def test_a_guess_asked_again_hears_one_answer_alone(launch, social, olga):
    first = ask(launch, social, "It's a boat?")
    answer_question(first.question, Answer.ALMOST, by=olga, now=LATER)
    again = ask(launch, social, "Is it a boat?", by="ada")
    (words,) = said_to(again)
    assert "same idea" in words and "getting warm" in words


def test_a_riddle_may_wish_to_answer_every_question_itself(social, olga):
    launch = launched(a_riddle(language="en", answers_repeats=False), social)
    first = ask(launch, social, "Is it alive?")
    answer_question(first.question, Answer.NO, by=olga, now=LATER)
    again = ask(launch, social, "Is it alive?", by="ada")
    assert again.question.state == State.OPEN
    assert said_to(again) == []


def test_the_same_words_about_another_riddle_are_another_question(launch, social, olga):
    first = ask(launch, social, "Is it alive?")
    answer_question(first.question, Answer.NO, by=olga, now=LATER)
    elsewhere = launched(a_riddle("And this?", language="en", hashtags="other"), social)
    assert ask(elsewhere, social, "Is it alive?", by="ada").question.state == State.OPEN


def test_a_click_is_undone_before_it_is_said(launch, social, olga):
    post = ask(launch, social, "Is it alive?")
    answer_question(post.question, Answer.NO, by=olga, now=LATER)
    assert undo_answer(post.question) == 1
    assert said_to(post) == []
    post.question.refresh_from_db()
    assert post.question.state == State.OPEN and post.question.answer == ""
    assert answer_question(post.question, Answer.YES, by=olga, now=LATER) == 1
    assert said_to(post) == ["@rex@social.example Yes!"]


def test_what_was_said_is_changed_by_an_edit(launch, social, olga, tomas):
    post = ask(launch, social, "Is it alive?")
    answer_question(post.question, Answer.NO, by=olga, now=LATER)
    OutboxPost.objects.filter(in_reply_to=post).update(said_version=1, attempts=1)
    assert undo_answer(post.question) == 0
    assert change_answer(post.question, Answer.ALMOST, by=tomas, now=LATER) == 1
    promise = OutboxPost.objects.get(in_reply_to=post)
    assert promise.version == 2 and "getting warm" in promise.text
    post.question.refresh_from_db()
    assert post.question.answer == Answer.ALMOST


def test_a_question_that_is_none_is_set_aside_and_taken_up_again(launch, social, olga):
    post = ask(launch, social, "Is it alive?")
    assert set_aside(post.question) == 1
    assert answer_question(post.question, Answer.NO, by=olga, now=LATER) == 0
    assert take_up(post.question) == 1
    assert answer_question(post.question, Answer.NO, by=olga, now=LATER) == 1


def test_an_edit_asks_anew_and_the_answer_is_edited(launch, social, olga):
    post = ask(launch, social, "Is it alive?", uri="https://social.example/1", remote_id="1")
    answer_question(post.question, Answer.NO, by=olga, now=LATER)
    ask(launch, social, "Is it outdoors?", uri="https://social.example/1", remote_id="1")
    question = Question.objects.get(post=post)
    assert question.state == State.OPEN
    answer_question(question, Answer.YES, by=olga, now=LATER)
    assert said_to(post) == ["@rex@social.example Yes!"]


def test_an_edit_may_ask_nothing_any_more(launch, social):
    ask(launch, social, "Is it alive?", uri="https://social.example/1", remote_id="1")
    ask(launch, social, "A boat!", uri="https://social.example/1", remote_id="1")
    assert not Question.objects.exists()


def test_who_refuses_bots_is_not_answered_but_the_page_will_know(launch, social, olga):
    post = ask(launch, social, "Is it alive?", by="shy")
    Account.objects.filter(pk=post.author_id).update(refuses_bots=True)
    assert answer_question(post.question, Answer.NO, by=olga, now=LATER) == 1
    assert said_to(post) == []
    assert undo_answer(post.question) == 1


def test_who_wants_nothing_kept_leaves_no_question(launch, social):
    post = ask(launch, social, "Is it alive?")
    change_consent(person_behind(post.author), Consent.NOTHING, now=LATER)
    assert not Question.objects.exists()


def test_the_quiet_hours_hold_for_what_the_bot_says_by_itself(launch, social, olga):
    first = ask(launch, social, "Is it alive?")
    answer_question(first.question, Answer.NO, by=olga, now=LATER)
    noon = NOON.astimezone().time()
    manners(quiet_from=noon.replace(hour=0), quiet_until=noon.replace(hour=23, minute=59))
    again = ask(launch, social, "Is it alive?", by="ada")
    assert OutboxPost.objects.get(in_reply_to=again).due_at > NOON


def crowd(launch, social, size: int, *, name: str) -> None:
    posts = [
        heard_post(f"Is it thing number {number % 7}?", by=f"{name}{number}", parent_uri=launch.uri)
        for number in range(size)
    ]
    record_posts(social, posts, via=Sighting.Via.THREAD, now=NOON)
    run("screen", now=NOON)


def test_a_hundred_who_ask_cost_what_ten_cost(launch, social, olga):
    def cost(size: int, name: str) -> list[int]:
        crowd(launch, social, size, name=name)
        with CaptureQueriesContext(connection) as clicked:
            question = Question.objects.open().filter(post__author__handle__startswith=name)[0]
            answer_question(question, Answer.NO, by=olga, now=LATER)
        with CaptureQueriesContext(connection) as repeated:
            run("feedback", now=NOON)
        return [len(clicked), len(repeated)]

    few = cost(10, "few")
    Question.objects.all().delete()
    assert cost(100, "many") == few

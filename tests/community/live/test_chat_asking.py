"""Questions go out by themselves in their rhythm, once, and calmly after a long night."""

from datetime import timedelta

import pytest

from community.live.chat.asking import NotNow, ask_due_questions, ask_question, questions_waiting
from community.live.chat.conducting import (
    change_interval,
    pause,
    read_score,
    resume,
    skip,
    take_up,
)
from community.models import ChatQuestion, LiveEvent, QuestionPost
from microblog.delivering import deliver_due_posts
from microblog.models import OutboxPost
from tests.builders import NOON, a_connection
from tests.community.live.chatting import a_chat

pytestmark = pytest.mark.django_db


def minutes(number: float):
    return timedelta(minutes=number)


def asked() -> list[int]:
    return list(ChatQuestion.objects.asked().order_by("asked_at").values_list("number", flat=True))


def walk(until: float, *, start: float = 0, step: float = 1) -> list[tuple[float, int]]:
    """Let the alarm ring every so many minutes; (minute, number) of what went out."""
    told, minute = [], start
    while minute <= until:
        before = set(asked())
        while ask_due_questions(NOON + minutes(minute)):
            pass
        told += [(minute, number) for number in asked() if number not in before]
        minute += step
    return told


@pytest.fixture
def social():
    return a_connection(language="fr")


def test_the_first_at_the_start_and_the_others_after_the_interval(social):
    a_chat()
    assert ask_due_questions(NOON - minutes(1)) == 0
    assert walk(60) == [(0, 1), (10, 2), (20, 3)]
    assert questions_waiting(NOON + minutes(60)).count == 0


def test_a_question_is_said_on_every_connection_in_its_language(social, practice):
    event = a_chat("Qui es-tu ?")
    event.questions.update(text_en="Who are you?")
    social.language = "en"
    social.save()
    ask_due_questions(NOON)
    said = {post.connection_id: post for post in OutboxPost.objects.all()}
    assert "Q1: Who are you?" in said[social.pk].text
    assert "Qui es-tu ?" in said[practice.pk].text
    assert said[practice.pk].text.count("#TchatPhares") >= 1
    assert "/live/tchat/questions/" in said[practice.pk].text
    assert {post.kind for post in said.values()} == {OutboxPost.Kind.CHAT}
    assert QuestionPost.objects.count() == 2


def test_what_was_said_is_known_to_the_question(practice, now):
    a_chat()
    ask_due_questions(NOON)
    assert deliver_due_posts(now) == 1
    post = QuestionPost.objects.get().promise.post
    assert post.author == practice.account
    assert "tchatphares" in post.hashtags


def test_a_question_too_long_for_a_network_is_cut_never_its_hashtag(social):
    social.character_limit = 300
    social.save()
    a_chat("Que " + "vois-tu " * 45)
    ask_due_questions(NOON)
    text = OutboxPost.objects.get().text
    assert "#TchatPhares" in text
    assert text.startswith("Q1\N{NO-BREAK SPACE}: Que vois-tu")
    assert len(text) <= 300


def test_planned_minutes_and_questions_asked_by_hand(social):
    event = a_chat("Un", "Deux", "Trois")
    event.questions.filter(number=2).update(planned_minute=25)
    event.questions.filter(number=3).update(by_hand=True)
    assert walk(70) == [(0, 1), (25, 2)]
    assert ask_question(event.questions.get(number=3), now=NOON + minutes(71))
    assert asked() == [1, 2, 3]


def test_after_a_long_night_they_still_come_one_by_one(social):
    event = a_chat("Un", "Deux", "Trois")
    for number, minute in ((1, 0), (2, 5), (3, 6)):
        event.questions.filter(number=number).update(planned_minute=minute)
    told = walk(60, start=50, step=0.25)
    assert [number for _minute, number in told] == [1, 2, 3]
    moments = [minute for minute, _number in told]
    assert moments[0] == 50
    assert all(later - earlier >= 1 for earlier, later in zip(moments, moments[1:], strict=False))


def test_long_after_the_end_nothing_goes_out_by_itself(social):
    event = a_chat()
    assert ask_due_questions(NOON + timedelta(days=1)) == 0
    assert ask_question(event.questions.get(number=1), now=NOON + timedelta(days=1))


@pytest.mark.parametrize(
    "change",
    [{"state": LiveEvent.State.CANCELLED}, {"state": "proposed"}, {"kind": "live_tweet"}],
)
def test_only_chats_that_take_place(social, change):
    event = a_chat()
    LiveEvent.objects.filter(pk=event.pk).update(**change)
    assert ask_due_questions(NOON) == 0


def test_without_a_connection_questions_wait(now):
    event = a_chat()
    assert ask_due_questions(NOON) == 0
    with pytest.raises(NotNow):
        ask_question(event.questions.get(number=1), now=now)
    assert asked() == []


def test_a_hand_and_the_rhythm_never_ask_in_the_same_minute(social):
    event = a_chat()
    ask_due_questions(NOON)
    with pytest.raises(NotNow):
        ask_question(event.questions.get(number=2), now=NOON + minutes(0.5))
    assert ask_question(event.questions.get(number=2), now=NOON + minutes(9.5))
    assert walk(19, start=9.75) == []
    assert walk(25, start=19.5) == [(19.5, 3)]


def test_pressing_twice_asks_once(social):
    question = a_chat().questions.get(number=1)
    assert ask_question(question, now=NOON)
    assert not ask_question(question, now=NOON + minutes(5))
    assert OutboxPost.objects.count() == 1


def test_pause_resume_and_another_interval(social):
    event = a_chat()
    ask_due_questions(NOON)
    pause(event, now=NOON + minutes(1))
    assert walk(30, start=1) == []
    resume(event, now=NOON + minutes(30))
    assert walk(39, start=30) == []
    assert walk(41, start=40) == [(40, 2)]
    change_interval(event, minutes=3, now=NOON + minutes(41))
    assert walk(50, start=42) == [(43, 3)]


def test_a_skipped_question_is_passed_over_until_it_is_taken_up(social):
    event = a_chat()
    second = event.questions.get(number=2)
    assert skip(second, now=NOON)
    assert not skip(second, now=NOON)
    assert walk(12) == [(0, 1), (10, 3)]
    assert take_up(second)
    assert walk(30, start=13) == [(20, 2)]


def test_a_change_in_the_editor_is_looked_at_anew(social):
    event = a_chat("Un", "Deux")
    event.questions.filter(number=1).update(planned_minute=40)
    assert walk(5) == []
    first = event.questions.get(number=1)
    first.planned_minute = 6
    first.save()
    assert walk(17, start=6) == [(6, 1), (16, 2)]


def test_the_organiser_sees_what_comes_when(social, count_queries):
    event = a_chat("Un", "Deux", "Trois", minutes=15)
    event.questions.filter(number=2).update(by_hand=True)
    score = read_score(event, now=NOON - minutes(5))
    assert [line.state for line in score.lines] == ["waiting", "by_hand", "waiting"]
    assert [line.expected_at for line in score.lines] == [NOON, None, NOON + minutes(10)]
    assert score.next.number == 1
    assert score.late == 0
    change_interval(event, minutes=20, now=NOON - minutes(5))
    assert read_score(event, now=NOON).late == 1
    few = count_queries(lambda: read_score(event, now=NOON))
    for number in range(4, 20):
        ChatQuestion.objects.create(event=event, number=number, text_en="And?")
    assert count_queries(lambda: read_score(event, now=NOON)) == few


def test_nothing_is_asked_of_the_database_for_chats_that_are_over(social, count_queries):
    for number in range(5):
        a_chat(slug=f"vieux-{number}", starts_at=NOON - timedelta(days=30 + number))
    assert ask_due_questions(NOON) == 0
    assert count_queries(lambda: ask_due_questions(NOON)) <= 3

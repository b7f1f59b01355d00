"""Hints in their order, one reveal, closed in every language; each said once."""

from datetime import timedelta

import pytest

from challenges.conducting import (
    NotNow,
    close_challenge,
    reopen_challenge,
    reveal_riddle,
    send_hint,
)
from challenges.models import PhotoRiddlePage
from microblog.models import OutboxPost
from tests.builders import NOON
from tests.challenges.building import a_launch, a_riddle, french, translated

pytestmark = pytest.mark.django_db
HINTS = [{"type": "hint", "value": "It is tall."}, {"type": "hint", "value": "It turns."}]


@pytest.fixture
def riddle():
    return a_riddle(hints=HINTS, reveal_text="<p>A <b>lighthouse</b>, of course.</p>")


@pytest.fixture
def launched(riddle, practice):
    return a_launch(riddle, practice)


def promises(kind):
    return list(OutboxPost.objects.filter(kind=kind).order_by("pk"))


def test_a_hint_is_said_under_the_launch_and_on_the_page(riddle, launched):
    assert send_hint(riddle, number=1, now=NOON)

    (promise,) = promises("hint")
    assert french("Hint %(number)s: %(text)s", number=1, text="It is tall.") in promise.text
    assert promise.in_reply_to == launched
    assert promise.key == f"hint:{riddle.translation_key}:1:1:{promise.connection_id}"
    assert promise.lane == f"challenge:{riddle.translation_key}"
    riddle.refresh_from_db()
    assert riddle.hints_so_far == ["It is tall."]


def test_a_hint_is_given_once(riddle, launched):
    assert send_hint(riddle, number=1, now=NOON)
    assert not send_hint(riddle, number=1, now=NOON)
    assert len(promises("hint")) == 1


@pytest.mark.parametrize("number", [0, 2, 3])
def test_hints_come_in_their_order(riddle, launched, number):
    with pytest.raises(NotNow):
        send_hint(riddle, number=number, now=NOON)
    assert promises("hint") == []


def test_the_reveal_is_told_once_with_its_words(riddle, launched):
    assert reveal_riddle(riddle, now=NOON)
    assert not reveal_riddle(riddle, now=NOON + timedelta(hours=1))

    (promise,) = promises("reveal")
    assert "A lighthouse, of course." in promise.text
    assert promise.in_reply_to == launched
    riddle.refresh_from_db()
    assert riddle.revealed_at == NOON


def test_without_words_the_reveal_says_the_first_answer(practice):
    riddle = a_riddle()
    a_launch(riddle, practice)
    reveal_riddle(riddle, now=NOON)

    assert "phare" in promises("reveal")[0].text


def test_nothing_to_reveal_is_said(practice):
    with pytest.raises(NotNow):
        reveal_riddle(a_riddle(answers=""), now=NOON)


def test_they_are_said_under_the_latest_round_only(riddle, practice, launched):
    second = a_launch(riddle, practice, at=NOON + timedelta(days=1), again=True)
    send_hint(riddle, number=1, now=NOON)

    assert [one.in_reply_to for one in promises("hint")] == [second]


def test_a_riddle_revealed_before_any_launch_is_told_on_its_page_alone(riddle):
    assert reveal_riddle(riddle, now=NOON)
    assert promises("reveal") == []


def test_all_languages_are_revealed_together(riddle):
    english = translated(riddle, "en")
    reveal_riddle(english, now=NOON)

    assert set(PhotoRiddlePage.objects.values_list("revealed_at", flat=True)) == {NOON}


def test_closing_and_opening_again(riddle):
    english = translated(riddle, "en")

    assert close_challenge(riddle, now=NOON)
    assert not close_challenge(english, now=NOON)
    english.refresh_from_db()
    assert not english.is_open

    assert reopen_challenge(english)
    riddle.refresh_from_db()
    assert riddle.is_open

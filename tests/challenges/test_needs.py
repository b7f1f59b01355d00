"""What tutors hear from the challenges: twice not yet, and questions about riddles."""

import pytest

from challenges.models import PhotoRiddlePage, Question
from challenges.needs import SETTERS_TIME
from challenges.screening import screen_posts
from community.models import Need, NeedReason
from community.tutoring.remarks import remarks_of
from community.tutoring.tending import tend
from microblog.timeline.services import edit_post
from tests.builders import NOON
from tests.challenges.building import a_level, a_mini_challenge, a_riddle
from tests.community.tutoring.waiting import (
    aboard,
    kinds_of,
    minutes,
    need_of,
    person_of,
    says,
)

pytestmark = pytest.mark.django_db
LINK = "#defiLien"


@pytest.fixture
def challenge(practice):
    levels = [a_level("A link", rules=[("link", {})]), a_level("More", rules=[("photo", {})])]
    return a_mini_challenge("Partage un lien", hashtags="defiLien", levels=levels)


@pytest.fixture
def known(nia, tomas, practice):
    """Nia is aboard and was greeted: nothing else makes her wait."""
    hello = says(aboard(nia), "Bonjour", at=NOON - minutes(60))
    says(tomas, "@nia Bienvenue !", to=hello, at=NOON - minutes(50))
    return nia


def test_the_second_not_yet_calls_a_tutor(challenge, known):
    says(known, f"Premier essai {LINK}")
    assert kinds_of(known) == set()
    second = says(known, f"Deuxième essai {LINK}", at=NOON + minutes(1))
    assert kinds_of(known) == {"not_yet"}
    reason = NeedReason.objects.get(post=second)
    assert reason.params == {"challenge": "Partage un lien", "level": 1, "rules": ["link"]}


def test_an_edit_of_one_post_is_no_second_try(challenge, known):
    post = says(known, f"Premier essai {LINK}")
    edit_post(post, text=f"Premier essai, mieux {LINK}", now=NOON + minutes(1))
    screen_posts(NOON + minutes(1))
    assert kinds_of(known) == set()


def test_what_passed_a_level_isnt_stuck_at_the_next(challenge, known):
    says(known, f"https://example.org {LINK}")
    says(known, f"Une image viendra {LINK}", at=NOON + minutes(1))
    assert kinds_of(known) == set()


def test_passing_after_all_ends_the_wait(challenge, known):
    says(known, f"Premier essai {LINK}")
    says(known, f"Deuxième essai {LINK}", at=NOON + minutes(1))
    says(known, f"Voilà https://example.org {LINK}", at=NOON + minutes(2))
    tend(NOON + minutes(3))
    assert kinds_of(known) == set()
    assert Need.objects.filter(person=person_of(known)).latest("pk").ending == "settled"


def test_guessing_at_a_riddle_twice_is_the_game(practice, known):
    a_riddle(hashtags="photoDevinette")
    for number in range(3):
        says(known, f"Un moulin {number} #photoDevinette", at=NOON + minutes(number))
    assert kinds_of(known) == set()


def test_a_question_about_a_riddle_gives_its_setter_time(practice, known):
    riddle = a_riddle("Qui brille ?", hashtags="photoDevinette")
    question = says(known, "Est-ce que ça se mange ? #photoDevinette #Envol")
    assert kinds_of(known) == {"riddle"}
    assert not Need.objects.shown(now=NOON + minutes(5)).exists()
    assert Need.objects.shown(now=NOON + SETTERS_TIME).get() == need_of(known)
    Question.objects.update_or_create(
        post=question,
        defaults={
            "challenge_key": riddle.translation_key,
            "asked_as": "x",
            "asked_at": NOON,
            "state": Question.State.ANSWERED,
            "answer": Question.Answer.NO,
        },
    )
    tend(NOON + SETTERS_TIME)
    assert kinds_of(known) == set()


def test_nobody_asks_about_a_riddle_that_is_told(practice, known, now):
    a_riddle(hashtags="photoDevinette")
    PhotoRiddlePage.objects.update(revealed_at=now)
    says(known, "C'était donc ça ? #photoDevinette")
    assert kinds_of(known) == set()


def test_verdicts_stand_beside_the_posts(challenge, known):
    missing = says(known, f"Premier essai {LINK}")
    passed = says(known, f"https://example.org {LINK}", at=NOON + minutes(1))
    found = remarks_of([missing, passed])
    assert found[missing.pk].state == "not_yet"
    assert found[missing.pk].rules == ["link"]
    assert found[passed.pk].state == "accepted"
    assert "Partage un lien" in found[passed.pk].title

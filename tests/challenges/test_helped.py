"""A level that wasn't passed yet, a help, and the level passed: the help did it."""

from datetime import timedelta

import pytest

from challenges.helped import missing_gestures
from community.models import Help, LearningEvent
from microblog.models import Sighting
from microblog.recording import record_posts
from tests.builders import NOON, a_connection, heard_post
from tests.challenges.story import DESCRIBED, PHOTO, a_challenge, launched, level, reply, run

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
CUP = "Une tasse bleue posée sur une table"
STEPS = ("screen", "credit", "mentor")


@pytest.fixture
def social(db):
    return a_connection()


@pytest.fixture
def launch(social):
    return launched(a_challenge(level("Photo décrite", PHOTO, DESCRIBED)), social)


@pytest.fixture
def shy(launch, social):
    """Nia's first try: a photo without its description."""
    post = reply(launch, on=social, by="nia", photos=[""])
    run(*STEPS)
    return post


@pytest.fixture
def tip(shy, social):
    """Tomas, who has taken part too, says what is missing."""
    reply(launch_of(shy), on=social, by="tomas", photos=[CUP], at=NOON - HOUR)
    run(*STEPS)
    words = "Il lui manque de quoi la voir les yeux fermés"
    post = reply(shy, words, on=social, by="tomas", at=NOON + HOUR)
    run(*STEPS)
    return post


def launch_of(post):
    return post.parent


def test_what_an_answer_misses_is_known_to_who_judges_helps(shy):
    assert missing_gestures([shy.pk, 0]) == {shy.pk: frozenset({"description"})}


def test_passed_by_a_later_post_after_a_help(tip, launch, social):
    deed = Help.objects.get()
    assert (deed.topic, deed.confirmed_at) == ("challenge", None)
    reply(launch, on=social, by="nia", photos=[CUP], at=NOON + 2 * HOUR)
    run(*STEPS)
    run("mentor")
    deed.refresh_from_db()
    assert deed.confirmed_by == Help.Confirmation.APPLIED
    kinds = {"helped", "was_helped"}
    assert LearningEvent.objects.filter(kind__in=kinds).count() == 2


def test_passed_by_an_edit_after_a_help(tip, shy, social):
    edited = heard_post(
        "Voilà",
        by="nia",
        uri=shy.uri,
        remote_id=shy.sightings.get().remote_id,
        parent_uri=shy.parent_uri,
        at=shy.said_at,
        edited_at=NOON + 2 * HOUR,
        photos=[CUP],
    )
    record_posts(social, [edited], via=Sighting.Via.THREAD, now=NOON + 2 * HOUR)
    run(*STEPS, now=NOON + 3 * HOUR)
    assert Help.objects.get().confirmed_by == Help.Confirmation.APPLIED


def test_passed_before_the_help_was_given_confirms_nothing(shy, launch, social):
    reply(launch, on=social, by="tomas", photos=[CUP])
    reply(launch, on=social, by="nia", photos=[CUP], at=NOON + HOUR)
    run(*STEPS)
    words = "Il lui manque de quoi la voir les yeux fermés"
    reply(shy, words, on=social, by="tomas", at=NOON + 2 * HOUR)
    run(*STEPS)
    assert Help.objects.get().confirmed_at is None


def test_a_reply_that_names_what_is_missing_is_about_that(shy, launch, social):
    reply(launch, on=social, by="tomas", photos=[CUP])
    run(*STEPS)
    reply(shy, "Décris-la avec le bouton ALT", on=social, by="tomas", at=NOON + HOUR)
    run(*STEPS)
    deed = Help.objects.get()
    assert (deed.topic, deed.gestures) == ("missing", ["description"])

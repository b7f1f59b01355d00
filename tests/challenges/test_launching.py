"""Launched once per round, however often it is asked and wherever a worker dies."""

import threading
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import connection as database
from django.db import transaction
from PIL import Image

from challenges.launching import (
    LaunchRefused,
    latest_round,
    launch_challenge,
    launches_waiting,
    promise_launches,
)
from challenges.models import Launch, LaunchPost
from microblog.models import OutboxPost
from tests.builders import NOON, a_connection
from tests.challenges.building import a_mini_challenge, a_photo, a_riddle, french, translated

LATER = NOON + timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def riddle():
    return a_riddle()


def promises():
    return list(OutboxPost.objects.order_by("key"))


def test_a_launch_is_promised_on_every_connection_in_use(riddle, practice):
    social = a_connection(character_limit=280)
    a_connection("asleep", is_enabled=False)

    launch = launch_challenge(riddle, by=None, now=NOON)
    moved = promise_launches(NOON)

    assert moved == 1
    assert [one.key for one in promises()] == sorted(
        f"launch:{launch.pk}:{one.pk}" for one in (practice, social)
    )
    assert {row.connection for row in LaunchPost.objects.all()} == {practice, social}
    assert all(one.kind == "launch" and one.visibility == "public" for one in promises())


def test_the_post_has_question_hashtags_link_and_a_described_photo(riddle, practice):
    launch_challenge(riddle, by=None, now=NOON)
    promise_launches(NOON)

    promise = promises()[0]
    assert promise.text.startswith("What shines up there?")
    assert "#Envol #photoDevinette" in promise.text
    assert promise.text.endswith("https://envol.example/fr/defis/what-shines-up-there/")
    attachment = promise.attachments[0]
    assert attachment["alt_text"] == "A golden disc on blue"
    assert attachment["mime_type"] == "image/jpeg"
    with default_storage.open(attachment["path"]) as file, Image.open(file) as image:
        assert image.format == "JPEG"
        assert max(image.size) <= 1600


def test_no_launch_gives_the_answer_away(riddle, practice):
    launch_challenge(riddle, by=None, now=NOON)
    promise_launches(NOON)

    assert "phare" not in promises()[0].text


def test_a_photo_may_be_described_differently_here(practice):
    launch_challenge(a_riddle(photo_alt="A shape, very near"), by=None, now=NOON)
    promise_launches(NOON)

    assert promises()[0].attachments[0]["alt_text"] == "A shape, very near"


def test_a_large_photo_is_made_smaller(practice):
    photo = a_photo(size=(4000, 3000))
    launch_challenge(a_riddle(photo=photo), by=None, now=NOON)
    promise_launches(NOON)

    with default_storage.open(promises()[0].attachments[0]["path"]) as file, Image.open(file) as im:
        assert im.size == (1600, 1200)


def test_a_mini_challenge_without_a_photo_is_launched_with_words_alone(practice):
    launch_challenge(a_mini_challenge(), by=None, now=NOON)
    promise_launches(NOON)

    assert promises()[0].attachments == []
    assert "A whole post without it." in promises()[0].text
    assert "Without an e" in promises()[0].text


def test_pressing_twice_launches_once(riddle, olga, practice):
    first = launch_challenge(riddle, by=olga, now=NOON, round=1)
    second = launch_challenge(riddle, by=olga, now=NOON, round=1)
    promise_launches(NOON)

    assert first == second
    assert promise_launches(NOON) == 0
    assert len(promises()) == 1


def test_launching_again_without_saying_so_gives_the_first_launch(riddle, practice):
    first = launch_challenge(riddle, by=None, now=NOON)
    promise_launches(NOON)

    assert launch_challenge(riddle, by=None, now=LATER) == first
    assert Launch.objects.count() == 1


def test_again_is_one_more_round_in_other_words(riddle, practice):
    launch_challenge(riddle, by=None, now=NOON)
    promise_launches(NOON)
    second = launch_challenge(riddle, by=None, now=LATER, again=True)
    promise_launches(LATER)

    assert second.round == 2 == latest_round(riddle)
    texts = [one.text for one in promises()]
    assert len(texts) == 2 and french("Here it is again, for those who missed it:") in texts[1]
    assert {one.lane for one in promises()} == {f"challenge:{riddle.translation_key}"}


def test_again_before_a_first_time_is_the_first_time(riddle):
    assert launch_challenge(riddle, by=None, now=NOON, again=True).round == 1


def test_no_round_is_left_out(riddle):
    with pytest.raises(LaunchRefused):
        launch_challenge(riddle, by=None, now=NOON, round=2)


def test_every_language_is_the_same_challenge(riddle, practice):
    english = translated(riddle, "en")
    first = launch_challenge(riddle, by=None, now=NOON)

    assert launch_challenge(english, by=None, now=NOON) == first


def test_each_connection_hears_its_own_language_or_the_page_that_was_launched(riddle, practice):
    translated(
        riddle, "en", title="A light", question="What is that?", slug="light", hashtags="riddle"
    )
    english, german = a_connection(language="en"), a_connection("german", language="de")
    launch_challenge(riddle, by=None, now=NOON)
    promise_launches(NOON)

    said = {one.connection_id: one for one in promises()}
    assert said[english.pk].text.startswith("What is that?")
    assert "#riddle" in said[english.pk].text
    assert "/en/defis/light/" in said[english.pk].text
    assert said[english.pk].language == "en"
    assert said[practice.pk].language == said[german.pk].language == "fr"


def test_some_connections_only(riddle, practice):
    social = a_connection()
    launch_challenge(riddle, by=None, now=NOON, connections=[social])
    promise_launches(NOON)

    assert [one.connection for one in promises()] == [social]


def test_a_later_launch_waits_for_its_time(riddle, practice):
    launch_challenge(riddle, by=None, now=NOON, at=LATER)

    assert promise_launches(NOON) == 0
    assert launches_waiting(NOON).count == 0
    assert launches_waiting(LATER).count == 1
    assert promise_launches(LATER) == 1


def test_a_draft_is_not_launched(riddle):
    riddle.unpublish()

    with pytest.raises(LaunchRefused):
        launch_challenge(riddle, by=None, now=NOON)


def test_a_page_scheduled_before_its_launch_may_be_launched_then(practice):
    riddle = a_riddle(live=False)
    riddle.go_live_at = NOON + timedelta(hours=1)
    riddle.save_revision(approved_go_live_at=riddle.go_live_at)
    riddle.save()
    launch_challenge(riddle, by=None, now=NOON, at=LATER)

    assert promise_launches(LATER) == 0, "the page isn't public yet"

    riddle.live = True
    riddle.save()
    assert promise_launches(LATER) == 1


def test_a_closed_challenge_is_not_launched(riddle):
    riddle.closed_at = NOON

    with pytest.raises(LaunchRefused):
        launch_challenge(riddle, by=None, now=NOON)


def test_without_a_connection_a_launch_waits_and_says_so(riddle):
    launch_challenge(riddle, by=None, now=NOON)

    assert promise_launches(NOON) == 0
    launch = Launch.objects.get()
    assert launch.error and launch.attempts == 1 and launch.promised_at is None

    a_connection()
    assert promise_launches(launch.due_at) == 1
    assert Launch.objects.get().error == ""


def test_a_photo_that_cannot_be_read_stops_nobody_else(riddle, practice):
    default_storage.delete(riddle.photo.file.name)
    other = a_mini_challenge()
    launch_challenge(riddle, by=None, now=NOON)
    launch_challenge(other, by=None, now=NOON)

    assert promise_launches(NOON) == 1
    broken = Launch.objects.get(challenge_key=riddle.translation_key)
    assert broken.error and broken.due_at > NOON
    assert [one.text for one in promises() if "Without an e" in one.text]


def test_a_worker_that_dies_in_the_middle_leaves_nothing_half_done(riddle, practice):
    a_connection()
    launch_challenge(riddle, by=None, now=NOON)

    class Killed(BaseException):
        pass

    def die(*_args):
        raise Killed

    with pytest.raises(Killed), transaction.atomic():
        promise_launches(NOON)
        die()
    assert promises() == []

    assert promise_launches(NOON) == 1
    assert len(promises()) == LaunchPost.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_promise_once(practice):
    riddle = a_riddle()
    launch_challenge(riddle, by=None, now=NOON)
    ready, moved = threading.Barrier(2), []

    def work():
        ready.wait()
        try:
            moved.append(promise_launches(NOON))
        finally:
            database.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sorted(moved) == [0, 1]
    assert len(promises()) == 1

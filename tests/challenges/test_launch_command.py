"""manage.py launch: says what it did, and what it didn't understand."""

import json
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command

from challenges.launching import launch_challenge
from challenges.models import Launch
from tests.builders import NOON, a_connection
from tests.challenges.building import a_mini_challenge, a_riddle, translated

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def launch(*arguments) -> str:
    """What the command prints."""
    return call_command("launch", *arguments) or ""


def report(capsys, *arguments) -> dict:
    call_command("launch", *arguments, "--json")
    return json.loads(capsys.readouterr().out)


def test_a_slug_is_enough(capsys):
    a_riddle(slug="phare")
    launch("phare")

    assert "“What shines up there?”, round 1" in capsys.readouterr().out
    assert Launch.objects.get().connections.count() == 0


def test_the_slug_of_a_translation_launches_the_same_challenge(capsys):
    riddle = a_riddle(slug="phare")
    translated(riddle, "en", slug="lighthouse")
    launch("phare")
    launch("lighthouse")

    assert Launch.objects.get().challenge_key == riddle.translation_key


def test_twice_is_once_and_again_is_another_round(capsys):
    a_riddle(slug="phare")

    assert report(capsys, "phare")["round"] == 1
    assert report(capsys, "phare")["round"] == 1
    assert report(capsys, "phare", "--again")["round"] == 2


def test_what_was_launched_before_says_how_to_say_it_again(capsys):
    a_riddle(slug="phare")
    launch("phare")
    assert not capsys.readouterr().err
    launch("phare")
    assert "--again" in capsys.readouterr().err


def test_on_some_connections_at_a_time(capsys, practice):
    a_connection("social")
    a_riddle(slug="phare")

    found = report(capsys, "phare", "--on", "social", "--at", "2030-09-01T18:00")
    assert found["connections"] == ["social"]
    assert found["promised"] is False
    at = datetime(2030, 9, 1, 18, tzinfo=ZoneInfo("Europe/Brussels"))
    assert Launch.objects.get().due_at == at


def test_a_wrong_slug_is_answered_with_near_ones():
    a_riddle(slug="phare")
    a_mini_challenge(slug="sans-e")

    with pytest.raises(CommandError, match=r"No challenge has the slug 'phares'.*Perhaps: phare"):
        launch("phares")


def test_without_challenges_that_is_said():
    with pytest.raises(CommandError, match="There is no challenge yet"):
        launch("phare")


def test_an_unknown_connection_is_answered_with_those_that_there_are():
    a_riddle(slug="phare")
    a_connection("social")

    with pytest.raises(CommandError, match=r"No connection is called socail. There are: social"):
        launch("phare", "--on", "socail")


@pytest.mark.parametrize("time", ["tomorrow", "2026-13-01T10:00", "18:00"])
def test_what_is_no_time_is_refused(time):
    a_riddle(slug="phare")

    with pytest.raises(CommandError, match="is no time"):
        launch("phare", "--at", time)


def test_a_closed_challenge_is_refused_with_the_reason():
    page = a_riddle(slug="phare")
    page.closed_at = NOON
    page.save()

    with pytest.raises(CommandError, match="closed"):
        launch("phare")


def test_a_closed_challenge_that_was_launched_stays_launched(capsys):
    page = a_riddle(slug="phare")
    launch_challenge(page, by=None, now=NOON)
    page.closed_at = NOON
    page.save()

    assert report(capsys, "phare")["round"] == 1

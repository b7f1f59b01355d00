"""The public page, its files, and the picture looked at closely."""

import csv
import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from challenges.screening import screen_posts
from community.consent import change_consent
from community.figures.drawing import draw
from community.figures.export import COLUMNS
from community.models import Consent, FiguresMark, Participant
from microblog.hashtags import bare
from tests.challenges.building import a_mini_challenge
from tests.community.figures.building import a_person, behind, count_all, say
from tests.markup import faults_of

pytestmark = pytest.mark.django_db
PAGE = "/fr/figures/"
DAY = timedelta(days=1)


@pytest.fixture
def lively(db):
    """Seven people, each answered by the one before; Ada was left alone."""
    now = timezone.now()
    people = [a_person(name) for name in ("lea", "max", "noe", "ola", "pia", "rui", "sol")]
    for number, person in enumerate(people):
        hello = say(person, at=now - 2 * DAY)
        say(people[number - 1], to=hello, at=now - 2 * DAY + timedelta(minutes=14))
    say(a_person("ada"), at=now - DAY)
    work()
    return people


def work() -> None:
    count_all(timezone.now())
    FiguresMark.objects.update(drawn_at=None)
    draw(timezone.now())
    cache.clear()


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    "query", ["", "?period=4w", "?period=all&by=month", "?network=mastodon&language=fr", "?by=x"]
)
def test_the_page_is_there(client, lively, language, query):
    answer = client.get(f"/{language}/figures/{query}")
    assert answer.status_code == 200
    assert faults_of(answer.text) == []


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}network/", f"{PAGE}data.csv", f"{PAGE}data.json"])
def test_before_anybody_spoke(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    if path.endswith("/"):
        assert faults_of(answer.text) == []
        assert 'class="empty"' in answer.text


def test_it_says_what_it_counts(client, lively):
    text = client.get("/en/figures/?period=4w").text
    assert "15 posts, of which 7 answer somebody" in text
    assert "8 people said something, 8 of them for the first time" in text
    assert "Half of them waited 14 minutes or less" in text
    assert "7 pairs of people have talked" in text
    assert "Of 8 newcomers of the last sixty days, 1 has talked with nobody yet" in text


def test_the_footer_leads_to_it(client, lively):
    assert f'href="{PAGE}"' in client.get(PAGE).text


def test_only_those_who_are_shown_are_named(client, lively):
    change_consent(behind(lively[0]), Consent.COUNT, now=timezone.now())
    for path in (PAGE, f"{PAGE}network/"):
        text = client.get(path).text
        assert "Max" in text
        assert "Lea" not in text


def test_newcomers_with_nobody_are_named_to_tutors_alone(client, lively, nia, tomas):
    assert "Ada" not in client.get(PAGE).text
    client.force_login(nia)
    assert "Ada" not in client.get(PAGE).text
    client.force_login(tomas)
    assert "Ada" in client.get(PAGE).text
    Participant.objects.filter(name="Ada").update(consent=Consent.COUNT)
    assert "Ada" not in client.get(PAGE).text


def test_each_part_of_the_picture_has_an_address(client, lively):
    for part in range(1, 10):
        answer = client.get(f"{PAGE}network/{part}/")
        assert answer.status_code == 200
        assert faults_of(answer.text) == []
    assert client.get(f"{PAGE}network/10/").status_code == 404


def test_the_files_say_the_same_and_nobodys_name(client, lively):
    table = client.get(f"{PAGE}data.csv?period=4w").text
    rows = list(csv.DictReader(StringIO(table)))
    document = json.loads(client.get(f"{PAGE}data.json?period=4w").content)
    assert list(rows[0]) == list(document["columns"]) == list(document["rows"][0]) == list(COLUMNS)
    assert sum(int(row["posts"] or 0) for row in rows) == document["whole"]["posts"] == 15
    assert document["whole"]["first_answer_median_seconds"] == pytest.approx(14 * 60, rel=0.05)
    assert document["whole"]["helpers"] == 0
    assert "Lea" not in table + json.dumps(document)


def test_a_file_keeps_few_people_to_itself(client, lively):
    say(a_person("rex", network="practice"), language="en")
    work()
    document = json.loads(client.get(f"{PAGE}data.json?network=practice").content)
    assert document["network"] == "practice"
    assert document["whole"]["posts"] is document["whole"]["people"] is None


def test_a_stranger_cant_ask_for_files_for_ever(client, lively, settings):
    answers = {client.get(f"{PAGE}data.csv").status_code for _time in range(31)}
    assert answers == {200, 403}


def test_challenges_are_told_by_their_life(client, lively, settings):
    settings.LANGUAGE_CODE = "fr"
    quiet = a_mini_challenge("Sans la lettre e", hashtags="sansE")
    alive = a_mini_challenge("Un fil", hashtags="unFil")
    say(lively[0], hashtags=list(bare(["unfil"])), text="#unFil")
    screen_posts(timezone.now())
    text = client.get(PAGE).text
    assert text.index(alive.title) < text.index(quiet.title)
    closed = a_mini_challenge("Fermé", hashtags="closed")
    type(closed).objects.filter(pk=closed.pk).update(closed_at=timezone.now())
    assert "Fermé" not in client.get(PAGE).text


def test_a_cold_page_asks_little_whatever_was_said(client, lively, count_queries):
    def cold() -> int:
        """The frame of every page is remembered, the figures aren't."""
        client.get(PAGE)
        cache.delete_many(["figures:places", "figures:period=6m&by=month"])
        return count_queries(lambda: client.get(PAGE))

    few = cold()
    for number in range(30):
        say(lively[0], to=say(a_person(f"more{number}")))
    work()
    assert cold() == few <= 15


def test_addresses_have_names():
    assert reverse("figures:csv").endswith("/figures/data.csv")

"""Figures follow the answers: what the step counts is what a plain recount finds."""

from collections import defaultdict
from datetime import timedelta
from statistics import median

import pytest
from django.core.management import call_command

from challenges.bank.counting import backlog, recount_challenges, tally_challenges
from challenges.bank.figures import figures_of
from challenges.models import Figures, Submission
from community.joining import person_of
from community.linking import merge_participants
from tests.builders import NOON, a_user
from tests.challenges.building import a_launch, a_level, a_mini_challenge, an_answer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
AN_HOUR = timedelta(hours=1)


@pytest.fixture
def page():
    rules = [("hashtags", {"hashtags": []}), ("photo", {"count": 1})]
    return a_mini_challenge(levels=[a_level("Show it", rules=rules)])


@pytest.fixture
def answered(page, practice):
    """Ada needs three tries, Bo one, Cy hasn't got there, Dee waits for a tutor."""
    a_launch(page, practice, at=NOON)
    ada, bo, cy, dee = (a_user(name) for name in ("ada", "bo", "cy", "dee"))
    for number, outcome in enumerate(["not_yet", "not_yet", "accepted"], 1):
        at = NOON + number * AN_HOUR
        an_answer(page, "Try", by=ada, on=practice, outcome=outcome, at=at, rule="photo")
    an_answer(page, "Yes", by=bo, on=practice, at=NOON + 2 * AN_HOUR, rule="photo")
    a_launch(page, practice, at=NOON + 48 * AN_HOUR, again=True)
    later = NOON + 50 * AN_HOUR
    an_answer(page, "No", by=cy, on=practice, outcome="not_yet", at=later, rule="hashtags")
    an_answer(
        page, "Hm", by=dee, on=practice, outcome="with_tutor", rule_found="accepted", at=later
    )
    return {"ada": ada, "bo": bo, "cy": cy, "dee": dee}


def whole(page) -> dict:
    return Figures.objects.get(challenge_key=page.translation_key).data["whole"]


def test_people_count_once_by_the_best_that_was_found(page, answered):
    assert tally_challenges(NOON) == 1

    told = whole(page)
    assert {name: told[name] for name in ("people", "posts", "accepted", "with_tutor")} == {
        "people": 4,
        "posts": 6,
        "accepted": 2,
        "with_tutor": 1,
    }
    assert told["not_yet"] == 1 and told["tries"] == 2
    assert told["first"] == 90 * 60, "an hour in the first round, two in the second"


def test_where_people_get_stuck_is_said_in_plain_words_with_the_way_there(page, answered):
    tally_challenges(NOON)
    (level,) = figures_of(page.specific).levels

    assert level.title == "Show it" and level.url.endswith(f"#block-{page.levels[0].id}-section")
    assert [(one.people, one.times, one.share) for one in level.missed] == [(1, 2, 25), (1, 1, 25)]
    assert level.missed[0].sentence == "Add a photo."


def test_by_round_language_and_network(page, answered):
    tally_challenges(NOON)
    shown = figures_of(page.specific)

    assert [(one.number, one.told["people"], one.first) for one in shown.rounds] == [
        (1, 2, AN_HOUR),
        (2, 2, 2 * AN_HOUR),
    ]
    assert sum(told["people"] for _name, told in shown.networks) == 4
    assert sum(told["people"] for _name, told in shown.languages) == 4


def test_what_was_counted_is_what_a_plain_recount_finds(page, answered):
    tally_challenges(NOON)
    people = defaultdict(list)
    for row in Submission.objects.order_by("post__said_at"):
        people[row.account_id].append(row.outcome)
    tries = [row.index("accepted") + 1 for row in people.values() if "accepted" in row]

    told = whole(page)
    assert told["people"] == len(people)
    assert told["accepted"] == len(tries) and told["tries"] == median(tries)


def test_it_counts_again_only_what_changed(page, answered, practice):
    tally_challenges(NOON)
    assert tally_challenges(NOON) == 0 and backlog(NOON).count == 0

    an_answer(page, "Yes", by=answered["cy"], on=practice, at=NOON + 60 * AN_HOUR)
    assert backlog(NOON).count == 1
    assert tally_challenges(NOON) == 1 and whole(page)["accepted"] == 3
    Submission.objects.filter(account__user=answered["cy"]).delete()
    assert tally_challenges(NOON) == 1 and whole(page)["people"] == 3
    a_mini_challenge("Another one, never answered")
    assert tally_challenges(NOON) == 0


def test_two_who_are_one_are_counted_as_one(page, answered):
    tally_challenges(NOON)
    merge_participants(person_of(answered["bo"]), into=person_of(answered["ada"]))

    assert tally_challenges(NOON) == 1 and whole(page)["people"] == 3


def test_a_challenge_with_many_answers_is_counted_less_often(page, answered):
    tally_challenges(NOON)
    Figures.objects.update(answers=10_000, fingerprint="others")

    assert tally_challenges(NOON + timedelta(seconds=199)) == 0
    assert tally_challenges(NOON + timedelta(seconds=201)) == 1


def test_counting_costs_the_same_however_many_answers(page, answered, practice, count_queries):
    keys = [page.translation_key]
    few = count_queries(lambda: recount_challenges(keys, now=NOON))
    for number in range(10):
        an_answer(page, "More", by=a_user(f"more{number}"), on=practice)

    assert count_queries(lambda: recount_challenges(keys, now=NOON)) == few


def test_the_command_counts_everything_from_the_start(page, answered, capsys):
    tally_challenges(NOON)
    Figures.objects.update(data={"whole": {"people": 99}})
    call_command("recount")

    assert whole(page)["people"] == 4
    assert "1" in capsys.readouterr().out


def test_a_level_that_is_gone_keeps_its_figures(page, answered):
    tally_challenges(NOON)
    page.levels = []
    page.save()
    (level,) = figures_of(page.specific).levels

    assert (level.number, level.title, level.url) == (1, "", "")
    assert level.missed[0].sentence

"""Who gets what: caps, dependencies, new rules, races, and how much it asks of the database."""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection as database
from django.test.utils import CaptureQueriesContext

from badges import evaluating
from badges.awarding import award_earned
from badges.evaluating import evaluate_events, rules_fingerprint
from badges.models import Award, BadgeClass, Evaluation, EvaluationMark
from badges.services import award_by_hand, revoke_award
from community.models import LearningEvent, Participant
from community.signals import merged
from tests.badges.builders import (
    a_badge,
    an_award,
    asked,
    did,
    drain,
    group,
    holding,
    people,
    slugs,
)
from tests.builders import NOON

pytestmark = pytest.mark.django_db


def evaluate_all() -> None:
    while evaluate_events(NOON):
        pass


def test_two_friends_cannot_make_each_other_tutors():
    tutor = a_badge("tuteur", asked("helped", count=3))
    one, two, three = people(3)
    for _time in range(10):
        did("helped", one, other=two)
    evaluate_all()
    assert not Award.objects.exists()
    did("helped", one, other=three)
    evaluate_all()
    award = Award.objects.get()
    assert (award.recipient, award.badge_class) == (one, tutor)
    assert award.evidence.count() == 3


def test_every_condition_must_hold_not_only_the_first():
    a_badge("two", asked("first_post"), asked("helped", count=2, distinct="person"))
    one, two, three = people(3)
    did("first_post", one)
    did("helped", one, other=two)
    evaluate_all()
    assert not Award.objects.exists()
    did("helped", one, other=three)
    evaluate_all()
    assert Award.objects.count() == 1


def test_badges_that_build_on_each_other_come_in_one_round():
    first = a_badge("first", asked("first_post"), order=3)
    second = a_badge("second", holding(first), order=2)
    a_badge("third", group("any", group("all", holding(first, second))), order=1)
    (person,) = people(1)
    did("first_post", person)
    evaluate_all()
    assert slugs(list(Award.objects.all())) == {"first", "second", "third"}


def test_a_badge_given_by_hand_opens_what_builds_on_it(olga, tomas):
    by_hand = a_badge("merci", {"type": "by_hand", "value": {}})
    a_badge("apres", holding(by_hand))
    drain()
    award = award_by_hand(by_hand, to=tomas.participant, by=olga, now=NOON, narrative="Bravo")
    assert slugs(list(Award.objects.all())) == {"merci", "apres"}
    assert (award.awarded_by, award.narrative) == (olga, "Bravo")
    assert award_by_hand(by_hand, to=tomas.participant, by=olga, now=NOON) == award


def test_what_was_taken_back_is_not_given_again_by_itself(tomas, olga):
    badge = a_badge()
    award = an_award(badge, tomas.participant)
    assert revoke_award(award, by=olga, reason="Une erreur", now=NOON)
    assert not revoke_award(award, by=olga, reason="Encore", now=NOON)
    did("helped", tomas.participant)
    drain()
    assert Award.objects.get().revocation_reason == "Une erreur"


def test_a_badge_taken_back_is_not_held(tomas, olga):
    first = a_badge("first", asked("first_post"))
    did("first_post", tomas.participant)
    drain()
    revoke_award(Award.objects.get(), by=olga, reason="Une erreur", now=NOON)
    a_badge("second", holding(first))
    drain()
    assert Award.objects.count() == 1


@pytest.mark.parametrize("state", [{"live": False}, {"is_archived": True}])
def test_drafts_and_archived_badges_are_not_given(state):
    badge = a_badge("tuteur", **state)
    (person,) = people(1)
    did("helped", person)
    evaluate_all()
    assert not Award.objects.exists()
    BadgeClass.objects.filter(pk=badge.pk).update(live=True, is_archived=False)
    evaluate_all()
    assert Award.objects.count() == 1, "the past counts once it is published"


def test_changed_rules_ask_the_past_again():
    badge = a_badge("tuteur", asked("helped", count=5))
    (person,) = people(1)
    did("helped", person)
    evaluate_all()
    assert not Award.objects.exists()
    badge.rules = [("events", {"events": ["helped"], "count": 1, "distinct": "", "tag": "",
                               "per_person": 2})]  # fmt: skip
    badge.save()
    evaluate_all()
    assert Award.objects.count() == 1
    assert evaluating.stale_badges() == []


def test_rules_are_the_same_whatever_the_order_of_their_keys():
    one = a_badge("one", group("any", asked("helped", count=2, tag="x")))
    two = a_badge("two", group("any", asked("helped", tag="x", count=2)))
    two.rules = json.dumps(
        [{"value": {"rules": [{"value": {"tag": "x", "count": 2, "events": ["helped"]},
                               "type": "events"}]}, "type": "any"}]
    )  # fmt: skip
    other = a_badge("other", group("any", asked("helped", count=3, tag="x")))
    prints = [rules_fingerprint(badge) for badge in (one, two, other)]
    assert prints[0] == prints[1] != prints[2]


def test_the_past_is_asked_in_batches():
    a_badge("embarque", asked("embarked"))
    crowd = people(evaluating.BATCH + 5)
    for person in crowd:
        event = did("embarked", person)
        Evaluation.objects.create(event=event)
    moves = [evaluate_events(NOON) for _round in range(3)]
    assert moves == [evaluating.BATCH, 5, 0]
    assert Award.objects.count() == len(crowd)


def test_the_command_says_what_it_did(capsys):
    a_badge()
    (person,) = people(1)
    did("helped", person)
    call_command("evaluate_badges", "--json")
    assert '"awarded": 1' in capsys.readouterr().out
    call_command("evaluate_badges")
    assert "0 new awards" in capsys.readouterr().out


def test_the_mark_moves_past_old_events_and_late_ones_are_still_found():
    a_badge()
    one, two = people(2)
    did("helped", one)
    evaluate_all()
    long_after = LearningEvent.objects.latest("id").recorded_at + timedelta(days=1)
    evaluate_events(long_after)
    mark = EvaluationMark.objects.get()
    assert mark.event_id == LearningEvent.objects.latest("id").pk
    did("helped", two)
    evaluate_all()
    assert Award.objects.count() == 2


def test_an_award_that_somebody_else_writes_at_the_same_time_stays_alone():
    badge = a_badge()
    (person,) = people(1)
    did("helped", person)
    theirs = Award.objects.create(badge_class=badge, recipient=person, awarded_at=NOON)
    assert award_earned([person.pk], now=NOON) == []
    assert list(Award.objects.all()) == [theirs]


def test_when_two_people_are_one_their_badges_and_deeds_come_together(tomas):
    tutor = a_badge("tuteur", asked("helped", count=2))
    post = a_badge("post", asked("first_post"))
    stranger, helped_one, helped_two = people(3)
    did("first_post", stranger)
    did("helped", stranger, other=helped_one)
    did("helped", tomas.participant, other=helped_two)
    did("first_post", tomas.participant)
    drain()
    assert Award.objects.filter(badge_class=post).count() == 2
    LearningEvent.objects.filter(participant=stranger).update(participant=tomas.participant)
    merged.send(sender=Participant, person=stranger, into=tomas.participant)
    awards = Award.objects.all()
    assert {award.recipient for award in awards} == {tomas.participant}
    assert {award.badge_class for award in awards} == {tutor, post}


def queries_for(people_number: int, history: int) -> int:
    """How many queries one batch takes: so many people with one new event each, and so much
    history."""
    crowd = people(people_number)
    old = LearningEvent.objects.bulk_create(
        LearningEvent(
            kind="helped", source_key=f"old:{n}", participant=crowd[n % people_number],
            occurred_at=NOON,
        )
        for n in range(history)
    )  # fmt: skip
    Evaluation.objects.bulk_create(Evaluation(event=event) for event in old)
    for person in crowd:
        did("first_post", person)
    with CaptureQueriesContext(database) as queries:
        assert evaluate_events(NOON) == people_number
    assert Award.objects.count() == people_number
    return len(queries)


@pytest.fixture
def badges():
    for number in range(8):
        a_badge(f"helper-{number}", asked("helped", count=5_000))
    a_badge("first", asked("first_post"))


@pytest.mark.parametrize(("crowd", "history"), [(10, 0), (200, 0), (10, 1_000), (10, 20_000)])
def test_a_batch_takes_as_many_queries_whatever_its_size_and_the_history(badges, crowd, history):
    evaluate_events(NOON)
    assert queries_for(crowd, history) == 18

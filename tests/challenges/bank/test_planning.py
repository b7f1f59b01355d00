"""Queues launch by themselves: once a moment, in order, never a burst of what was missed."""

import threading
from datetime import date, timedelta
from random import Random

import pytest
from django.db import connection as database

from challenges.bank.planning import AHEAD, LATEST, backlog, plan_launches
from challenges.bank.queueing import add_to_queue
from challenges.launching import launch_challenge, promise_launches
from challenges.models import BankEntry, BankPause, BankSlot, Launch, PhotoRiddlePage
from challenges.riddles.planning import give_planned
from microblog.models import OutboxPost
from tests.builders import NOON, a_connection
from tests.challenges.bank.building import TEN, a_queue, launches, run
from tests.challenges.building import a_mini_challenge, a_riddle, translated

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


def test_a_queue_launches_in_its_order_a_little_ahead(practice):
    a_queue("Daily", a_mini_challenge("One"), a_mini_challenge("Two"))

    assert plan_launches(NOON) == 0
    run(TEN - AHEAD)
    assert launches() == [("05-05 08:00", "One")]
    assert promise_launches(TEN - AHEAD) == 0
    assert promise_launches(TEN) == 1
    run(TEN + A_DAY)
    assert launches() == [("05-05 08:00", "One"), ("05-06 08:00", "Two")]
    assert not BankEntry.objects.waiting().exists()


def test_running_it_again_changes_nothing():
    a_queue("Daily", a_mini_challenge("One"), a_mini_challenge("Two"))
    run(TEN)

    assert plan_launches(TEN) == 0
    assert len(launches()) == BankSlot.objects.count() == 1


def test_it_speaks_on_its_own_connections(practice):
    social = a_connection()
    a_queue("Social", a_mini_challenge(), connections=[social])
    run(TEN)
    promise_launches(TEN)

    assert [post.connection for post in OutboxPost.objects.all()] == [social]


def test_after_a_night_without_workers_the_latest_alone_goes_out():
    a_queue("Daily", *(a_mini_challenge(f"N{number}") for number in range(5)))
    run(TEN + 3 * A_DAY + timedelta(hours=2))

    assert launches() == [("05-08 08:00", "N0")]


def test_what_is_too_late_is_left_out():
    a_queue("Daily", a_mini_challenge("One"))
    run(TEN + LATEST + timedelta(minutes=1))

    assert launches() == []
    run(TEN + A_DAY)
    assert launches() == [("05-06 08:00", "One")]


def test_drafts_and_closed_challenges_are_passed_over_and_keep_their_place():
    draft = a_mini_challenge("Draft", live=False)
    closed = a_mini_challenge("Closed")
    queue = a_queue("Daily", draft, closed, a_mini_challenge("Open"))
    closed.closed_at = NOON
    closed.save()
    run(TEN)

    assert launches() == [("05-05 08:00", "Open")]
    assert [one.challenge.title for one in queue.entries.waiting()] == ["Draft", "Closed"]


def test_an_empty_queue_waits_for_its_moment_and_then_says_that_there_was_nothing():
    queue = a_queue("Daily")
    run(TEN - timedelta(minutes=30))
    assert queue.slots.get().outcome == ""

    add_to_queue(queue, [a_mini_challenge("Just in time")], by=None)
    run(TEN - timedelta(minutes=20))
    run(TEN + A_DAY)
    assert launches() == [("05-05 08:00", "Just in time")]
    assert list(queue.slots.values_list("outcome", flat=True)) == ["launched", "empty"]
    add_to_queue(queue, [a_mini_challenge("Too late for today")], by=None)
    run(TEN + A_DAY + timedelta(minutes=5))
    assert len(launches()) == 1


def test_what_is_about_to_be_launched_by_hand_is_not_launched_twice():
    by_hand = a_mini_challenge("By hand")
    a_queue("Daily", by_hand, a_mini_challenge("Other"))
    launch_challenge(by_hand, by=None, now=NOON, at=TEN + timedelta(hours=1))
    run(TEN)

    assert [title for _when, title in launches()] == ["Other", "By hand"]


def test_two_queues_in_two_places_have_each_its_hour():
    a_queue("Paris", a_mini_challenge("Bonjour"))
    a_queue("Montréal", a_mini_challenge("Allô"), time_zone="America/Toronto")
    run(TEN)
    run(TEN + timedelta(hours=6))

    assert launches() == [("05-05 08:00", "Bonjour"), ("05-05 14:00", "Allô")]


def test_holidays_of_all_queues_are_left_out():
    queue = a_queue("Daily", *(a_mini_challenge(f"N{number}") for number in range(4)))
    BankPause.objects.create(name="Holidays", starts_on=date(2026, 5, 6), ends_on=date(2026, 5, 8))
    for day in range(6):
        run(TEN + day * A_DAY)

    assert [when for when, _what in launches()] == ["05-05 08:00", "05-09 08:00", "05-10 08:00"]
    assert queue.entries.waiting().count() == 1


def earlier(page, *, months_ago: int) -> Launch:
    moment = NOON - timedelta(days=31 * months_ago)
    launch = launch_challenge(page, by=None, now=moment, again=True)
    Launch.objects.filter(pk=launch.pk).update(promised_at=moment)
    return launch


def test_an_empty_queue_brings_back_what_rested_longest(practice):
    for title, months in [("Old", 12), ("Oldest", 18), ("Lately", 2)]:
        earlier(a_mini_challenge(title), months_ago=months)
    queue = a_queue("Daily", a_mini_challenge("New"), recycles=True, recycle_after=6)
    for day in range(4):
        run(TEN + day * A_DAY)
        promise_launches(TEN + day * A_DAY)

    titles = [title for _when, title in launches()]
    assert titles == ["Oldest", "Old", "Lately", "New", "Oldest", "Old"]
    assert list(queue.slots.values_list("is_return", flat=True)) == [False, True, True, False]
    assert Launch.objects.filter(round=2).count() == 2


def test_only_the_kind_that_it_brings_back():
    earlier(a_mini_challenge("Mini"), months_ago=20)
    told_at = NOON - timedelta(days=100)
    riddle = a_riddle("Riddle", hints_given=1, reveal_at=told_at)
    earlier(riddle, months_ago=10)
    PhotoRiddlePage.objects.update(revealed_at=NOON - 100 * A_DAY, hints_given=1)
    a_connection()
    a_queue("Riddles", recycles=True, recycle_kind="riddle")
    run(TEN)
    promise_launches(TEN)

    assert launches()[-1] == ("05-05 08:00", "Riddle")
    riddle.refresh_from_db()
    assert (riddle.hints_given, riddle.revealed_at) == (0, None), "it is a riddle again"
    assert give_planned(TEN) == 0, "that was the plan of the earlier round"


def test_a_translation_is_the_same_challenge_and_comes_back_once():
    page = a_mini_challenge("Un")
    translated(page, "en", title="One", slug="one")
    earlier(page, months_ago=8)
    queue = a_queue("Daily", recycles=True)
    run(TEN)
    run(TEN + A_DAY)

    assert list(queue.slots.values_list("outcome", flat=True)) == ["launched", "empty"]


def test_by_chance_those_launched_lately_come_last():
    pages = [a_mini_challenge(f"N{number}") for number in range(6)]
    for page in pages[:3]:
        earlier(page, months_ago=1)
    queue = a_queue("Surprise", *pages, takes="random")
    chance = Random(7)  # noqa: S311 - drawing lots
    for day in range(6):
        run(TEN + day * A_DAY, chance=chance)

    order = list(queue.slots.order_by("at").values_list("launch__challenge__title", flat=True))
    assert set(order[:3]) == {"N3", "N4", "N5"}
    assert sorted(order) == [f"N{number}" for number in range(6)]


def test_chance_is_a_seed_away():
    pages = [a_mini_challenge(f"N{number}") for number in range(8)]
    a_queue("Surprise", *pages, takes="random")
    run(TEN, chance=Random(3))  # noqa: S311 - drawing lots

    titles = [page.title for page in pages]
    assert launches()[0][1] == Random(3).choice(titles)  # noqa: S311


def test_a_challenge_waits_in_one_queue_only(olga):
    page = a_mini_challenge()
    english = translated(page, "en", slug="one")
    first, second = a_queue("First", page), a_queue("Second")

    assert add_to_queue(second, [english], by=olga) == []
    assert first.entries.count() == 1


def test_the_backlog_tells_since_when_a_moment_waits():
    a_queue("Daily", a_mini_challenge())
    assert backlog(NOON).count == 0

    late = backlog(TEN + timedelta(minutes=5))
    assert (late.count, late.oldest) == (1, TEN)


def test_its_cost_does_not_grow_with_the_queues(count_queries):
    a_queue("First")
    run(NOON)
    few = count_queries(lambda: plan_launches(NOON))
    for number in range(8):
        a_queue(f"Queue {number}")
    run(NOON)

    assert count_queries(lambda: plan_launches(NOON)) == few
    opening = count_queries(lambda: plan_launches(TEN - AHEAD))
    assert opening <= few + 9 * 5 + 6


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_plan_once():
    a_connection()
    for number in range(3):
        page = a_mini_challenge(f"In {number}", hashtags=f"tag{number}")
        a_queue(f"Queue {number}", page, recycles=True)
    ready, faults = threading.Barrier(2), []

    def work():
        ready.wait()
        try:
            run(TEN)
        except Exception as error:  # noqa: BLE001 - told by the assertion below
            faults.append(error)
        finally:
            database.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert faults == []
    assert BankSlot.objects.filter(outcome="launched").count() == Launch.objects.count() == 3
    assert not BankEntry.objects.waiting().exists()

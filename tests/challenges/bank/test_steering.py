"""What people decide about queues: pause and resume without a burst, move, leave out, change."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from challenges.bank.forecast import coming_launches
from challenges.bank.planning import LATEST, plan_launches
from challenges.bank.queueing import add_to_queue, remove_from_queue, reorder_queue, shift_entry
from challenges.bank.steering import (
    NotThen,
    move_slot,
    pause_queue,
    reschedule,
    restore_slot,
    resume_queue,
    skip_slot,
)
from challenges.launching import promise_launches
from challenges.models import BankPause, Launch
from tests.builders import NOON
from tests.challenges.bank.building import TEN, a_queue, launches, run
from tests.challenges.building import a_mini_challenge

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)
PARIS = ZoneInfo("Europe/Paris")
NUMBERS = count()


def titles(queue) -> list[str]:
    waiting = queue.entries.waiting().order_by("position", "pk")
    return list(waiting.values_list("challenge__title", flat=True))


@pytest.fixture
def queue():
    return a_queue("Daily", *(a_mini_challenge(title) for title in ("One", "Two", "Three")))


def test_reordering_by_buttons_and_by_dragging(queue):
    one, two, three = queue.entries.order_by("position")
    shift_entry(three, -1)
    assert titles(queue) == ["One", "Three", "Two"]
    shift_entry(two, -99)
    shift_entry(two, -1)
    assert titles(queue) == ["Two", "One", "Three"]
    shift_entry(two, 99)
    assert titles(queue) == ["One", "Three", "Two"]
    reorder_queue(queue, [two.pk, 999, one.pk])
    assert titles(queue) == ["Two", "One", "Three"]


def test_what_was_launched_is_out_of_everybodys_hands(queue):
    run(TEN)
    first = queue.entries.exclude(slot=None).get()

    assert not remove_from_queue(first)
    shift_entry(first, 1)
    reorder_queue(queue, [first.pk])
    assert titles(queue) == ["Two", "Three"]


def test_a_pause_takes_back_what_was_planned(queue, practice):
    run(TEN - timedelta(minutes=30))
    assert launches() and titles(queue) == ["Two", "Three"]

    assert pause_queue(queue, now=TEN - timedelta(minutes=20))
    assert not pause_queue(queue, now=TEN - timedelta(minutes=20))
    assert launches() == [] and titles(queue) == ["One", "Two", "Three"]
    run(TEN + A_DAY)
    assert promise_launches(TEN + A_DAY) == 0


def test_what_was_said_already_stays_said(queue, practice):
    run(TEN)
    promise_launches(TEN)
    pause_queue(queue, now=TEN)

    assert len(launches()) == 1 and titles(queue) == ["Two", "Three"]


def test_resuming_goes_on_with_the_next_moment_alone(queue):
    pause_queue(queue, now=NOON)
    back = TEN + 9 * A_DAY + timedelta(hours=1)
    assert resume_queue(queue, now=back) and not resume_queue(queue, now=back)
    run(back)
    assert launches() == []
    run(TEN + 10 * A_DAY)
    assert launches() == [("05-15 08:00", "One")]


def test_holidays_that_are_added_take_back_what_was_planned_and_give_it_again(queue):
    run(TEN - timedelta(minutes=30))
    rest = BankPause.objects.create(
        schedule=queue, name="Rest", starts_on=date(2026, 5, 5), ends_on=date(2026, 5, 6)
    )
    reschedule([queue], now=TEN - timedelta(minutes=30))
    assert launches() == []
    rest.delete()
    reschedule([queue], now=TEN - timedelta(minutes=25))
    run(TEN - timedelta(minutes=25))
    assert launches() == [("05-05 08:00", "One")]


def test_another_hour_on_a_day_that_had_its_launch_means_tomorrow(queue, practice):
    run(TEN)
    promise_launches(TEN)
    queue.refresh_from_db()
    queue.hour = queue.hour.replace(hour=18)
    queue.save()
    reschedule([queue], now=TEN + timedelta(hours=1))
    run(TEN + timedelta(hours=12))

    assert len(launches()) == 1
    run(TEN + A_DAY + timedelta(hours=8))
    assert launches()[1] == ("05-06 16:00", "Two")


def test_one_launch_left_out_keeps_its_challenge_first(queue, olga):
    skip_slot(queue, TEN, by=olga, now=NOON)
    run(TEN)
    assert launches() == []
    run(TEN + A_DAY)
    assert launches() == [("05-06 08:00", "One")]


def test_a_planned_one_can_be_left_out_and_taken_back(queue, olga):
    run(TEN - timedelta(minutes=30))
    skip_slot(queue, TEN, by=olga, now=TEN - timedelta(minutes=20))
    assert launches() == [] and titles(queue)[0] == "One"

    assert restore_slot(queue, TEN, by=olga, now=TEN - timedelta(minutes=10))
    run(TEN)
    assert launches() == [("05-05 08:00", "One")]
    assert not restore_slot(queue, TEN, by=olga, now=TEN)


def test_a_launch_is_moved_this_once(queue, olga):
    later = TEN + timedelta(hours=5)
    move_slot(queue, TEN, to=later, by=olga, now=NOON)
    run(TEN)
    assert launches() == []
    run(later)
    run(TEN + A_DAY)
    assert launches() == [("05-05 13:00", "One"), ("05-06 08:00", "Two")]


def test_a_planned_launch_is_moved_with_its_challenge(queue, olga):
    run(TEN - timedelta(minutes=30))
    move_slot(queue, TEN, to=TEN + 3 * A_DAY + timedelta(hours=1), by=olga, now=TEN - A_DAY)

    assert launches() == [("05-08 09:00", "One")]
    assert Launch.objects.get().promised_at is None


@pytest.mark.parametrize(
    ("at", "to"),
    [
        (TEN, NOON - A_DAY),  # past
        (TEN, TEN + A_DAY),  # another one's moment
        (TEN + timedelta(minutes=1), TEN + timedelta(hours=2)),  # no moment of this queue
        (NOON - A_DAY, TEN + timedelta(hours=2)),
    ],
)
def test_what_makes_no_sense_is_refused(queue, olga, at, to):
    with pytest.raises(NotThen):
        move_slot(queue, at, to=to, by=olga, now=NOON)
    assert launches() == []


def test_what_was_said_is_neither_moved_nor_left_out(queue, olga, practice):
    run(TEN)
    promise_launches(TEN)

    with pytest.raises(NotThen):
        skip_slot(queue, TEN, by=olga, now=TEN)
    with pytest.raises(NotThen):
        move_slot(queue, TEN, to=TEN + timedelta(hours=1), by=olga, now=TEN)
    assert titles(queue) == ["Two", "Three"]


def test_the_forecast_tells_what_the_plan_then_does(queue, olga):
    add_to_queue(queue, [a_mini_challenge("Four")], by=None)
    skip_slot(queue, TEN + A_DAY, by=olga, now=NOON)
    move_slot(queue, TEN + 2 * A_DAY, to=TEN + 2 * A_DAY + timedelta(hours=2), by=olga, now=NOON)
    coming = coming_launches(now=NOON, until=TEN + 4 * A_DAY)
    told = [
        (f"{one.due_at:%m-%d %H:%M}", one.page.title)
        for one in coming
        if one.page and not one.is_skipped
    ]
    for hour in range(24 * 6):
        run(NOON + timedelta(hours=hour))

    assert told == launches()


def test_the_forecast_costs_the_same_however_many_queues(queue, count_queries):
    def ask():
        return coming_launches(now=NOON, until=NOON + 30 * A_DAY)

    few = count_queries(ask)
    for number in range(6):
        a_queue(f"More {number}", a_mini_challenge(f"N{number}"))
    assert count_queries(ask) == few
    assert len(ask()) == 7 * 30


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["wait", "pause", "resume", "rest", "skip", "hour"]), st.integers(1, 60)
    ),
    max_size=12,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(STEPS)
def test_whatever_people_do_never_two_at_once_never_a_burst(olga, steps):
    """Every slot is launched near its own moment, once, and never in a pause."""
    Launch.objects.all().delete()
    pages = [a_mini_challenge(f"N{next(NUMBERS)}") for _one in range(3)]
    queue = a_queue(f"Queue {next(NUMBERS)}", *pages)
    now, paused = NOON, []
    for what, hours in steps:
        now = _live(queue, olga, what, hours, now, paused)
        launched = list(queue.slots.filter(outcome="launched").order_by("due_at"))
        days = [slot.at.astimezone(PARIS).date() for slot in launched]
        assert len(days) == len(set(days)), "one a day"
        for begin, end in paused:
            assert not [s for s in launched if begin < s.due_at < (end or now) - LATEST]
    queue.delete()


def _live(queue, olga, what, hours, now, paused):
    queue.refresh_from_db()
    if what == "pause" and pause_queue(queue, now=now):
        paused.append((now, None))
    elif what == "resume" and resume_queue(queue, now=now):
        paused[-1] = (paused[-1][0], now)
    elif what == "rest":
        day = now.date() + A_DAY
        BankPause.objects.create(schedule=queue, name="Rest", starts_on=day, ends_on=day)
        reschedule([queue], now=now)
    elif what == "hour":
        queue.hour = queue.hour.replace(hour=hours % 24)
        queue.save()
        reschedule([queue], now=now)
    elif what == "skip":
        coming = coming_launches(now=now, until=now + 3 * A_DAY)
        for one in [one for one in coming if not one.is_skipped][:1]:
            skip_slot(queue, one.at, by=olga, now=now)
    before = Launch.objects.count()
    now += timedelta(hours=hours)
    while plan_launches(now):
        pass
    assert Launch.objects.count() - before <= 2, "the latest missed one, and one just ahead"
    return now


def test_the_hour_that_does_not_exist_is_launched_once():
    night = datetime(2026, 3, 28, 20, tzinfo=UTC)
    spring = a_queue(
        "Night", a_mini_challenge("One"), a_mini_challenge("Two"), hour="02:30", now=night
    )
    spring.refresh_from_db()
    for hour in range(40):
        run(night + timedelta(hours=hour))

    assert [when for when, _title in launches()] == ["03-29 01:30", "03-30 00:30"]

"""When a queue launches, as a table: months' ends, holidays, and clocks that jump."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from challenges.bank.cadence import Cadence
from challenges.bank.wording import cadence_in_words
from challenges.models import BankSchedule

PARIS = ZoneInfo("Europe/Paris")


def a_cadence(every="days", hour="10:00", starts="2026-01-01", zone=PARIS, **fields) -> Cadence:
    return Cadence(
        every=every,
        hour=time.fromisoformat(hour),
        zone=zone,
        starts_on=date.fromisoformat(starts),
        **fields,
    )


def told(cadence: Cadence, first: str, last: str) -> list[str]:
    """Between two days, on the clock of the place."""
    start = datetime.fromisoformat(first).replace(tzinfo=cadence.zone)
    end = datetime.fromisoformat(last).replace(tzinfo=cadence.zone)
    moments = cadence.moments(after=start, until=end)
    return [f"{one.astimezone(cadence.zone):%m-%d %H:%M}" for one in moments]


TABLE = [
    ("every day", a_cadence(), "03-01", "03-04", ["03-01", "03-02", "03-03"]),
    ("every third", a_cadence(interval=3), "01-01", "01-12", ["01-01", "01-04", "01-07", "01-10"]),
    (
        "Monday and Thursday",
        a_cadence("weeks", weekdays=[0, 3]),
        "05-01",
        "05-16",
        ["05-04", "05-07", "05-11", "05-14"],
    ),
    (
        "every second Monday",
        a_cadence("weeks", weekdays=[0], interval=2, starts="2026-05-06"),
        "05-01",
        "06-16",
        ["05-18", "06-01", "06-15"],
    ),
    (
        "the 30th",
        a_cadence("months", month_day=30),
        "01-01",
        "05-01",
        ["01-30", "02-28", "03-30", "04-30"],
    ),
    (
        "the last day",
        a_cadence("months", month_day=31),
        "01-01",
        "05-01",
        ["01-31", "02-28", "03-31", "04-30"],
    ),
    (
        "every third month",
        a_cadence("months", month_day=5, interval=3),
        "01-01",
        "12-31",
        ["01-05", "04-05", "07-05", "10-05"],
    ),
    (
        "not before its first day",
        a_cadence(starts="2026-03-03"),
        "03-01",
        "03-05",
        ["03-03", "03-04"],
    ),
    (
        "holidays",
        a_cadence(rests=[(date(2026, 3, 2), date(2026, 3, 4))]),
        "03-01",
        "03-07",
        ["03-01", "03-05", "03-06"],
    ),
]


@pytest.mark.parametrize(("name", "cadence", "first", "last", "days"), TABLE)
def test_the_days(name, cadence, first, last, days):
    assert told(cadence, f"2026-{first}", f"2026-{last}") == [f"{day} 10:00" for day in days]


def test_february_has_a_29th_in_a_leap_year():
    cadence = a_cadence("months", month_day=31, starts="2028-01-01")

    assert told(cadence, "2028-02-01", "2028-03-01") == ["02-29 10:00"]


SPRING = ["2026-03-28", "2026-03-31"]
AUTUMN = ["2026-10-24", "2026-10-27"]
CLOCKS = [
    ("in summer it is an hour earlier in UTC", "10:00", SPRING, ["09:00", "08:00", "08:00"]),
    ("in winter it is back", "10:00", AUTUMN, ["08:00", "09:00", "09:00"]),
    ("half past two is left out in spring: half past three", "02:30", SPRING, "01:30 01:30 00:30"),
    ("half past two comes twice in autumn: the first", "02:30", AUTUMN, "00:30 00:30 01:30"),
]


@pytest.mark.parametrize(("name", "hour", "days", "expected"), CLOCKS)
def test_the_clock_jumps(name, hour, days, expected):
    cadence = a_cadence(hour=hour)
    first, last = (datetime.fromisoformat(day).replace(tzinfo=PARIS) for day in days)
    moments = [f"{one:%H:%M}" for one in cadence.moments(after=first, until=last)]

    assert moments == (expected.split() if isinstance(expected, str) else expected)


def test_a_day_that_a_place_left_out_has_no_moment():
    """Samoa went from the 29th of December 2011 to the 31st."""
    apia = a_cadence(starts="2011-12-28", zone=ZoneInfo("Pacific/Apia"))

    assert told(apia, "2011-12-28", "2012-01-02") == [
        "12-28 10:00",
        "12-29 10:00",
        "12-31 10:00",
        "01-01 10:00",
    ]


def test_the_next_one_may_be_far_away_or_never():
    yearly = a_cadence("months", month_day=1, interval=12)
    assert yearly.next_after(datetime(2026, 1, 2, tzinfo=UTC)) == datetime(
        2027, 1, 1, 9, tzinfo=UTC
    )

    later = a_cadence(starts="2040-02-03")
    assert later.next_after(datetime(2026, 1, 1, tzinfo=UTC)) == datetime(2040, 2, 3, 9, tzinfo=UTC)

    never = a_cadence(rests=[(date(2020, 1, 1), date(2100, 1, 1))])
    assert never.next_after(datetime(2026, 1, 1, tzinfo=UTC)) is None


ZONES = ["Europe/Paris", "Pacific/Apia", "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Gaza"]
CADENCES = st.builds(
    Cadence,
    every=st.sampled_from(["days", "weeks", "months"]),
    hour=st.times(),
    zone=st.sampled_from(ZONES).map(ZoneInfo),
    starts_on=st.dates(date(2010, 1, 1), date(2030, 1, 1)),
    interval=st.integers(1, 5),
    weekdays=st.sets(st.integers(0, 6), min_size=1),
    month_day=st.integers(1, 31),
    rests=st.lists(
        st.dates(date(2010, 1, 1), date(2030, 1, 1)).map(lambda day: (day, day + timedelta(20))),
        max_size=3,
    ),
)


@given(CADENCES, st.datetimes(datetime(2010, 1, 1), datetime(2030, 1, 1)), st.integers(0, 200))
def test_moments_are_in_order_never_two_at_once_and_the_same_however_the_time_is_cut(
    cadence, start, days
):
    start = start.replace(tzinfo=UTC)
    middle, end = start + timedelta(days=days), start + timedelta(days=200)
    whole = list(cadence.moments(after=start, until=end))

    assert all(one < other for one, other in zip(whole, whole[1:], strict=False))
    assert all(start < one <= end for one in whole)
    parts = [
        *cadence.moments(after=start, until=middle),
        *cadence.moments(after=middle, until=end),
    ]
    assert parts == whole
    if whole:
        assert cadence.next_after(start) == whole[0]
        assert cadence.last_before(end, after=start) == whole[-1]


@given(CADENCES, st.datetimes(datetime(2010, 1, 1), datetime(2030, 1, 1)))
def test_nobody_is_called_in_the_holidays(cadence, start):
    start = start.replace(tzinfo=UTC)
    for moment in cadence.moments(after=start, until=start + timedelta(days=100)):
        day = moment.astimezone(cadence.zone).date()
        earlier = day - timedelta(days=1)  # where a clock jumps over midnight
        rests = [
            one
            for one in (day, earlier)
            if not any(first <= one <= last for first, last in cadence.rests)
        ]
        assert rests


@pytest.mark.parametrize(
    ("day", "said"),
    [(1, "Le 1er du mois"), (2, "Le 2 du mois"), (31, "Le dernier jour du mois")],
)
def test_a_queue_is_told_in_french_as_the_french_say_it(day, said):
    monthly = BankSchedule(every="months", month_day=day, hour=time(10), time_zone="Europe/Paris")
    with override("fr"):
        assert cadence_in_words(monthly) == f"{said} à 10:00 (Europe/Paris)"

"""The figures of a period: what they say, and what they keep to themselves."""

from datetime import date, timedelta

import pytest

from community.figures.periods import MONTH, PERIODS, WEEK, steps
from community.figures.reading import Slice, read_figures, read_places
from community.models import Participant
from tests.builders import NOON
from tests.community.figures.building import a_person, behind, count_all, say

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def read(period="4w", cut=WEEK, **place):
    wanted = Slice(PERIODS[period], cut, **place)
    return read_figures(wanted, first=read_places().first, now=NOON)


def a_hello(number: int, *, at, answered_after=None, by=None, **fields):
    newcomer = a_person(f"new{number}", **fields)
    hello = say(newcomer, at=at)
    if answered_after is not None:
        say(by, to=hello, at=at + answered_after)
    return newcomer


@pytest.fixture
def month(db):
    """Six newcomers, answered by one person after 1, 2, 3, 4, 5 and 600 minutes."""
    host = a_person("host")
    say(host, at=NOON - 40 * DAY)
    for number, minutes in enumerate((1, 2, 3, 4, 5, 600)):
        wait = timedelta(minutes=minutes)
        a_hello(number, at=NOON - 10 * DAY, answered_after=wait, by=host)
    return host


def test_a_period_as_a_whole(month):
    Participant.objects.filter(name__in=["Host", "New0", "New1", "New2", "New3"]).update(
        embarked_at=NOON
    )
    count_all()
    whole = read().whole
    assert (whole.posts, whole.answers, whole.conversations) == (12, 6, 0)
    assert (whole.people, whole.joined, whole.newcomers, whole.answered) == (7, 5, 6, 6)
    assert whole.half_within == pytest.approx(timedelta(minutes=3), rel=0.05)
    assert whole.most_within == pytest.approx(timedelta(minutes=600), rel=0.05)
    assert whole.back_7 == 0


def test_people_are_counted_once_a_week_and_once_in_all():
    people = [a_person(f"p{number}") for number in range(6)]
    for days in (0, 1, 2):
        for person in people:
            say(person, at=NOON - days * DAY)
    count_all()
    figures = read()
    assert [span.people for span in figures.spans] == [0, 0, 6, 6]
    assert figures.whole.people == 6
    assert figures.whole.posts == 18


def test_fewer_than_five_people_are_not_told_apart(month):
    count_all()
    weeks = read("all", WEEK).spans
    lonely = next(span for span in weeks if span.start == date(2026, 3, 23))
    assert lonely.people is lonely.posts is lonely.newcomers is lonely.half_within is None
    silent = weeks[2]
    assert (silent.people, silent.posts) == (0, 0)


def test_a_place_with_few_people_says_nothing(month):
    say(a_person("rex", network="practice"), language="en")
    count_all()
    elsewhere = read(network="practice").whole
    assert elsewhere.people is elsewhere.posts is None
    assert read(network="mastodon").whole.posts == 12
    places = read_places()
    assert places.networks == ["mastodon", "practice"]
    assert places.languages == ["en", "fr"]


def test_helpers_and_helped_are_people_not_helps(month):
    count_all()
    assert read().whole.helpers == read().whole.helped == 0


def test_nothing_was_ever_said(db):
    figures = read("all", MONTH)
    assert figures.is_empty
    assert figures.whole.people == 0


def test_reading_costs_the_same_whatever_was_said(month, count_queries):
    count_all()
    few = count_queries(lambda: read("all", MONTH))
    for days in range(200):
        say(behind(month).links.get().account, at=NOON - days * DAY)
    count_all()
    assert count_queries(lambda: read("all", MONTH)) == few == 5


@pytest.mark.parametrize(
    ("since", "cut", "found"),
    [
        (date(2026, 4, 13), WEEK, ["2026-04-13", "2026-04-20", "2026-04-27", "2026-05-04"]),
        (date(2026, 3, 17), MONTH, ["2026-03-01", "2026-04-01", "2026-05-01"]),
        (date(2026, 5, 6), WEEK, ["2026-05-04"]),
    ],
)
def test_steps_begin_on_mondays_and_firsts(since, cut, found):
    assert [one.isoformat() for one in steps(since, date(2026, 5, 7), cut)] == found

"""When to ask next, and what an answer means, as tables."""

from datetime import timedelta

import pytest

from curation.feeds.deciding import Heard, State, decide
from curation.feeds.rhythm import LONGEST, LONGEST_REST, SHORTEST, cached_for, retry_after
from tests.builders import NOON

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FAULT = Heard(fault="status_500")


@pytest.mark.parametrize(
    ("state", "heard", "pause"),
    [
        (State(HOUR), Heard(new=1), HOUR / 2),
        (State(HOUR), Heard(changed=1), HOUR * 1.25),
        (State(HOUR), Heard(), HOUR * 1.25),
        (State(SHORTEST), Heard(new=9), SHORTEST),
        (State(LONGEST), Heard(), LONGEST),
        (State(HOUR), Heard(asked_for=6 * HOUR), 6 * HOUR),
        (State(HOUR), Heard(asked_for=9 * DAY), LONGEST),
        (State(HOUR, is_pushed=True), Heard(new=1), 12 * HOUR),
        (State(HOUR, failures=7, failing_since=NOON), Heard(), HOUR * 1.25),
        (State(HOUR), FAULT, HOUR),
        (State(HOUR, failures=1), FAULT, 2 * HOUR),
        (State(HOUR, failures=5), FAULT, 32 * HOUR),
        (State(HOUR, failures=500), FAULT, LONGEST_REST),
        (State(HOUR), Heard(fault="status_429", retry_after=5 * HOUR), 5 * HOUR),
        (State(HOUR), Heard(fault="status_503", retry_after=900 * DAY), LONGEST_REST),
    ],
)
def test_the_next_moment(state, heard, pause):
    assert decide(state, heard, now=NOON, jitter=0.5).next_fetch_at == NOON + pause


def test_jitter_moves_a_moment_a_little_and_always_alike():
    moments = [
        decide(State(HOUR), Heard(), now=NOON, jitter=jitter).next_fetch_at - NOON
        for jitter in (0, 0.5, 1, 1)
    ]
    assert moments[0] < moments[1] < moments[2] == moments[3]
    assert moments[2] - moments[0] == HOUR * 1.25 * 0.2


@pytest.mark.parametrize(
    ("state", "heard", "fields"),
    [
        (State(HOUR), Heard(new=2, changed=1), ("news", 0, None, "", None)),
        (State(HOUR), Heard(changed=1), ("changed", 0, None, "", None)),
        (State(HOUR, 3, NOON - DAY), Heard(), ("same", 0, None, "", None)),
        (State(HOUR), FAULT, ("fault", 1, NOON, "status_500", None)),
        (State(HOUR, 1, NOON - DAY), FAULT, ("fault", 2, NOON - DAY, "status_500", None)),
        (State(HOUR), Heard(fault="status_410"), ("fault", 1, NOON, "status_410", NOON)),
    ],
)
def test_what_an_answer_means(state, heard, fields):
    after = decide(state, heard, now=NOON, jitter=0)
    told = (after.outcome, after.failures, after.failing_since, after.last_fault, after.gone_at)
    assert told == fields


@pytest.mark.parametrize(
    ("headers", "pause"),
    [
        ({}, 0),
        ({"cache-control": "public, max-age=600"}, 600),
        ({"cache-control": 'Max-Age="600"', "age": "100"}, 500),
        ({"cache-control": "max-age=600", "expires": "Mon, 04 May 2026 13:00:00 GMT"}, 600),
        ({"cache-control": "no-cache, max-age=600"}, 0),
        ({"cache-control": "max-age=-1"}, 0),
        ({"expires": "Mon, 04 May 2026 12:10:00 GMT"}, 600),
        ({"expires": "Mon, 04 May 2020 12:10:00 GMT"}, 0),
        ({"expires": "0"}, 0),
    ],
)
def test_what_cache_headers_ask(headers, pause):
    assert cached_for(headers, NOON) == timedelta(seconds=pause)


@pytest.mark.parametrize(
    ("said", "pause"),
    [
        ("120", 120),
        ("Mon, 04 May 2026 12:02:00 GMT", 120),
        ("soon", 0),
        ("", 0),
        ("9" * 50, 365 * 24 * 3600),
    ],
)
def test_what_retry_after_asks(said, pause):
    assert retry_after({"retry-after": said}, NOON) == timedelta(seconds=pause)

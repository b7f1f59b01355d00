"""The many ways in which servers say "later"."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from requests.structures import CaseInsensitiveDict

from microblog.gateways.mastodon_patience import LONGEST, SHORTEST, USUAL, not_before

NOW = datetime(2026, 11, 21, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"Retry-After": "30"}, timedelta(seconds=30)),
        ({"Retry-After": "Sat, 21 Nov 2026 12:01:00 GMT"}, timedelta(minutes=1)),
        ({"X-RateLimit-Reset": "2026-11-21T12:03:00.000Z"}, timedelta(minutes=3)),
        ({"X-RateLimit-Reset": "2026-11-21T12:03:00"}, timedelta(minutes=3)),
        ({"x-ratelimit-reset": str(int(NOW.timestamp()) + 90)}, timedelta(seconds=90)),
        ({"X-RateLimit-Reset": str(int(NOW.timestamp() * 1000) + 90_000)}, timedelta(seconds=90)),
        ({"X-RateLimit-Reset": "120"}, timedelta(minutes=2)),
        ({"Retry-After": "soon", "X-RateLimit-Reset": "60"}, timedelta(minutes=1)),
        ({}, USUAL),
        ({"X-RateLimit-Reset": "soon"}, USUAL),
        ({"X-RateLimit-Reset": "2026-11-21T11:00:00Z"}, USUAL),
        ({"Retry-After": "0"}, SHORTEST),
        ({"Retry-After": "999999"}, LONGEST),
        ({"Retry-After": "-5"}, USUAL),
        ({"Retry-After": "nan"}, USUAL),
        ({"Retry-After": "inf"}, USUAL),
    ],
)
def test_waits(headers, wait):
    assert not_before(CaseInsensitiveDict(headers), NOW) == NOW + wait


def test_a_date_is_read_on_the_clock_of_the_server():
    headers = {"Date": "Sat, 21 Nov 2026 10:00:00 GMT", "X-RateLimit-Reset": "2026-11-21T10:02:00Z"}

    assert not_before(headers, NOW) == NOW + timedelta(minutes=2)


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
def test_any_header_gives_a_bounded_wait(retry, reset, date):
    headers = {"Retry-After": retry, "X-RateLimit-Reset": reset, "Date": date}

    assert NOW + SHORTEST <= not_before(headers, NOW) <= NOW + LONGEST

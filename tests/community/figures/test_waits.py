"""Percentiles from buckets: how far from the truth."""

import math
from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.figures.waits import LAST, bucket_of, middle_of, percentile

waits = st.lists(st.floats(60, 3 * 365 * 86400), min_size=1, max_size=200)


@given(waits=waits, share=st.floats(0.01, 1))
def test_what_is_read_is_at_most_a_twentieth_beside_the_truth(waits, share):
    times = sorted(timedelta(seconds=seconds) for seconds in waits)
    truth = times[max(1, math.ceil(share * len(times))) - 1]
    read = percentile(Counter(map(bucket_of, times)), share)
    assert abs(read - truth) <= truth * 0.05


@pytest.mark.parametrize(
    ("wait", "bucket"),
    [
        (timedelta(0), 0),
        (timedelta(seconds=59), 0),
        (timedelta(seconds=60), 1),
        (timedelta(days=10_000), LAST),
    ],
)
def test_the_first_and_the_last_bucket_hold_the_rest(wait, bucket):
    assert bucket_of(wait) == bucket


def test_nobody_waited():
    assert percentile({}, 0.5) is None


def test_the_middle_of_the_first_bucket_is_half_a_minute():
    assert middle_of(0) == timedelta(seconds=30)

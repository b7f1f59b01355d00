"""Waiting times in buckets, so that a median needs no list of times. Pure.

Each bucket is a tenth wider than the one before, and its middle speaks for it: what is read is at
most a twentieth away from the truth (and 30 seconds, below the first minute).
"""

import math
from collections.abc import Mapping
from datetime import timedelta

FIRST = 60.0  # seconds; whatever is shorter
WIDER = 1.1
LAST = 160  # about six years


def bucket_of(wait: timedelta) -> int:
    """0 for less than a minute, LAST for whatever is longer than all others."""
    seconds = wait.total_seconds()
    if seconds < FIRST:
        return 0
    return min(LAST, 1 + math.floor(math.log(seconds / FIRST, WIDER)))


def middle_of(bucket: int) -> timedelta:
    if bucket == 0:
        return timedelta(seconds=FIRST / 2)
    return timedelta(seconds=FIRST * WIDER ** (bucket - 0.5))


def percentile(buckets: Mapping[int, int], share: float) -> timedelta | None:
    """By the nearest rank: the time that `share` of all waited at most. None where nobody did."""
    total = sum(buckets.values())
    if not total:
        return None
    rank, seen = max(1, math.ceil(share * total)), 0
    for bucket in sorted(buckets):
        seen += buckets[bucket]
        if seen >= rank:
            return middle_of(bucket)
    return None

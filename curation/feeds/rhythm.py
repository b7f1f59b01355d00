"""When to ask next. Pure: what was heard and the moment in, the next moment out."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

SHORTEST = timedelta(minutes=15)
LONGEST = timedelta(days=1)
LONGEST_REST = timedelta(days=7)
FIRST_RETRY = timedelta(hours=1)
WITH_HUB = timedelta(hours=12)
"""A hub that pushes makes asking a precaution."""
FASTER, SLOWER = 0.5, 1.25
SWAY = 0.2
"""Of a pause: so much earlier or later altogether, that not everybody is asked at once."""


def next_interval(interval: timedelta, *, has_new: bool) -> timedelta:
    """Shorter after news, longer after none."""
    changed = interval * (FASTER if has_new else SLOWER)
    return min(max(changed, SHORTEST), LONGEST)


def pause_after_answer(
    interval: timedelta, *, asked_for: timedelta, is_pushed: bool, jitter: float
) -> timedelta:
    """`asked_for`: what the server's cache headers or the feed's ttl ask; they count up to a day.
    `jitter` from 0 to 1."""
    floor = WITH_HUB if is_pushed else SHORTEST
    return swayed(min(max(interval, asked_for, floor), LONGEST), jitter)


def pause_after_fault(failures: int, *, retry_after: timedelta, jitter: float) -> timedelta:
    """More and more seldom, up to once a week; never before the server wants."""
    doubled = FIRST_RETRY * 2 ** min(max(failures, 1) - 1, 10)
    return max(swayed(min(doubled, LONGEST_REST), jitter), min(retry_after, LONGEST_REST))


def swayed(pause: timedelta, jitter: float) -> timedelta:
    return pause * (1 - SWAY / 2 + SWAY * jitter)


def cached_for(headers: Mapping[str, str], now: datetime) -> timedelta:
    """How long the answer stays good, as the server says: max-age before Expires."""
    for part in headers.get("cache-control", "").lower().split(","):
        name, _sign, value = part.strip().partition("=")
        if name in ("no-cache", "no-store"):
            return timedelta()
        if name == "max-age" and (seconds := _seconds(value.strip('" '))) is not None:
            age = _seconds(headers.get("age", "")) or 0
            return timedelta(seconds=max(seconds - age, 0))
    expires = _moment(headers.get("expires", ""))
    return max(expires - now, timedelta()) if expires else timedelta()


def retry_after(headers: Mapping[str, str], now: datetime) -> timedelta:
    """From seconds or a date; nothing where it isn't said."""
    said = headers.get("retry-after", "").strip()
    if (seconds := _seconds(said)) is not None:
        return timedelta(seconds=seconds)
    moment = _moment(said)
    return max(moment - now, timedelta()) if moment else timedelta()


def _seconds(said: str) -> int | None:
    """At most a year."""
    text = said.strip()
    if not (text.isascii() and text.isdigit()):
        return None
    return min(int(text[:12]), 365 * 24 * 3600)


def _moment(said: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(said)
    except (ValueError, TypeError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

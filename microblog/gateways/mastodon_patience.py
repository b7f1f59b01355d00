"""How long a server that answers 429 wants us to wait, in all the ways in which servers say it."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

SHORTEST = timedelta(seconds=5)
USUAL = timedelta(minutes=5)
"""The window of most servers' limits: for those that don't say."""
LONGEST = timedelta(hours=6)

_YEAR_2001 = 1_000_000_000
_MILLISECONDS = 100_000_000_000


def not_before(headers: Mapping[str, str], now: datetime) -> datetime:
    """The moment from which to ask again. `headers` must find names in any case.

    Retry-After and X-RateLimit-Reset may hold seconds to wait, seconds or milliseconds since 1970,
    an ISO date or an HTTP date. Dates are read on the server's own clock (its Date header), which
    may be wrong.
    """
    server_now = _date(headers.get("Date", "")) or now
    for name in ("Retry-After", "X-RateLimit-Reset"):
        wait = _wait(headers.get(name, "").strip(), server_now)
        if wait is not None:
            return now + min(max(wait, SHORTEST), LONGEST)
    return now + USUAL


def _wait(value: str, server_now: datetime) -> timedelta | None:
    """None for a value that says nothing, or that names a moment already past."""
    try:
        number = float(value)
    except ValueError:
        moment = _date(value)
    else:
        if 0 <= number < _YEAR_2001:
            return timedelta(seconds=min(number, LONGEST.total_seconds()))
        moment = _epoch(number)
    if moment is None or moment <= server_now:
        return None
    return moment - server_now


def _epoch(number: float) -> datetime | None:
    try:
        return datetime.fromtimestamp(number / 1000 if number > _MILLISECONDS else number, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _date(value: str) -> datetime | None:
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read(value)
            return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
        except (ValueError, TypeError, OverflowError):
            continue
    return None

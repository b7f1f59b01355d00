"""What an answer means for its source. Pure: the state and the outcome in, the next state out."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from curation.feeds.rhythm import next_interval, pause_after_answer, pause_after_fault
from curation.models import SourceFetch

Outcome = SourceFetch.Outcome
GONE = "status_410"


@dataclass(frozen=True, slots=True)
class State:
    """What a source knows of itself before it is asked."""

    interval: timedelta
    failures: int = 0
    failing_since: datetime | None = None
    is_pushed: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of it. With `fault` nothing else counts but `detail` and `retry_after`; `new` and
    `changed` count entries; `asked_for`: the pause that the server or the feed asks."""

    new: int = 0
    changed: int = 0
    asked_for: timedelta = timedelta()
    fault: str = ""
    detail: str = ""
    retry_after: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Next:
    """The fields of the source to write."""

    outcome: str
    interval: timedelta
    next_fetch_at: datetime
    failures: int = 0
    failing_since: datetime | None = None
    last_fault: str = ""
    last_fault_detail: str = ""
    gone_at: datetime | None = None
    fetched_at: datetime | None = field(default=None, kw_only=True)


def decide(state: State, heard: Heard, *, now: datetime, jitter: float) -> Next:
    """`jitter` from 0 to 1, the same for the same reading of the same source."""
    if heard.fault:
        return _after_fault(state, heard, now, jitter)
    interval = next_interval(state.interval, has_new=heard.new > 0)
    pause = pause_after_answer(
        interval, asked_for=heard.asked_for, is_pushed=state.is_pushed, jitter=jitter
    )
    return Next(_outcome(heard), interval, now + pause, fetched_at=now)


def _outcome(heard: Heard) -> str:
    if heard.new:
        return Outcome.NEWS
    return Outcome.CHANGED if heard.changed else Outcome.SAME


def _after_fault(state: State, heard: Heard, now: datetime, jitter: float) -> Next:
    """The rhythm stays: the feed comes back as it was."""
    failures = state.failures + 1
    pause = pause_after_fault(failures, retry_after=heard.retry_after, jitter=jitter)
    return Next(
        Outcome.FAULT,
        state.interval,
        now + pause,
        failures=failures,
        failing_since=state.failing_since or now,
        last_fault=heard.fault,
        last_fault_detail=heard.detail[:500],
        gone_at=now if heard.fault == GONE else None,
        fetched_at=now,
    )

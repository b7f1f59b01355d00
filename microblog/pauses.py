"""How long to wait: after faults, between looks at a thread, before asking for a post again."""

from datetime import datetime, timedelta

POLL = timedelta(seconds=20)
LONGEST_FAULT_PAUSE = timedelta(hours=1)
LONGEST_THREAD_PAUSE = timedelta(hours=6)
FIRST_CHECK = timedelta(minutes=2)
LONGEST_CHECK_PAUSE = timedelta(days=14)
TOKEN_PAUSE = timedelta(hours=1)


def after_fault(failures: int) -> timedelta:
    """20 s after the first fault, twice as long after each further one, an hour at most."""
    return min(POLL * 2 ** min(max(failures - 1, 0), 12), LONGEST_FAULT_PAUSE)


def until_next_look(last_news: datetime, now: datetime) -> timedelta:
    """A thread that lives is read often, a quiet one seldom, but for ever: late answers count."""
    return min(max((now - last_news) / 20, POLL), LONGEST_THREAD_PAUSE)


def until_next_check(said_at: datetime, now: datetime) -> timedelta:
    """A young post is often edited, an old one hardly: half its age, from two minutes to two
    weeks."""
    return min(max((now - said_at) / 2, FIRST_CHECK), LONGEST_CHECK_PAUSE)

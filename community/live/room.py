"""The live room: the threads of an event as they grow, and how it goes at a glance."""

from datetime import datetime, timedelta

from community.live.belonging import Row, Telling, Thread, read_telling, span_of
from community.live.boards import (
    Audience,
    Board,
    Look,
    Place,
    digest,
    find_board,
    find_parts,
    hang,
    share_look,
)
from community.live.coverage import cover
from community.live.drawing import digest_of, draw_glance, draw_threads
from community.models import LiveEvent
from community.newcomers import NEW_FOR

ROOM = Place(name="room", items="talks", item="talk", aside="glance")
THREADS = 60
"""In the room; the archive holds the others."""
LATEST = 400
"""Posts with the hashtag that are looked at, so that a long event costs what a short one does."""
STAYS_OPEN = timedelta(hours=1)
"""After the event; later posts join the archive."""


def look(slug: str, audience: Audience, *, now: datetime) -> Look:
    """Cheap where somebody has just looked. Raises LiveEvent.DoesNotExist."""

    def read(last: Look | None) -> Look:
        return _read(slug, audience, last, now)

    return share_look(f"room:{slug}:{audience}", read, now=now)


def _read(slug: str, audience: Audience, last: Look | None, now: datetime) -> Look:
    event = LiveEvent.objects.accepted().get(slug=slug)
    span = span_of(event)
    telling = read_telling(event, span, with_practice=audience.with_practice, latest=LATEST)
    seen = seen_in(event, telling, now)
    board = find_board(last.token) if last and last.seen == seen else None
    if board is None:
        glance = draw_glance(event, cover(event, telling, span, now=now))
        board = _set_up(event, telling, audience, glance, last=last, now=now)
    return Look(board.token, seen, now, event.ends_at + STAYS_OPEN)


def seen_in(event: LiveEvent, telling: Telling, now: datetime, *more: object) -> str:
    """The same as long as nothing was said, changed, taken back, shown or hidden, and no minute has
    passed: numbers depend on the time."""
    rows = [row.state for row in telling.rows]
    return digest(event.pk, event.changed_at, f"{now:%H:%M}", rows, *more)


def _set_up(
    event: LiveEvent,
    telling: Telling,
    audience: Audience,
    glance: str,
    *,
    last: Look | None,
    now: datetime,
) -> Board:
    shown: list[Thread] = [thread for thread in telling.threads if thread.is_shown][:THREADS]
    digests = {thread.head.pk: digest_of(thread, audience, event) for thread in shown}
    parts = draw_threads(event, shown, digests, drawn=find_parts(last.token) if last else {})
    rows = [row for thread in shown for row in thread.rows]
    newcomers = frozenset(row.pk for row in rows if _is_newcomer(row, now))
    return hang((event.pk, audience), digests, parts, aside=glance, newcomers=newcomers)


def _is_newcomer(row: Row, now: datetime) -> bool:
    begun = row.embarked_at or row.first_seen_at
    return not row.is_ours and begun is not None and begun > now - NEW_FOR

"""The ear: reads mentions, hashtags and threads on every connection, each from its own cursor.

No one of the three hears everything (some tag timelines leave replies out, a thread may miss
some, a server sees only what it received), so all are read and what comes twice is recorded once.
"""

import logging
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime, timedelta

from django.db import DataError
from django.db.models import Case, Q, QuerySet, When

from microblog.faults import note_fault, note_success
from microblog.gateways.base import (
    Gateway,
    GatewayError,
    Gone,
    Heard,
    NotBefore,
    TryAgain,
    Unauthorised,
)
from microblog.hashtags import bare
from microblog.models import Connection, Cursor, Sighting
from microblog.networks import Network
from microblog.pauses import POLL, after_fault, until_next_look
from microblog.recording import record_posts, record_reactions
from microblog.services import open_gateway
from microblog.steps import Backlog

logger = logging.getLogger(__name__)

BATCH = 20  # streams per run
LEASE = timedelta(minutes=5)
BEFORE_WE_CAME = timedelta(hours=1)
"""A new stream is read from here on: nobody wants an answer to what they said last year."""
MENTIONS, TAG, THREAD = "mentions", "tag:", "thread:"

HashtagSource = Callable[[], Iterable[str]]
ThreadSource = Callable[[], Iterable[tuple[int, str]]]
_hashtag_sources: list[tuple[HashtagSource, timedelta]] = []
_thread_sources: list[ThreadSource] = []


def enter_hashtag_source(source: HashtagSource, *, every: timedelta = POLL) -> None:
    """Rooms above say which hashtags they want to hear (normalised, no #), asked anew before every
    reading, and how often."""
    _hashtag_sources.append((source, every))


def enter_thread_source(source: ThreadSource) -> None:
    """The same for threads that others began: ids of a connection, and of a post on its server."""
    _thread_sources.append(source)


def wanted_hashtags() -> dict[str, timedelta]:
    """How often each is wanted; with and without accents: to some servers those are two hashtags,
    to others one."""
    wanted: dict[str, timedelta] = {}
    for source, every in _hashtag_sources:
        names = set(source())
        for name in names | bare(names):
            wanted[name] = min(every, wanted.get(name, every))
    return wanted


def follow_thread(connection: Connection, remote_id: str, *, now: datetime) -> None:
    """Read what hangs on one of our posts from now on. On the practice timeline every post is known
    anyway."""
    if connection.network != Network.PRACTICE:
        Cursor.objects.get_or_create(
            connection=connection, stream=f"{THREAD}{remote_id}", defaults={"next_at": now}
        )


def hear(now: datetime) -> int:
    """Read the streams that are due; returns how many posts and reactions were new or changed."""
    wanted = wanted_hashtags()
    _open_streams(wanted, now)
    moved, resting = 0, set[int]()
    for cursor in _claim(wanted, now):
        if cursor.connection_id in resting:
            Cursor.objects.filter(pk=cursor.pk).update(claimed_until=None)
            continue
        try:
            moved += _read(cursor, wanted, now)
        except (ValueError, DataError) as error:
            # Told by a server, refused by the database: this stream rests, the others go on.
            logger.exception("%s: what was told can't be kept", cursor)
            _rest(cursor, TryAgain(f"what was told can't be kept: {error}"), now)
        except GatewayError as error:
            _rest(cursor, error, now)
            if isinstance(error, NotBefore | Unauthorised):
                resting.add(cursor.connection_id)
    return moved


def hear_now(now: datetime) -> None:
    """Make every stream due, whatever its pause: an operator asks."""
    _open_streams(wanted_hashtags(), now)
    Cursor.objects.filter(next_at__gt=now, connection__is_enabled=True).update(next_at=now)


def backlog(now: datetime) -> Backlog:
    due = _due(wanted_hashtags(), now).order_by("next_at")
    first = due.values_list("next_at", flat=True).first()
    return Backlog(due.count(), first)


def _remote() -> Iterable[Connection]:
    # What is said on the practice timeline is written straight into our rows: nothing to poll
    # there.
    return Connection.objects.enabled().exclude(network=Network.PRACTICE)


def _open_streams(wanted: Collection[str], now: datetime) -> None:
    """A cursor for each stream that somebody wants; made once, kept when nobody wants it any
    more."""
    connections = list(_remote())
    if not connections:
        return
    streams = {MENTIONS} | {f"{TAG}{hashtag}" for hashtag in wanted}
    known = set(
        Cursor.objects.filter(connection__in=connections, stream__in=streams).values_list(
            "connection_id", "stream"
        )
    )
    for connection in connections:
        missing = [stream for stream in sorted(streams) if (connection.pk, stream) not in known]
        if missing:
            _open(connection, missing, now)
    _follow({connection.pk for connection in connections}, now)


def _follow(connections: Collection[int], now: datetime) -> None:
    """Open the threads that rooms above want read."""
    wanted = {(pk, f"{THREAD}{name}") for source in _thread_sources for pk, name in source()}
    if wanted:
        streams = {stream for _pk, stream in wanted}
        found = Cursor.objects.filter(connection__in=connections, stream__in=streams)
        known = set(found.values_list("connection_id", "stream"))
        Cursor.objects.bulk_create(
            [
                Cursor(connection_id=pk, stream=stream, next_at=now)
                for pk, stream in sorted(wanted - known)
                if pk in connections
            ],
            ignore_conflicts=True,
        )


def _open(connection: Connection, streams: list[str], now: datetime) -> None:
    since = now - BEFORE_WE_CAME
    try:
        start = open_gateway(connection).cursor_at(since)
    except GatewayError as error:
        note_fault(connection, error, now=now)
        return
    Cursor.objects.bulk_create(
        [
            Cursor(connection=connection, stream=stream, position=start, since=since, next_at=now)
            for stream in streams
        ],
        ignore_conflicts=True,
    )


def _due(wanted: Mapping[str, timedelta], now: datetime) -> QuerySet[Cursor]:
    tags = [f"{TAG}{hashtag}" for hashtag in wanted]
    often = [f"{TAG}{hashtag}" for hashtag, every in wanted.items() if every <= POLL]
    # What is wanted often since a moment ago doesn't wait for the end of a longer pause.
    is_due = Q(next_at__lte=now) | Q(stream__in=often, failures=0, read_at__lte=now - POLL)
    return (
        Cursor.objects.filter(is_due, connection__is_enabled=True)
        .filter(Q(claimed_until=None) | Q(claimed_until__lte=now))
        .filter(Q(connection__not_before=None) | Q(connection__not_before__lte=now))
        .filter(Q(stream=MENTIONS) | Q(stream__startswith=THREAD) | Q(stream__in=tags))
    )


def _claim(wanted: Mapping[str, timedelta], now: datetime) -> list[Cursor]:
    """Take due streams so that two ears never read one at once; a dead ear's claim runs out.
    Threads come last: there may be many."""
    is_thread = Case(When(stream__startswith=THREAD, then=1), default=0)
    due = _due(wanted, now).select_related("connection__account")
    candidates = list(due.order_by(is_thread, "next_at", "id")[:BATCH])
    return [
        cursor
        for cursor in candidates
        if Cursor.objects.filter(pk=cursor.pk)
        .filter(Q(claimed_until=None) | Q(claimed_until__lte=now))
        .update(claimed_until=now + LEASE)
    ]


def _read(cursor: Cursor, often: Mapping[str, timedelta], now: datetime) -> int:
    """Raises every GatewayError but Gone."""
    connection = cursor.connection
    try:
        heard = _fetch(open_gateway(connection), cursor)
    except Gone:
        cursor.delete()  # the post that the thread hung on was taken back
        return 0
    wanted = [post for post in heard.posts if not cursor.since or post.created_at >= cursor.since]
    recorded = record_posts(connection, wanted, via=_via(cursor), now=now)
    reactions = record_reactions(connection, heard.reactions, now=now)
    note_success(connection, heard_at=now)
    moved = recorded.new + recorded.changed + reactions
    # The cursor moves after the rows are written: killed in between, the same page is read again.
    Cursor.objects.filter(pk=cursor.pk).update(
        position=heard.cursor or cursor.position,
        read_at=now,
        next_at=now if not heard.complete else now + _pause(cursor, often, moved, now),
        claimed_until=None,
        failures=0,
        error="",
    )
    return moved


def _rest(cursor: Cursor, error: GatewayError, now: datetime) -> None:
    note_fault(cursor.connection, error, now=now)
    failures = cursor.failures + 1
    Cursor.objects.filter(pk=cursor.pk).update(
        failures=failures,
        error=str(error)[:2000],
        next_at=now + after_fault(failures),
        claimed_until=None,
    )


def _fetch(gateway: Gateway, cursor: Cursor) -> Heard:
    if cursor.stream.startswith(TAG):
        return gateway.fetch_hashtag(cursor.stream.removeprefix(TAG), cursor.position)
    if cursor.stream.startswith(THREAD):
        return gateway.fetch_thread(cursor.stream.removeprefix(THREAD))
    return gateway.fetch_mentions(cursor.position)


def _via(cursor: Cursor) -> Sighting.Via:
    if cursor.stream.startswith(TAG):
        return Sighting.Via.HASHTAG
    return Sighting.Via.THREAD if cursor.stream.startswith(THREAD) else Sighting.Via.MENTION


def _pause(cursor: Cursor, often: Mapping[str, timedelta], moved: int, now: datetime) -> timedelta:
    if moved or cursor.stream == MENTIONS:
        return POLL
    if cursor.stream.startswith(TAG):
        return often.get(cursor.stream.removeprefix(TAG), POLL)
    remote_id = cursor.stream.removeprefix(THREAD)
    root = Sighting.objects.filter(connection=cursor.connection, remote_id=remote_id).first()
    if root is None:
        return POLL
    newest = (
        Sighting.objects.filter(connection=cursor.connection, post__root=root.post_id)
        .order_by("-first_at")
        .values_list("first_at", flat=True)
        .first()
    )
    return until_next_look(newest or root.first_at, now)

"""The step "fetch": ask the sources that are due, a batch at a time, and keep what is new.

Rows are claimed first, with their next moment already written: whatever a feed does to the process
that reads it, the others go on. Asking happens in threads, parsing and keeping here, in portions:
memory stays flat however large the batch.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F

from curation.feeds.asking import Question, ask_all
from curation.feeds.keeping import keep_readings
from curation.feeds.reading import Reading, read_answer
from curation.models import Source
from curation.web import Client
from curation.websub.subscribing import ask_hubs
from curation.websub.telling import tell_hub
from microblog.doorbells import ring
from microblog.steps import Backlog

BATCH = 100
PORTION = 40  # readings with news that are kept at once
MOST_HELD = 1000  # entries of them
LEASE = timedelta(minutes=10)
AT_ONCE = 2  # feeds of one server
HOST_PAUSE = timedelta(seconds=5)
IF_WE_DIE = timedelta(hours=1)


def fetch(now: datetime) -> int:
    """The step: sources that are due, then hubs to be asked."""
    return fetch_sources(now) + ask_hubs(now) + tell_hub(now)


def fetch_sources(now: datetime, *, client: Client | None = None) -> int:
    """Returns how many sources were asked."""
    sources = {source.pk: source for source in _claim(now)}
    if not sources:
        return 0
    questions = [
        Question(source.pk, source.feed_url, source.etag, source.last_modified)
        for source in sources.values()
    ]
    answers = ask_all(questions, client=client)
    readings = (read_answer(sources[one.number], heard, now=now) for one, heard in answers)
    news = 0
    for portion in _portions(readings):
        news += sum(reading.feed is not None for reading in portion)
        keep_readings(portion, now=now)
    if len(sources) == BATCH and (news or _many_may_write()):
        ring("fetch")  # there may be more: another process of the worker reads along
    return len(sources)


def backlog(now: datetime) -> Backlog:
    due = Source.objects.due(now).order_by("next_fetch_at")
    return Backlog(due.count(), due.values_list("next_fetch_at", flat=True).first())


def _many_may_write() -> bool:
    """Where one writes at a time (SQLite), a second process helps with parsing alone; where there
    is nothing to parse the two only wait for each other."""
    return connection.features.has_select_for_update_skip_locked


def _claim(now: datetime) -> list[Source]:
    """A few of each server at most; whoever else asks meanwhile finds them taken. As they were
    before."""
    with transaction.atomic():
        due = (
            Source.objects.due(now)
            .on_rested_hosts(now, pause=HOST_PAUSE)
            .order_by("next_fetch_at", "id")
            .select_for_update(skip_locked=True, of=("self",))
            .values_list("pk", "host")
        )
        taken = Source.objects.filter(pk__in=list(_politely(due[: 2 * BATCH])))
        claimed = list(taken.select_related("owner", "subscription"))
        taken.update(
            claimed_until=now + LEASE,
            next_fetch_at=now + IF_WE_DIE,
            failures=F("failures") + 1,
            fetches=F("fetches") + 1,
        )
    return claimed


def _politely(due: Iterable[tuple[int, str]]) -> Iterator[int]:
    asked: Counter[str] = Counter()
    taken = 0
    for pk, host in due:
        if asked[host] < AT_ONCE and taken < BATCH:
            asked[host] += 1
            taken += 1
            yield pk


def _portions(readings: Iterator[Reading]) -> Iterator[list[Reading]]:
    """Those with news in small portions, as they come; all others, which hold nothing, at the
    end."""
    quiet: list[Reading] = []
    portion: list[Reading] = []
    held = 0
    for reading in readings:
        if reading.feed is None:
            quiet.append(reading)
            continue
        portion.append(reading)
        held += len(reading.feed.entries)
        if len(portion) >= PORTION or held >= MOST_HELD:
            yield portion
            portion, held = [], 0
    for rest in (portion, quiet):
        if rest:
            yield rest

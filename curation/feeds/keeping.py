"""Readings become rows: items and entries, the next moment of each source, a line in its log.

A constant number of queries, however many sources are read. If a feed can't be kept, it alone is
told so.
"""

import hashlib
import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby

from django.db import DataError, IntegrityError, transaction
from django.db.models import F

from curation.feeds.comparing import News, compare, found_of, known_entries
from curation.feeds.deciding import Heard, Next, Outcome, State, decide
from curation.feeds.moving import move_sources
from curation.feeds.naming import without_old_names
from curation.feeds.reading import Reading
from curation.models import Entry, Source, SourceFetch
from curation.recording import record_found
from curation.websub.noticing import notice_hubs
from curation.writing import write_over

logger = logging.getLogger(__name__)

_RHYTHM = ("interval", "next_fetch_at")
_SAID = ("title", "page_url", "language", "axis", "publishing", "owner")
_FREE = (*_RHYTHM, "failures", "claimed_until", "fetched_at")
_ALL = (
    *_FREE,
    *("title", "page_url", "etag", "last_modified", "body_digest", "changed_at"),
    *("failing_since", "last_fault", "last_fault_detail", "gone_at"),
)


def keep_readings(readings: Sequence[Reading], *, now: datetime) -> None:
    try:
        _keep(readings, now)
    except (ValueError, DataError, IntegrityError) as error:
        logger.exception("A batch of feeds can't be kept")
        if len(readings) == 1:
            _keep([_unkept(readings[0], error)], now)
            return
        for reading in readings:
            keep_readings([reading], now=now)


def keep_pushed(reading: Reading, *, now: datetime) -> int:
    """What a hub brought; the source's rhythm stays. Returns how many entries were new or
    changed."""
    with transaction.atomic():
        news = _keep_entries([reading], now)[reading.source.pk]
        Source.objects.filter(pk=reading.source.pk).update(fetches=F("fetches") + 1)
        heard = _counted(reading.heard, news)
        outcome = Outcome.NEWS if heard.new else Outcome.CHANGED if heard.changed else Outcome.SAME
        _log([_line(replace(reading, heard=heard), outcome, now, was_pushed=True)])
    return len(news)


@transaction.atomic
def _keep(readings: Sequence[Reading], now: datetime) -> None:
    readings = _held(readings)
    news = _keep_entries([reading for reading in readings if reading.feed], now)
    quiet: list[Source] = []
    loud: list[Source] = []
    lines = []
    for reading in readings:
        heard = _counted(reading.heard, news.get(reading.source.pk, ()))
        after = decide(_state(reading.source, now), heard, now=now, jitter=_jitter(reading.source))
        (quiet if _is_quiet(reading) else loud).append(_apply(reading, after, heard, now))
        lines.append(_line(replace(reading, heard=heard), after.outcome, now))
    _write(quiet, loud, now)
    _log(lines)
    read = [reading for reading in readings if not reading.heard.fault]
    move_sources([(one.source, one.moved_to) for one in read if one.moved_to], now=now)
    notice_hubs([(one.source, one.feed) for one in read if one.feed is not None], now=now)


def _held(readings: Sequence[Reading]) -> list[Reading]:
    """Of sources that are still there, locked in one order by all workers; with what people said of
    them while they were read."""
    locked = Source.objects.filter(pk__in=[reading.source.pk for reading in readings])
    rows = locked.order_by("pk").select_for_update(of=("self",)).select_related("owner")
    there = {row.pk: row for row in rows.only(*_SAID, "owner__consent")}
    held = [reading for reading in readings if reading.source.pk in there]
    for reading in held:
        for name in _SAID:
            setattr(reading.source, name, getattr(there[reading.source.pk], name))
    return held


def _keep_entries(readings: Sequence[Reading], now: datetime) -> Mapping[int, Sequence[News]]:
    """Returns what was new or changed, by source."""
    known = known_entries(readings) if readings else {}
    kept: dict[int, list[News]] = {reading.source.pk: [] for reading in readings}
    told = (one for reading in readings for one in compare(reading, known))
    for site, some in groupby(sorted(told, key=_site), key=_site):
        batch = list(some)
        items = record_found([found_of(one, now=now) for one in batch], site_id=site, now=now)
        for one in without_old_names(batch, items, readings):
            kept[one.source.pk].append(one)
        Entry.objects.bulk_create(
            [
                Entry(
                    source=one.source,
                    key=one.entry.key,
                    item=item,
                    fingerprint=one.entry.fingerprint,
                    seen_at=now,
                )
                for one, item in zip(batch, items, strict=True)
            ],
            update_conflicts=True,
            unique_fields=["source", "key"],
            update_fields=["item", "fingerprint", "seen_at"],
        )
    return kept


def _site(news: News) -> int:
    return news.source.site_id


def _state(source: Source, now: datetime) -> State:
    """As it was before it was claimed."""
    pushes = getattr(source, "subscription", None)
    return State(
        source.interval,
        source.failures,
        source.failing_since,
        is_pushed=bool(pushes and pushes.verified_at and (pushes.expires_at or now) > now),
    )


def _counted(heard: Heard, news: Sequence[News]) -> Heard:
    new = sum(one.is_new for one in news)
    return replace(heard, new=new, changed=len(news) - new)


def _jitter(source: Source) -> float:
    """From 0 to 1: another for each reading, the same whenever that is repeated."""
    digest = hashlib.blake2b(f"{source.pk}:{source.fetches}".encode(), digest_size=4).digest()
    return int.from_bytes(digest) / 0xFFFFFFFF


def _is_quiet(reading: Reading) -> bool:
    """Nothing but the rhythm is to be written."""
    source = reading.source
    return (
        reading.feed is None
        and not reading.heard.fault
        and source.failing_since is None
        and (reading.etag, reading.last_modified) == (source.etag, source.last_modified)
    )


def _apply(reading: Reading, after: Next, heard: Heard, now: datetime) -> Source:
    source = reading.source
    for name in (*_RHYTHM, "failures", "failing_since", "last_fault", "last_fault_detail"):
        setattr(source, name, getattr(after, name))
    source.gone_at = after.gone_at
    if after.outcome != Outcome.FAULT:
        source.etag, source.last_modified = reading.etag, reading.last_modified
        source.body_digest = reading.digest
    if reading.feed:
        source.title = source.title or reading.feed.title[:300]
        source.page_url = source.page_url or reading.feed.page_url[:1000]
    if heard.new or heard.changed:
        source.changed_at = now
    return source


def _write(quiet: Sequence[Source], loud: Sequence[Source], now: datetime) -> None:
    for source in (*quiet, *loud):
        source.claimed_until, source.fetched_at = None, now
    write_over(quiet, _FREE)
    write_over(loud, _ALL)


def _line(
    reading: Reading, outcome: str, now: datetime, *, was_pushed: bool = False
) -> SourceFetch:
    return SourceFetch(
        source=reading.source,
        slot=reading.source.fetches % SourceFetch.KEPT,
        at=now,
        outcome=outcome,
        status=reading.status,
        fault=reading.heard.fault,
        new=reading.heard.new,
        changed=reading.heard.changed,
        size=reading.size,
        was_pushed=was_pushed,
    )


def _log(lines: Sequence[SourceFetch]) -> None:
    SourceFetch.objects.bulk_create(
        lines,
        update_conflicts=True,
        unique_fields=["source", "slot"],
        update_fields=["at", "outcome", "status", "fault", "new", "changed", "size", "was_pushed"],
    )


def _unkept(reading: Reading, error: Exception) -> Reading:
    fault = Heard(fault="cannot_keep", detail=str(error)[:300])
    return Reading(reading.source, fault, status=reading.status, size=reading.size)

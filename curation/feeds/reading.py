"""An answer, read: what a source's server said, parsed where it is news. No row is written here."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from curation.faults import FetchFault, status_code
from curation.feeds.deciding import Heard
from curation.feeds.parsing import parse_feed
from curation.feeds.rhythm import cached_for, retry_after
from curation.feeds.values import Feed, FeedEntry
from curation.models import Source
from curation.web import Answer

NOT_MODIFIED = 304


@dataclass(frozen=True, slots=True)
class Reading:
    """`feed` is None where there is nothing to compare: the same bytes as last time, or a fault.
    `moved_to`: the new address, where the old one moved for good."""

    source: Source
    heard: Heard
    status: int = 0
    size: int = 0
    feed: Feed | None = None
    etag: str = ""
    last_modified: str = ""
    digest: str = ""
    moved_to: str = ""


def read_answer(source: Source, answer: Answer | FetchFault, *, now: datetime) -> Reading:
    """Never raises for what a server says."""
    if isinstance(answer, FetchFault):
        return Reading(source, Heard(fault=answer.code, detail=answer.detail))
    told = Reading(
        source,
        Heard(asked_for=cached_for(answer.headers, now)),
        status=answer.status,
        size=len(answer.body),
        etag=answer.headers.get("etag", "")[:500],
        last_modified=answer.headers.get("last-modified", "")[:100],
        digest=source.body_digest,
        moved_to=answer.moved_for_good if len(answer.moved_for_good) <= 1000 else "",
    )
    if answer.status == NOT_MODIFIED:
        return replace(
            told,
            etag=told.etag or source.etag,
            last_modified=told.last_modified or source.last_modified,
        )
    if not answer.is_ok:
        waits = retry_after(answer.headers, now)
        return _fault(source, answer, status_code(answer.status), "", waits)
    return _read_body(told, answer)


def _read_body(told: Reading, answer: Answer) -> Reading:
    digest = hashlib.sha256(answer.body).hexdigest()
    if digest == told.source.body_digest:
        return told
    try:
        feed = parse_feed(answer.body, url=answer.url, headers=answer.headers)
    except FetchFault as fault:
        return _fault(told.source, answer, fault.code, fault.detail)
    feed = replace(feed, entries=tuple(distinct(feed.entries)))
    asked_for = max(told.heard.asked_for, timedelta(seconds=feed.ttl))
    return replace(told, feed=feed, digest=digest, heard=Heard(asked_for=asked_for))


def _fault(
    source: Source,
    answer: Answer,
    code: str,
    detail: str,
    waits: timedelta = timedelta(),
) -> Reading:
    return Reading(
        source,
        Heard(fault=code, detail=detail, retry_after=waits),
        status=answer.status,
        size=len(answer.body),
    )


def distinct(entries: tuple[FeedEntry, ...]) -> Iterator[FeedEntry]:
    """Some feeds give all their entries one id: those are known by their address instead; what
    comes twice, comes once."""
    often = Counter(entry.name for entry in entries)
    seen = set()
    for entry in entries:
        one = entry if often[entry.name] == 1 else replace(entry, name=entry.url)
        if one.name not in seen:
            seen.add(one.name)
            yield one

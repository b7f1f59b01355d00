"""What people do with sources: add, pause, resume, read at once, let go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from wagtail.models import Site

from community.models import Participant, User
from community.sites import belongs_to
from curation.feeds.finding import FoundFeed
from curation.models import Source
from curation.models.sources import host_of
from microblog.doorbells import ring


def add_source(
    feed: FoundFeed,
    *,
    site: Site,
    by: User,
    now: datetime,
    owner: Participant | None = None,
    language: str = "",
    axis: str = "",
    publishing: str = Source.Publishing.REVIEW,
) -> tuple[Source, bool]:
    """Read soon. Returns the source, and whether it is new: one that is followed already stays as
    it is."""
    source, is_new = Source.objects.get_or_create(
        site=site,
        feed_url=feed.url,
        defaults={
            "title": feed.title[:300],
            "page_url": feed.page_url[:1000],
            "language": language or spoken_here(feed.language),
            "axis": axis,
            "publishing": publishing,
            "owner": owner,
            "added_by": by,
            "created_at": now,
            "next_fetch_at": now,
        },
    )
    if is_new:
        ring("fetch")
    return source, is_new


def spoken_here(language: str) -> str:
    """A feed's own language, where it is one of those a source may have."""
    known = dict(Source._meta.get_field("language").choices or ())
    return language if language in known else ""


def pause_source(source: Source, *, now: datetime) -> Source:
    source.paused_at = source.paused_at or now
    source.save(update_fields=["paused_at"])
    return source


def resume_source(source: Source, *, now: datetime) -> Source:
    """Also one that was gone: a person knows better."""
    source.paused_at = source.gone_at = None
    source.save(update_fields=["paused_at", "gone_at"])
    return read_soon(source, now=now)


def read_soon(source: Source, *, now: datetime) -> Source:
    """Whatever its rhythm; not before a reading that is under way has ended."""
    source.next_fetch_at = now
    source.save(update_fields=["next_fetch_at"])
    ring("fetch")
    return source


def remove_source(source: Source) -> None:
    """What it brought stays."""
    source.delete()


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of a list of feeds (OPML)."""

    url: str
    title: str = ""
    page_url: str = ""
    language: str = ""
    axis: str = ""


def add_listed(
    lines: Sequence[Listed],
    *,
    site: Site,
    by: User,
    now: datetime,
    language: str = "",
    axis: str = "",
    publishing: str = Source.Publishing.REVIEW,
) -> int:
    """Those that aren't followed yet, in two queries; returns how many. `language` and `axis` are
    for lines that say none of their own."""
    known = known_addresses([line.url for line in lines], site=site)
    fields: dict[str, Any] = {"site": site, "added_by": by, "created_at": now, "next_fetch_at": now}
    new = {
        line.url: Source(
            feed_url=line.url,
            host=host_of(line.url),
            title=line.title[:300],
            page_url=line.page_url[:1000],
            language=spoken_here(line.language) or language,
            axis=line.axis or axis,
            publishing=publishing,
            **fields,
        )
        for line in lines
        if line.url not in known
    }
    Source.objects.bulk_create(new.values(), ignore_conflicts=True)
    if new:
        ring("fetch")
    return len(new)


def known_addresses(urls: Sequence[str], *, site: Site) -> set[str]:
    found = Source.objects.filter(site=site, feed_url__in=urls)
    return set(found.values_list("feed_url", flat=True))


def in_trouble(site_id: int | None) -> QuerySet[Source]:
    """None: in all MOOCs together."""
    return Source.objects.in_trouble().filter(belongs_to(site_id))


def oldest_trouble(site_id: int | None) -> datetime | None:
    rows = in_trouble(site_id).order_by("failing_since")
    return rows.values_list("failing_since", flat=True).first()

"""The gist of a live event's archive: which posts stand where, without their words.

To gather it, all that was told is read; so it is kept for a moment, as numbers of posts. What a
page shows of it is asked of the rows at each visit: what was taken back meanwhile, or isn't to be
shown any more, is gone at once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache

from community.live.belonging import Row, Telling, read_telling, span_of
from community.models import LiveEvent
from microblog.gateways.base import MediaKind
from microblog.models import Media, Post

KEPT = 3600  # seconds
LONGEST = 50
"""Posts of a thread that are told in one piece; the next piece goes on."""


@dataclass(frozen=True, slots=True)
class Numbers:
    posts: int
    people: int
    unshown: int
    later: int


@dataclass(frozen=True, slots=True)
class Gist:
    """Numbers of posts. `threads`: pieces of at most LONGEST, the oldest first; `people`: what each
    said, in the order in which they joined in; `links`: address and who named it; `pictures`:
    numbers of media and of their posts."""

    numbers: Numbers
    threads: Sequence[Sequence[int]]
    people: Sequence[Sequence[int]]
    links: Sequence[tuple[str, Sequence[int]]]
    pictures: Sequence[tuple[int, int]]


def gist_of(event: LiveEvent, *, with_practice: bool, now: datetime) -> Gist:
    """What was gathered lately. While one visitor gathers it anew, the others have the one
    before."""
    name = f"live:gist:{event.pk}:{with_practice}:{event.changed_at:%Y%m%d%H%M%S%f}"
    kept: tuple[datetime, Gist] | None = cache.get(name)
    if kept is not None:
        age = now - kept[0]
        if timedelta(0) <= age < timedelta(seconds=settings.LIVE_ARCHIVE_FRESH):
            return kept[1]
        cache.set(name, (now, kept[1]), KEPT)
    gist = gather(event, with_practice=with_practice)
    cache.set(name, (now, gist), KEPT)
    return gist


def gather(event: LiveEvent, *, with_practice: bool) -> Gist:
    """From all that was told; five queries."""
    telling = read_telling(event, span_of(event), with_practice=with_practice)
    rows = telling.rows
    shown = [row.pk for row in rows if row.is_shown]
    return Gist(
        numbers=_count(event, rows),
        threads=list(_pieces(telling)),
        people=_by_person(rows),
        links=_links(shown),
        pictures=_pictures(shown),
    )


def _count(event: LiveEvent, rows: Sequence[Row]) -> Numbers:
    return Numbers(
        posts=len(rows),
        people=len({row.who for row in rows if not row.is_ours}),
        unshown=sum(not row.is_shown for row in rows),
        later=sum(row.said_at >= event.ends_at for row in rows),
    )


def _pieces(telling: Telling) -> Iterator[list[int]]:
    for thread in reversed(telling.threads):
        pks = [row.pk for row in thread.rows]
        if thread.is_shown:
            yield from (pks[start : start + LONGEST] for start in range(0, len(pks), LONGEST))


def _by_person(rows: Sequence[Row]) -> list[list[int]]:
    said: dict[object, list[int]] = {}
    for row in rows:
        if row.is_shown and not row.is_ours:
            said.setdefault(row.who, []).append(row.pk)
    return list(said.values())


def _links(shown: Sequence[int]) -> list[tuple[str, list[int]]]:
    """Each address once, in the order in which it was named."""
    found = Post.objects.filter(pk__in=shown, veil=None).exclude(links=[])
    named: dict[str, list[int]] = {}
    for pk, links in found.order_by("said_at", "pk").values_list("pk", "links"):
        for address in dict.fromkeys(links):
            if address.startswith(("https://", "http://")):
                named.setdefault(address, []).append(pk)
    return list(named.items())


def _pictures(shown: Sequence[int]) -> list[tuple[int, int]]:
    found = Media.objects.filter(post__in=shown, kind=MediaKind.IMAGE.value)
    open_ones = found.filter(post__is_sensitive=False, post__veil=None)
    ordered = open_ones.order_by("post__said_at", "post_id", "position")
    return [(pk, post or 0) for pk, post in ordered.values_list("pk", "post_id")]

"""What remains of a live event: told in order, by person, in pictures and links, and who helped
whom.

Read from the rows at each visit: what was taken back is gone, who wants to be counted only is
counted, and what is said under the hashtag a month later stands at the end, as later.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from community.live.belonging import OPEN, Row, Telling, Thread, read_telling, span_of
from community.live.drawing import Said, fetch_shown
from community.models import Consent, Help, LiveEvent
from microblog.gateways.base import MediaKind
from microblog.models import Media, Post

THREADS_ON_A_PAGE = 25
PEOPLE_ON_A_PAGE = 20
POSTS_OF_A_PERSON = 40
PICTURES_ON_A_PAGE = 24
LINKS_ON_A_PAGE = 50
THANKS_ON_A_PAGE = 50
MOST_PRINTED = 400


@dataclass(frozen=True, slots=True)
class Chapter:
    """An hour of the event, by its own clock; `when` is "before", "during" or "later"."""

    hour: datetime
    when: str
    threads: Sequence[Sequence[Said]]


@dataclass(frozen=True, slots=True)
class Teller:
    """Somebody and what they said; `more`: posts that are told in order, and not here too."""

    posts: Sequence[Post]
    more: int = 0

    @property
    def account(self) -> Any:
        return self.posts[0].author

    @property
    def number(self) -> int:
        """Of all that they said."""
        return len(self.posts) + self.more


@dataclass(frozen=True, slots=True)
class Link:
    address: str
    posts: Sequence[Post]


@dataclass(frozen=True, slots=True)
class Numbers:
    posts: int
    people: int
    unshown: int
    later: int


def read_archive(event: LiveEvent, *, with_practice: bool) -> Telling:
    """All that was told, oldest thread first."""
    telling = read_telling(event, span_of(event), with_practice=with_practice)
    return Telling(list(reversed(telling.threads)))


def count(event: LiveEvent, telling: Telling) -> Numbers:
    rows = telling.rows
    return Numbers(
        posts=len(rows),
        people=len({row.who for row in rows if not row.is_ours}),
        unshown=sum(not row.is_shown for row in rows),
        later=sum(row.said_at >= event.ends_at for row in rows),
    )


def in_order(
    event: LiveEvent, telling: Telling, number: str, *, per_page: int = THREADS_ON_A_PAGE
) -> tuple[Page[Thread], list[Chapter]]:
    """A page of threads, and the hours that they are told in."""
    shown = [thread for thread in telling.threads if thread.is_shown]
    page = Paginator(shown, per_page).get_page(number)
    posts = fetch_shown(row for thread in page.object_list for row in thread.rows)
    return page, _chapters(event, page.object_list, posts)


def _chapters(
    event: LiveEvent, threads: Iterable[Thread], posts: Mapping[int, Post]
) -> list[Chapter]:
    hours: dict[tuple[datetime, str], list[Sequence[Said]]] = {}
    for thread in threads:
        local = thread.head.said_at.astimezone(event.zone)
        hour = local.replace(minute=0, second=0, microsecond=0)
        said = [Said.of(row, posts, event) for row in thread.rows]
        hours.setdefault((hour, when_said(event, thread.head)), []).append(said)
    return [Chapter(hour, when, members) for (hour, when), members in hours.items()]


def when_said(event: LiveEvent, row: Row) -> str:
    if row.said_at < event.starts_at:
        return "before"
    return "during" if row.said_at < event.ends_at else "later"


def by_person(telling: Telling, number: str) -> tuple[Page[Any], list[Teller]]:
    """A page of people in the order in which they joined in, each with what they said first."""
    said: dict[object, list[Row]] = {}
    for row in telling.rows:
        if row.is_shown and not row.is_ours:
            said.setdefault(row.who, []).append(row)
    page = Paginator(list(said.values()), PEOPLE_ON_A_PAGE).get_page(number)
    begun = [(rows[:POSTS_OF_A_PERSON], rows[POSTS_OF_A_PERSON:]) for rows in page.object_list]
    posts = fetch_shown(row for rows, _more in begun for row in rows)
    found = [([posts[row.pk] for row in rows if row.pk in posts], more) for rows, more in begun]
    return page, [Teller(theirs, len(more)) for theirs, more in found if theirs]


def pictures(telling: Telling, number: str) -> Page[Media]:
    found = (
        Media.objects.filter(post__in=_shown_ids(telling), kind=MediaKind.IMAGE.value)
        .filter(post__is_sensitive=False, post__veil=None)
        .select_related("post__author")
        .order_by("post__said_at", "post_id", "position")
    )
    return Paginator(found, PICTURES_ON_A_PAGE).get_page(number)


def links(telling: Telling, number: str) -> Page[Link]:
    """Each address once, in the order in which it was named."""
    found = Post.objects.filter(pk__in=_shown_ids(telling), veil=None).exclude(links=[])
    named: dict[str, list[Post]] = {}
    for post in found.select_related("author").order_by("said_at", "pk"):
        for address in dict.fromkeys(post.links):
            if address.startswith(("https://", "http://")):
                named.setdefault(address, []).append(post)
    gathered = [Link(address, posts) for address, posts in named.items()]
    return Paginator(gathered, LINKS_ON_A_PAGE).get_page(number)


def helps_of(event: LiveEvent) -> QuerySet[Help, Help]:
    """Who helped whom, by their own word; both agree to be shown."""
    return (
        Help.objects.confirmed()
        .filter(
            live_event=event,
            helper__consent=Consent.SHOW,
            helped__consent=Consent.SHOW,
            reply__deleted_at=None,
            reply__visibility__in=OPEN,
        )
        .select_related("helper", "helped", "reply__author", "reply__parent__author")
        .order_by("reply__said_at", "pk")
    )


def thanks(event: LiveEvent, number: str) -> Page[Help]:
    return Paginator(helps_of(event), THANKS_ON_A_PAGE).get_page(number)


def _shown_ids(telling: Telling) -> list[int]:
    return [row.pk for row in telling.rows if row.is_shown]

"""What remains of a live event: told in order, by person, in pictures and links, and who helped
whom.

A page of it is read from the rows at each visit: what was taken back is gone, who wants to be
counted only is counted, and what is said under the hashtag a month later stands at the end, as
later. Which posts there are is kept for a moment (community.live.gist), so that a visit costs the
same however much was told.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from community.live.belonging import OPEN, Row, Thread, rows_now
from community.live.drawing import Said, fetch_shown
from community.live.gist import Gist
from community.models import Consent, Help, LiveEvent
from microblog.models import Media, Post

THREADS_ON_A_PAGE = 25
POSTS_ON_A_PAGE = 150
PEOPLE_ON_A_PAGE = 20
POSTS_OF_A_PERSON = 40
PICTURES_ON_A_PAGE = 24
LINKS_ON_A_PAGE = 50
THANKS_ON_A_PAGE = 50
MOST_PRINTED = 400
MOST_POSTS_PRINTED = 2000
NAMED_BY = 12
"""Of those who named an address, the first."""


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


def in_order(
    event: LiveEvent,
    gist: Gist,
    number: str,
    *,
    threads: int = THREADS_ON_A_PAGE,
    posts: int = POSTS_ON_A_PAGE,
) -> tuple[Page[Any], list[Chapter]]:
    """A page of threads, and the hours that they are told in."""
    page = Paginator(_pages(gist.threads, threads, posts), 1).get_page(number)
    pieces = page.object_list[0] if page.object_list else []
    rows = rows_now(pk for piece in pieces for pk in piece)
    told = [Thread.of(rows[pk] for pk in piece if pk in rows) for piece in pieces]
    shown = [thread for thread in told if thread.is_shown]
    return page, _chapters(event, shown, fetch_shown(rows.values()))


def _pages(
    threads: Iterable[Sequence[int]], most: int, most_posts: int
) -> list[list[Sequence[int]]]:
    pages: list[list[Sequence[int]]] = []
    posts = 0
    for thread in threads:
        if not pages or len(pages[-1]) >= most or posts + len(thread) > most_posts:
            pages.append([])
            posts = 0
        pages[-1].append(thread)
        posts += len(thread)
    return pages


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


def by_person(gist: Gist, number: str) -> tuple[Page[Any], list[Teller]]:
    """A page of people in the order in which they joined in, each with what they said first."""
    page = Paginator(gist.people, PEOPLE_ON_A_PAGE).get_page(number)
    begun = [(pks[:POSTS_OF_A_PERSON], pks[POSTS_OF_A_PERSON:]) for pks in page.object_list]
    posts = _shown_now(pk for pks, _more in begun for pk in pks)
    found = [([posts[pk] for pk in pks if pk in posts], more) for pks, more in begun]
    return page, [Teller(theirs, len(more)) for theirs, more in found if theirs]


def pictures(gist: Gist, number: str) -> Page[Any]:
    page: Page[Any] = Paginator(gist.pictures, PICTURES_ON_A_PAGE).get_page(number)
    shown = _shown_now(post for _media, post in page.object_list)
    media = Media.objects.filter(pk__in=[pk for pk, _post in page.object_list])
    found = media.select_related("post__author").in_bulk()
    page.object_list = [
        found[pk]
        for pk, post in page.object_list
        if pk in found and post in shown and not (shown[post].is_sensitive or shown[post].veil)
    ]
    return page


def links(gist: Gist, number: str) -> Page[Any]:
    """Each address once, in the order in which it was named."""
    page: Page[Any] = Paginator(gist.links, LINKS_ON_A_PAGE).get_page(number)
    named = [(address, pks[:NAMED_BY]) for address, pks in page.object_list]
    posts = _shown_now(pk for _address, pks in named for pk in pks)
    told = [
        (address, [posts[pk] for pk in pks if pk in posts and _names(posts[pk], address)])
        for address, pks in named
    ]
    page.object_list = [Link(address, by) for address, by in told if by]
    return page


def _names(post: Post, address: str) -> bool:
    return post.veil is None and address in post.links


def _shown_now(pks: Iterable[int]) -> dict[int, Post]:
    return fetch_shown(rows_now(pks).values())


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

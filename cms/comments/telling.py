"""Pages are told on the microblog: once a connection, whoever asks how often."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from wagtail.models import Page, Site

from challenges.catalogue import page_address
from cms.models import (
    ArticlePage,
    CommentSettings,
    PagePost,
    PageTalk,
    PortraitPage,
    ToolPage,
    TutorialPage,
)
from community.models import MoocSettings, User
from community.moocs import Moocs
from microblog.composing import compose, hashtag_line
from microblog.doorbells import ring
from microblog.models import Connection, OutboxPost
from microblog.networks import Network
from microblog.services import enqueue_post

TALKED_ABOUT = (ArticlePage, TutorialPage, ToolPage, PortraitPage)
BATCH = 20
MOST_THREADS = 200
"""The newest: each is a request to a server, now and then."""


def talk_of(page: Page) -> PageTalk | None:
    return PageTalk.objects.filter(page_key=page.translation_key).first()


def open_talk(page: Page, *, is_open: bool, tell: bool, by: User | None, now: datetime) -> PageTalk:
    """Keeps what an editor ticked. `tell` asks for the page's posts; asked again, nothing more is
    said."""
    site = page.get_site() or Site.objects.get(is_default_site=True)
    talk, _made = PageTalk.objects.get_or_create(
        page_key=page.translation_key,
        defaults={"page_id": page.pk, "site": site, "is_open": is_open},
    )
    talk.is_open = is_open
    if tell and is_open and talk.asked_at is None:
        talk.asked_at, talk.asked_by = now, by
    talk.save(update_fields=["is_open", "asked_at", "asked_by"])
    ring("gather")
    return talk


def page_went_live(page: Page, *, now: datetime) -> None:
    """Asks for its posts where the site's settings say so, once in its life."""
    site = page.get_site()
    if site is None or not isinstance(page, TALKED_ABOUT) or talk_of(page):
        return
    if CommentSettings.for_site(site).announce == CommentSettings.Announce.PUBLISHED:
        open_talk(page, is_open=True, tell=True, by=None, now=now)


def tell_pages(now: datetime) -> int:
    """Put the posts of pages in the outbox; returns how many pages moved."""
    talks = list(PageTalk.objects.to_tell().filter(page__live=True).order_by("asked_at")[:BATCH])
    if not talks:
        return 0
    connections = list(Connection.objects.enabled())
    if not connections:
        return 0
    editions = _editions(talk.page_key for talk in talks)
    moocs = Moocs.read()
    return sum(
        _tell(talk, editions.get(talk.page_key, {}), connections, moocs, now) for talk in talks
    )


def _editions(keys: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    """Of each key, its public pages by language."""
    found: dict[UUID, dict[str, Any]] = {}
    keys = list(keys)
    for kind in TALKED_ABOUT:
        pages = kind.objects.live().public().filter(translation_key__in=keys)
        for page in pages.select_related("locale", "author"):
            found.setdefault(page.translation_key, {})[page.locale.language_code] = page
    return found


def _tell(
    talk: PageTalk,
    editions: dict[str, Any],
    connections: Sequence[Connection],
    moocs: Moocs,
    now: datetime,
) -> bool:
    if not editions:
        return False
    mooc = moocs.of_site(talk.site_id)
    with transaction.atomic():
        claimed = PageTalk.objects.filter(pk=talk.pk, told_at=None).update(told_at=now)
        if not claimed:
            return False
        for connection in moocs.voices_of(mooc, connections):
            wanted = connection.language.partition("-")[0]
            page = editions.get(wanted) or next(iter(editions.values()))
            _promise(talk, page, connection, mooc, now)
    return True


def _promise(
    talk: PageTalk, page: Any, connection: Connection, mooc: MoocSettings, now: datetime
) -> None:
    language = page.locale.language_code
    promise = enqueue_post(
        connection,
        key=f"page:{talk.pk}:{connection.pk}",
        kind=OutboxPost.Kind.OTHER,
        text=compose(
            "page",
            getattr(page, "summary", "") or getattr(page, "lead", ""),
            limit=mooc.limit_on(connection),
            language=language,
            tone=mooc.tone,
            context={
                "title": page.title,
                "author": page.byline,
                "hashtags": hashtag_line([mooc.first_hashtag]),
                "url": page_address(page),
            },
        ),
        language=language,
        now=now,
    )
    PagePost.objects.get_or_create(talk=talk, connection=connection, defaults={"promise": promise})


def page_threads() -> Iterable[tuple[int, str]]:
    """The threads under pages' posts, for the ear: ids of a connection, and of the post on its
    server."""
    said = PagePost.objects.filter(
        talk__is_open=True, promise__post__deleted_at=None, promise__post__isnull=False
    ).exclude(connection__network=Network.PRACTICE)
    newest = said.order_by("-pk")[:MOST_THREADS]
    return [
        (told.connection_id, sighting.remote_id)
        for told in newest.select_related("promise__post").prefetch_related(
            "promise__post__sightings"
        )
        if told.promise.post
        for sighting in told.promise.post.sightings.all()
        if sighting.connection_id == told.connection_id
    ]

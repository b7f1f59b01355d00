"""Pages are told on the microblog: once a connection, whoever asks how often."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
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
from community.sites import open_to_all
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


def to_tell() -> QuerySet[PageTalk]:
    """Asked for, about pages that everybody may read now."""
    pages = Page.objects.live().filter(open_to_all())
    withdrawn = PortraitPage.objects.withdrawn()
    asked = PageTalk.objects.to_tell().filter(page__in=pages.values("pk"))
    return asked.exclude(page__in=withdrawn.values("pk"))


def tell_pages(now: datetime) -> int:
    """Put the posts of pages in the outbox; returns how many pages moved."""
    talks = list(to_tell().order_by("asked_at")[:BATCH])
    if not talks:
        return 0
    connections = list(Connection.objects.enabled())
    if not connections:
        return 0
    editions = open_editions(talk.page_key for talk in talks)
    moocs = Moocs.read()
    return sum(
        _tell(talk, editions.get(talk.page_key, {}), connections, moocs, now) for talk in talks
    )


def open_editions(keys: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    """Of each key, by language, its pages that everybody may read now."""
    found: dict[UUID, dict[str, Any]] = {}
    keys = list(keys)
    for kind in TALKED_ABOUT:
        pages = kind.objects.live().filter(open_to_all(), translation_key__in=keys)
        shown = pages.shown() if kind is PortraitPage else pages
        for page in shown.select_related("locale", "author"):
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
            text, language = words_about(editions, connection, mooc)
            promise = enqueue_post(
                connection,
                key=f"page:{talk.pk}:{connection.pk}",
                kind=OutboxPost.Kind.OTHER,
                text=text,
                language=language,
                now=now,
            )
            _renew(promise, now)
            PagePost.objects.get_or_create(
                talk=talk, connection=connection, defaults={"promise": promise}
            )
    return True


def _renew(promise: OutboxPost, now: datetime) -> None:
    """What was taken back while its page was closed is promised again."""
    taken_back = OutboxPost.objects.filter(pk=promise.pk, said_version=0).exclude(given_up_at=None)
    taken_back.update(given_up_at=None, error="", attempts=0, due_at=now)


def words_about(
    editions: Mapping[str, Any], connection: Connection, mooc: MoocSettings
) -> tuple[str, str]:
    """The text of the post and its language: that of the connection, where there is one."""
    wanted = connection.language.partition("-")[0]
    page = editions.get(wanted) or next(iter(editions.values()))
    language = page.locale.language_code
    text = compose(
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
    )
    return text, language


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

"""Keeping the words that are searched: a page's when it is saved, a post's by the step `index`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.signals import post_delete, post_save
from django.utils.html import strip_tags
from django.utils.translation import override
from wagtail.models import Page, get_page_models
from wagtail.search.index import SearchField

from challenges.models import ChallengePage, Screening
from cms.models import PageWords
from cms.searching.engine import Kind, Words, forget_words, mark_of_site, put_words
from cms.searching.facets import facet_of
from cms.searching.vocabulary import renew_vocabularies, words_changed
from community.moocs import Moocs
from community.sites import SiteMap
from curation.folding import renew_words
from curation.searching import LONGEST
from microblog.gateways.base import Visibility
from microblog.models import Post
from microblog.steps import Backlog

POSTS_AT_ONCE = 300
PAGES_AT_ONCE = 50
HOME_DEPTH = 2
"""A home is a page that everybody knows; above it there is only the root."""
BESIDES = frozenset(
    {"latest_revision", "draft_title", "has_unpublished_changes", "go_live_at", "locked"}
)
"""Fields that change without a word for readers."""


def index(now: datetime) -> int:
    """The step: pages that were never read, then posts, then the vocabulary. How many were read."""
    pages = list(_unread_pages()[:PAGES_AT_ONCE].specific())
    index_pages(pages)
    return len(pages) or index_posts() or int(_read_again()) or renew_vocabularies(now)


def _read_again() -> bool:
    """Where words were bared differently before."""
    return renew_words(Kind.PAGES.value, _pages_again) or renew_words(
        Kind.POSTS.value, _posts_again
    )


def _pages_again(after: int) -> int | None:
    batch = list(PageWords.objects.filter(pk__gt=after).order_by("pk")[:PAGES_AT_ONCE])
    index_pages(list(Page.objects.filter(pk__in=[row.pk for row in batch]).specific()))
    return batch[-1].pk if batch else None


def _posts_again(after: int) -> int | None:
    """The next batches read them."""
    posts = Post.objects.filter(pk__gt=after).order_by("pk")
    batch = list(posts.values_list("pk", flat=True)[:POSTS_AT_ONCE])
    Post.objects.filter(pk__in=batch).update(indexed_fingerprint="")
    return batch[-1] if batch else None


def backlog(now: datetime) -> Backlog:
    return Backlog(_unread_pages().count() + Post.objects.unindexed().count())


def _unread_pages() -> Any:
    read = PageWords.objects.values("page")
    return Page.objects.live().filter(depth__gt=HOME_DEPTH).exclude(pk__in=read).order_by("pk")


def index_pages(pages: Sequence[Page]) -> None:
    """Each in its own class, as it stands in the database."""
    rows = [_words_of(page) for page in pages]
    PageWords.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["page"],
        update_fields=["facet", "language", "title", "text"],
    )
    put_words(Kind.PAGES, [Words(row.pk, row.title, row.text, row.language) for row in rows])
    if rows:
        words_changed()


def _words_of(page: Page) -> PageWords:
    """In its own language, whoever saves it: names of choices are words too."""
    language = page.locale.language_code
    with override(language):
        text = text_of(page)
    return PageWords(
        page_id=page.pk,
        facet=facet_of(page).value,
        language=language,
        title=page.title,
        text=text,
    )


def text_of(page: Page) -> str:
    """What its class says is searched, besides the title; without markup."""
    fields = [one for one in page.get_search_fields() if isinstance(one, SearchField)]
    values = (one.get_value(page) for one in fields if one.field_name != "title")
    parts = (" ".join(strip_tags(part).split()) for value in values for part in _flat(value))
    return " · ".join(part for part in parts if part)[:LONGEST]


def _flat(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value.replace("<", " <")
    elif isinstance(value, Iterable):
        for part in value:
            yield from _flat(part)


def page_saved(
    *,
    sender: type[Page],
    instance: Page,
    raw: bool = False,
    update_fields: Iterable[str] | None = None,
    **told: Any,
) -> None:
    """What is in memory may be a draft, so that the page is read again."""
    is_said = update_fields is None or not BESIDES.issuperset(update_fields)
    if raw or not is_said or not instance.live or instance.depth <= HOME_DEPTH:
        return
    index_pages(list(sender._default_manager.filter(pk=instance.pk).select_related("locale")))


def page_deleted(*, instance: Page, **told: Any) -> None:
    forget_words(Kind.PAGES, [instance.pk])


def post_deleted(*, instance: Post, **told: Any) -> None:
    forget_words(Kind.POSTS, [instance.pk])


for page_class in get_page_models():
    post_save.connect(page_saved, sender=page_class)
    post_delete.connect(page_deleted, sender=page_class)
post_delete.connect(post_deleted, sender=Post)


def index_posts() -> int:
    """A constant number of queries."""
    with transaction.atomic():
        waiting = Post.objects.unindexed().order_by("pk").select_related(None)
        batch = list(waiting.select_for_update(of=("self",), skip_locked=True)[:POSTS_AT_ONCE])
        if not batch:
            return 0
        open_ones = [post for post in batch if _is_open(post)]
        kept = {post.pk for post in open_ones}
        forget_words(Kind.POSTS, [post.pk for post in batch if post.pk not in kept])
        marks = _marks(open_ones)
        put_words(Kind.POSTS, [_words_of_post(post, marks[post.pk]) for post in open_ones])
        read = Post.objects.filter(pk__in=[post.pk for post in batch])
        read.update(indexed_fingerprint=F("fingerprint"))
    return len(batch)


def _is_open(post: Post) -> bool:
    return post.deleted_at is None and post.visibility == Visibility.PUBLIC.value


def _words_of_post(post: Post, marks: Iterable[str]) -> Words:
    warned = post.content_warning
    return Words(post.pk, warned, "" if warned else post.text, post.language, tuple(marks))


def _marks(posts: Sequence[Post]) -> Mapping[int, Sequence[str]]:
    """The MOOCs that each was said to, and that of the challenge that it answers; by post id."""
    moocs = Moocs.read()
    found = {
        pk: {mooc.site_id for mooc in said if mooc.site_id is not None}
        for pk, said in moocs.of_posts(posts).items()
    }
    if not moocs.is_one:
        for post_id, site_id in _sites_of_challenges(posts):
            found[post_id].add(site_id)
    return {pk: [mark_of_site(site) for site in sorted(sites)] for pk, sites in found.items()}


def _sites_of_challenges(posts: Sequence[Post]) -> Iterator[tuple[int, int]]:
    sites = SiteMap.read()
    matched = Screening.objects.filter(post__in=posts, decision=Screening.Match.MATCHED)
    answered = dict(matched.values_list("post_id", "challenge_key"))
    pages: QuerySet[Any] = ChallengePage.objects.filter(translation_key__in=answered.values())
    of_key = {page.translation_key: sites.site_of(page) for page in pages}
    for post_id, key in answered.items():
        if (site_id := of_key.get(cast(Any, key))) is not None:
            yield post_id, site_id

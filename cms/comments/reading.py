"""The comments of a page as a reader finds them: shown with consent, else only counted."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Prefetch, QuerySet, Subquery, prefetch_related_objects
from wagtail.models import Page

from cms.models import Comment, PagePost, PageTalk
from community.models import Consent
from microblog.models import Mention, Post
from microblog.networks import Network
from microblog.timeline.streams import OPEN

MOST = 100


@dataclass(frozen=True, slots=True)
class Told:
    """One of the page's own posts, on one network."""

    post: Post
    name: str

    @property
    def is_here(self) -> bool:
        return self.post.network == Network.PRACTICE


@dataclass(frozen=True, slots=True)
class Talk:
    """`others`: how many more there are, of people who don't wish to be shown, or beyond MOST."""

    is_open: bool
    told: Sequence[Told]
    posts: Sequence[Post]
    count: int

    @property
    def others(self) -> int:
        return max(self.count - len(self.posts), 0)

    @property
    def here(self) -> Post | None:
        return next((one.post for one in self.told if one.is_here), None)

    @property
    def elsewhere(self) -> Sequence[Told]:
        return [one for one in self.told if not one.is_here]


def _standing(*, with_practice: bool) -> QuerySet[Comment]:
    """Those that count. `with_practice`: whether the reader may read the practice timeline."""
    found = Comment.objects.filter(
        state=Comment.State.SHOWN,
        post__deleted_at=None,
        post__visibility__in=OPEN,
    ).exclude(post__author__link__participant__consent=Consent.NOTHING)
    return found if with_practice else found.exclude(post__network=Network.PRACTICE)


def read_talk(page: Page, *, with_practice: bool) -> Talk | None:
    """Constant queries; None where the page was never told of."""
    standing = _standing(with_practice=with_practice).filter(page_key=page.translation_key)
    talks = PageTalk.objects.filter(page_key=page.translation_key)
    talk = talks.annotate(count=_number_of(standing)).first()
    if talk is None:
        return None
    pages_posts = PagePost.objects.filter(talk=talk, promise__post__deleted_at=None)
    pages_posts = pages_posts.exclude(promise__post=None).order_by("pk")
    told = [
        Told(one.promise.post, one.connection.name)
        for one in pages_posts.select_related("promise__post__author", "connection")
        if one.promise.post and (with_practice or one.promise.post.network != Network.PRACTICE)
    ]
    if not told and not talk.told_at:
        return None
    shown = standing.filter(post__author__link__participant__consent=Consent.SHOW)
    rows = shown.select_related("post__author", "post__parent__author").order_by(
        "post__said_at", "post_id"
    )[:MOST]
    posts = [row.post for row in rows]
    mentions = Mention.objects.select_related("account").order_by("position")
    prefetch_related_objects(posts, "media", Prefetch("mentions", mentions))
    return Talk(talk.is_open, told, posts, talk.count or 0)


def _number_of(comments: QuerySet[Comment]) -> Subquery:
    return Subquery(comments.order_by().values("page_key").annotate(n=Count("pk")).values("n"))


def count_comments(pages: Collection[Page], *, with_practice: bool) -> Mapping[UUID, int]:
    """By translation key; one query for a whole list."""
    keys = [page.translation_key for page in pages]
    standing = _standing(with_practice=with_practice).filter(page_key__in=keys)
    rows = standing.order_by().values("page_key").annotate(number=Count("pk"))
    return {row["page_key"]: row["number"] for row in rows}

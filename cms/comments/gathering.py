"""The replies to pages' posts become their comments: found once, decided about, followed."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Min, Q, QuerySet
from django.db.models.functions import Coalesce

from cms.comments.righting import put_right
from cms.comments.telling import tell_pages, to_tell
from cms.models import Comment, CommentSettings, PagePost
from community.models import Consent
from microblog.models import Connection, Post
from microblog.steps import Backlog
from microblog.timeline.streams import OPEN

BATCH = 200
State = Comment.State


def gather(now: datetime) -> int:
    """Tell of pages, or no more; then take up new replies and those in other words. Returns how
    many moved."""
    return put_right(now) + tell_pages(now) + take_up(now) + read_again(now)


def new_replies() -> QuerySet[Post]:
    """At any depth; for everybody to read; of people who mind nothing being kept; not our own."""
    ours = Connection.objects.values("account")
    return (
        Post.objects.alive()
        .filter(root__promise__of_page__talk__is_open=True, comment=None, visibility__in=OPEN)
        .exclude(author__in=ours)
        .exclude(author__link__participant__consent=Consent.NOTHING)
    )


@transaction.atomic
def take_up(now: datetime) -> int:
    """Constant queries."""
    posts = list(new_replies().order_by("pk")[:BATCH])
    if not posts:
        return 0
    roots = {post.root_id for post in posts}
    told = PagePost.objects.filter(promise__post__in=roots).select_related("talk", "promise")
    talks = {one.promise.post_id: one.talk for one in told}
    first = _first_states({talk.site_id for talk in talks.values()})
    comments = [
        Comment(
            page_key=talk.page_key,
            talk=talk,
            post=post,
            state=first.get(talk.site_id, State.SHOWN),
            gathered_at=now,
            fingerprint=post.fingerprint,
        )
        for post in posts
        if (talk := talks.get(post.root_id))
    ]
    Comment.objects.bulk_create(comments, ignore_conflicts=True)
    return len(comments)


def _first_states(sites: set[int]) -> dict[int, Comment.State]:
    after = CommentSettings.objects.filter(site__in=sites, show=CommentSettings.Show.AFTER)
    return dict.fromkeys(after.values_list("site", flat=True), State.WAITING)


def reworded() -> QuerySet[Comment]:
    """Shown, and edited since, where a moderator reads before anybody else does."""
    sites = CommentSettings.objects.filter(show=CommentSettings.Show.AFTER).values("site")
    changed = Comment.objects.filter(~Q(fingerprint=F("post__fingerprint")))
    return changed.filter(state=State.SHOWN, talk__site__in=sites, post__deleted_at=None)


@transaction.atomic
def read_again(now: datetime) -> int:
    """What was approved in other words waits again."""
    locked = reworded().select_for_update(skip_locked=True, of=("self",))
    found = list(locked.select_related("post").order_by("pk")[:BATCH])
    for comment in found:
        comment.state, comment.gathered_at = State.WAITING, now
        comment.fingerprint = comment.post.fingerprint
    Comment.objects.bulk_update(found, ["state", "gathered_at", "fingerprint"])
    return len(found)


def backlog(now: datetime) -> Backlog:
    untold = to_tell()
    told = untold.aggregate(at=Min(Coalesce("asked_at", "told_at")))["at"]
    replies = new_replies()
    heard = replies.aggregate(at=Min("heard_at"))["at"]
    count = untold.count() + replies.count() + reworded().count()
    return Backlog(count, min(filter(None, [told, heard]), default=None))

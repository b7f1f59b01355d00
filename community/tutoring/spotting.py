"""Finds the replies of a batch that may have helped a newcomer, and those of their posts that do
what a help said.

A constant number of queries for any batch.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, prefetch_related_objects

from community.helping import (
    Advice,
    Remark,
    Said,
    gestures_of,
    is_applied,
    judge_remark,
    says_thanks,
)
from community.models import Help, LiveEvent, Participant, TipUse
from community.newcomers import is_newcomer
from microblog.doorbells import ring
from microblog.gateways.base import MediaKind, Visibility
from microblog.models import Post

OPEN = (Visibility.PUBLIC.value, Visibility.UNLISTED.value)
Confirmation = Help.Confirmation

WorkSource = Callable[[Collection[int]], Mapping[int, frozenset[str]]]
"""Of these posts (ids), those that belong to a challenge, each with the gestures (see
community.helping) that it still misses."""

_sources: list[WorkSource] = []


def enter_work_source(source: WorkSource) -> None:
    _sources.append(source)


def note_helps(
    replies: Sequence[Post],
    people: Mapping[int, Participant],
    live: Mapping[int, LiveEvent],
    *,
    now: datetime,
) -> None:
    """A reply on topic to a newcomer may have helped; it counts when that is confirmed. `live`: by
    post id, for replies and for what they answer."""
    pairs = [pair for post in replies if (pair := _pair(post, people, now))]
    if not pairs:
        return
    posts = [post for post, _helper, _helped in pairs]
    prefetch_related_objects(posts, "parent__media", "parent__mentions")
    work = _work_of({post.parent_id or 0 for post in posts})
    tips = set(TipUse.objects.filter(answer__in=posts).values_list("answer", flat=True))
    helps = []
    for post, helper, helped in pairs:
        event = live.get(post.pk) or live.get(post.parent_id or 0)
        about = judge_remark(_remark(post, work, is_live=event is not None, tips=tips))
        if about:
            helps.append(
                Help(
                    reply=post,
                    helper=helper,
                    helped=helped,
                    topic=about.topic,
                    gestures=list(about.gestures),
                    live_event=event,
                    noticed_at=now,
                )
            )
    Help.objects.bulk_create(helps, ignore_conflicts=True)


def _pair(
    post: Post, people: Mapping[int, Participant], now: datetime
) -> tuple[Post, Participant, Participant] | None:
    helper = people.get(post.author_id)
    helped = people.get(post.parent.author_id) if post.parent else None
    if not helper or not helped or helper == helped or not is_newcomer(helped, now=now):
        return None
    return post, helper, helped


def _work_of(posts: Collection[int]) -> dict[int, frozenset[str]]:
    found: dict[int, frozenset[str]] = {}
    for source in _sources:
        for post, missing in source(posts).items():
            found[post] = found.get(post, frozenset()) | missing
    return found


def _remark(
    post: Post, work: Mapping[int, frozenset[str]], *, is_live: bool, tips: Collection[int]
) -> Remark:
    answered = post.parent or Post()
    return Remark(
        text=post.text,
        answered=answered.text,
        shows=shown_by(answered),
        missing=work.get(answered.pk, frozenset()),
        at_work=answered.pk in work,
        is_live=is_live,
        uses_tip=post.pk in tips,
    )


def shown_by(post: Post) -> frozenset[str]:
    """Posts come with `media` and `mentions`."""
    return gestures_of(
        images=[one.alt_text for one in post.media.all() if one.kind == MediaKind.IMAGE.value],
        hashtags=post.hashtags,
        mentions=len(post.mentions.all()),
        links=post.links,
        goes_on=post.parent is not None and post.parent.author_id == post.author_id,
        warning=post.content_warning,
    )


def confirm_by_thanks(replies: Iterable[Post], *, now: datetime) -> int:
    """Thanks under the help, by the person who was helped, from whichever of their accounts."""
    thanks = {(post.parent_id, post.author_id) for post in replies if says_thanks(post.text)}
    if not thanks:
        return 0
    waiting = _waiting().filter(reply__in={parent for parent, _author in thanks})
    return confirm(
        [
            deed
            for deed in waiting
            if any((deed.reply_id, link.account_id) in thanks for link in deed.helped.links.all())
        ],
        Confirmation.THANKS,
        now=now,
    )


def confirm_by_applying(
    posts: Sequence[Post], people: Mapping[int, Participant], *, now: datetime
) -> int:
    """The newcomer's next post, or their edit of the one that was answered, does what the help
    said."""
    waiting = list(
        _waiting()
        .filter(helped__in={people[post.author_id] for post in posts if post.author_id in people})
        .exclude(gestures=[])
        .select_related("reply")
        .annotate(next_post=Subquery(_next_posts()))
    )
    if not waiting:
        return 0
    prefetch_related_objects(list(posts), "media", "mentions")
    said: dict[int, list[Said]] = {}
    for post in posts:
        if post.author_id in people:
            one = Said(post.pk, shown_by(post), post.said_at, post.edited_at)
            said.setdefault(people[post.author_id].pk, []).append(one)
    applied = [
        deed
        for deed in waiting
        if any(is_applied(_advice(deed), one) for one in said[deed.helped_id])
    ]
    return confirm(applied, Confirmation.APPLIED, now=now)


def _next_posts() -> QuerySet[Post, Any]:
    """What the newcomer said next, in public, after a help."""
    return (
        Post.objects.alive()
        .filter(
            author__link__participant=OuterRef("helped"),
            said_at__gt=OuterRef("reply__said_at"),
            visibility__in=OPEN,
        )
        .order_by("said_at", "pk")
        .values("pk")[:1]
    )


def _advice(deed: Help) -> Advice:
    return Advice(
        gestures=frozenset(deed.gestures),
        said_at=deed.reply.said_at,
        about=deed.reply.parent_id,
        next_post=getattr(deed, "next_post", None),
    )


def _waiting() -> QuerySet[Help]:
    """A help that was taken back can't be confirmed any more."""
    waiting = Help.objects.to_confirm().filter(reply__deleted_at=None)
    return waiting.prefetch_related("helped__links")


def confirm(deeds: Collection[Help], how: Help.Confirmation, *, now: datetime) -> int:
    """The first confirmation stays the one that is told."""
    if not deeds:
        return 0
    rows = Help.objects.to_confirm().filter(pk__in=[deed.pk for deed in deeds])
    confirmed = rows.update(confirmed_at=now, confirmed_by=how)
    if confirmed:
        ring("mentor")
    return confirmed

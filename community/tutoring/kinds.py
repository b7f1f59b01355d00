"""The reasons that this room knows: nobody answered yet, a first post, a question, a live event."""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community.moocs import mooc_hashtags
from community.tutoring.needs import (
    Batch,
    FoundNeed,
    NeedKind,
    enter_need_kind,
    enter_need_source,
)
from microblog.hashtags import bare
from microblog.models import Account, Post

PATIENCE = timedelta(minutes=10)
"""How long the others have, during a live event, to answer a newcomer before tutors see it."""

_ADDRESS = re.compile(r"https?://\S+")
_ASKS = re.compile(r"[?？؟]")

LIVE, UNANSWERED, FIRST_POST, QUESTION = "live", "unanswered", "first_post", "question"

enter_need_kind(
    NeedKind(
        LIVE,
        _("Live now"),
        lambda params: (
            gettext("Live-tweets “%(event)s” and has had no answer for ten minutes.")
            % {"event": params.get("event", "")}
        ),
        of_person=True,
        topics=("live_tweet",),
    )
)
enter_need_kind(
    NeedKind(
        UNANSWERED,
        _("No answer yet"),
        lambda _params: gettext("Nobody has ever answered them."),
        of_person=True,
        topics=("welcome",),
    )
)
enter_need_kind(
    NeedKind(
        FIRST_POST,
        _("First post"),
        lambda _params: gettext("This is their very first post."),
        of_person=True,
        topics=("welcome",),
    )
)
enter_need_kind(
    NeedKind(
        QUESTION,
        _("Question"),
        lambda _params: gettext("They ask a question."),
        topics=("asking",),
    )
)


def unanswered(batch: Batch) -> Iterator[FoundNeed]:
    """Newcomers to whom no person has ever replied, and which of their posts is the very first;
    two queries."""
    posts = batch.of_newcomers()
    answered = people_answered({post.author_id for post in posts}, batch) if posts else set()
    met = {batch.people[account].pk for account in answered}
    waiting = [post for post in posts if batch.people[post.author_id].pk not in met]
    for post in waiting:
        yield FoundNeed(UNANSWERED, post)
    yield from _first_posts(waiting, batch)


def _first_posts(waiting: Sequence[Post], batch: Batch) -> Iterator[FoundNeed]:
    posts = {post.pk: post for post in waiting}
    if not posts:
        return
    before = Post.objects.filter(
        author=OuterRef("author"), said_at__lt=OuterRef("said_at")
    ).exclude(pk=OuterRef("pk"))
    first = Post.objects.filter(~Exists(before), pk__in=posts).order_by("said_at", "pk")
    met = set()
    for pk in first.values_list("pk", flat=True):
        person = batch.people[posts[pk].author_id].pk
        if person not in met:
            met.add(person)
            yield FoundNeed(FIRST_POST, posts[pk])


def people_answered(accounts: set[int], batch: Batch) -> set[int]:
    """Those of the accounts to which some person has replied, ever."""
    replies = (
        Post.objects.alive()
        .filter(parent__author=OuterRef("pk"), author__is_bot=False)
        .exclude(author=OuterRef("pk"))
        .exclude(author__in=batch.ours)
    )
    found = Account.objects.filter(Exists(replies), pk__in=accounts)
    return set(found.values_list("pk", flat=True))


def questions(batch: Batch) -> Iterator[FoundNeed]:
    """Whoever asks us, the MOOC's hashtag, or under a post of ours; newcomer or not."""
    asking = [post for post in batch.posts if asks(post)]
    hashtags = bare(mooc_hashtags()) if asking else set()
    for post in asking:
        if speaks_to_us(post, batch.ours, hashtags):
            yield FoundNeed(QUESTION, post)


def asks(post: Post) -> bool:
    """A question mark in an address asks nothing."""
    return bool(_ASKS.search(_ADDRESS.sub(" ", post.text)))


def speaks_to_us(post: Post, ours: frozenset[int], hashtags: AbstractSet[str]) -> bool:
    """It mentions an account of ours, answers one, or bears a hashtag of the MOOC."""
    return (
        any(mention.account_id in ours for mention in post.mentions.all())
        or (post.parent is not None and post.parent.author_id in ours)
        or not hashtags.isdisjoint(bare(post.hashtags))
    )


def live_now(batch: Batch) -> Iterator[FoundNeed]:
    """What newcomers say while their event runs, and not to somebody in particular."""
    for post in batch.of_newcomers():
        event = batch.events.get(post.pk)
        if event and event.ends_at > batch.now and not _is_to_somebody(post, batch.ours):
            yield FoundNeed(
                LIVE,
                post,
                {"event": event.title},
                shows_at=post.said_at + PATIENCE,
                until=event.ends_at,
            )


def _is_to_somebody(post: Post, ours: frozenset[int]) -> bool:
    parent = post.parent
    return (
        parent is not None and parent.author_id != post.author_id and parent.author_id not in ours
    )


for source in (live_now, unanswered, questions):
    enter_need_source(source)

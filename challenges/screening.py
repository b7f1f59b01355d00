"""Decides about every post that is new or changed: does it count, for what, and what does it pass?

A batch costs the same number of queries whatever its size and whatever was said before.
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import reduce
from operator import or_

from django.db import DataError, IntegrityError, transaction
from django.db.models import F, Max, Q, QuerySet, prefetch_related_objects

from challenges.answering import judge_answers
from challenges.catalogue import all_challenges
from challenges.deeds import first_deeds
from challenges.facts import Reading, read_posts
from challenges.matching import Atlas, Match, Ruling, Screened, decide
from challenges.models import Launch, LaunchPost, Screening
from challenges.proposals.proposing import hear_proposals
from challenges.riddles.gathering import gather_questions, veil_posts
from challenges.riddles.overhearing import overhear_answers
from challenges.rules import PostFacts
from community.embarking import embark_by_posts
from community.learning import log_learning_events
from community.models import MoocSettings, Participant
from community.moocs import Moocs, says_embark
from community.noticing import notice_posts
from community.people import known_participants, lock_accounts, lock_people, participants_of
from microblog.doorbells import ring
from microblog.hashtags import bare
from microblog.models import Connection, Post
from microblog.rechecking import watch_posts
from microblog.steps import Backlog

logger = logging.getLogger(__name__)

BATCH = 200
DECIDED = ("fingerprint", "decision", "challenge", "challenge_key", "detector", "screened_at")
FAULTS = (
    ArithmeticError,
    AttributeError,
    DataError,
    IntegrityError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What one odd post may cause. A database that is away or busy is no post's fault."""
PARTS = ("author", "parent__parent", "mentions__account", "media")
NOBODYS = {Match.DELETED, Match.OURS, Match.BOT}
UNHEARD = {Match.DELETED, Match.OURS, Match.REFUSED, Match.NOT_PUBLIC, Match.BOT}
"""What is nobody's doing, or nobody's business; wishes are heard all the same."""


def screen_posts(now: datetime, *, batch: int = BATCH) -> int:
    """Decide about one batch; returns how many posts it held."""
    try:
        return _screen(Post.objects.unanswered(), batch, now)
    except FAULTS:
        logger.exception("A batch could not be judged; its posts are taken one by one.")
    waiting = Post.objects.unanswered().order_by("pk").values_list("pk", flat=True)
    return sum(_screen_alone(pk, now) for pk in list(waiting[:batch]))


@transaction.atomic
def _screen(waiting: QuerySet[Post], most: int, now: datetime) -> int:
    posts = list(waiting.order_by("pk").select_for_update(skip_locked=True)[:most])
    if posts:
        screen_batch(posts, now=now)
    return len(posts)


def _screen_alone(pk: int, now: datetime) -> int:
    """What can't be judged is written down as that, and waits for an edit."""
    try:
        return _screen(Post.objects.unanswered().filter(pk=pk), 1, now)
    except FAULTS:
        logger.exception("Post %s could not be judged.", pk)
    with transaction.atomic():
        posts = list(Post.objects.filter(pk=pk).select_for_update())
        nothing = Reading(PostFacts(text=""))
        if not posts:
            return 0
        _write([Screened(post, nothing, Ruling(Match.FAULT)) for post in posts], now)
        _mark_answered(posts)
    return len(posts)


def backlog(now: datetime) -> Backlog:
    waiting = Post.objects.unanswered().order_by("pk")
    return Backlog(waiting.count(), waiting.values_list("heard_at", flat=True).first())


@transaction.atomic
def screen_batch(posts: Sequence[Post], *, now: datetime) -> None:
    """Decide about these posts as they are in the caller's hands.

    What was edited meanwhile stays unanswered, so that the next batch takes it up again.
    """
    prefetch_related_objects(posts, *PARTS)
    lock_accounts(_speakers(posts))
    screened = _decide_all(posts)
    _write(screened, now)
    people = participants_of(one.post.author for one in screened if one.counts)
    lock_people(people.values())
    judge_answers(screened, people, now=now)
    gather_questions(screened)
    overhear_answers(screened, now=now)
    veil_posts(screened)
    embark_by_posts([one.post for one in screened if one.embarks], now=now)
    heard = [one for one in screened if one.ruling.match not in UNHEARD]
    _log_deeds(heard)
    notice_posts([one.post for one in screened if one.ruling.match not in NOBODYS], now=now)
    hear_proposals([one.post for one in heard])
    counting = [one.post.pk for one in screened if one.counts]
    watch_posts(Post.objects.filter(pk__in=counting), now=now)
    _mark_answered(posts)
    ring("credit")
    ring("feedback")


def _speakers(posts: Iterable[Post]) -> Iterator[int]:
    """Whoever said these posts, and whom they answer."""
    for post in posts:
        yield post.author_id
        if post.parent is not None:
            yield post.parent.author_id


def _decide_all(posts: Sequence[Post]) -> list[Screened]:
    moocs = Moocs.read()
    homes = moocs.of_posts(posts)
    ours = set(Connection.objects.values_list("account_id", flat=True))
    readings = read_posts(posts, ours=ours)
    atlas = read_atlas(readings.values(), moocs)
    people = known_participants({post.author_id for post in posts})
    before = {row.post_id: row for row in Screening.objects.filter(post__in=posts)}
    screened = []
    for post in posts:
        reading, last = readings[post.pk], before.get(post.pk)
        embarks = _embarks(post, reading, homes[post.pk], atlas)
        ruling = decide(
            post,
            reading,
            atlas,
            author_is_ours=post.author_id in ours,
            participant=people.get(post.author_id),
            before=last,
            embarks=embarks,
            near=frozenset(mooc.site_id for mooc in homes[post.pk]),
        )
        may_embark = embarks and ruling.match not in UNHEARD
        screened.append(Screened(post, reading, ruling, last, may_embark))
    return screened


def read_atlas(readings: Iterable[Reading], moocs: Moocs | None = None) -> Atlas:
    """All challenges, and those launches that the posts hang on."""
    above = {post for reading in readings for post in reading.above}
    said = LaunchPost.objects.filter(promise__post__in=above)
    launches = said.values_list("promise__post", "launch__challenge_key", "launch__due_at")
    rounds = Launch.objects.exclude(promised_at=None).order_by().values("challenge_key")
    return Atlas(
        challenges={challenge.key: challenge for challenge in all_challenges()},
        launches={post: (key, when) for post, key, when in launches},
        launched=dict(rounds.annotate(Max("due_at")).values_list("challenge_key", "due_at__max")),
        mooc_hashtags=(moocs or Moocs.read()).bare_hashtags,
    )


def _embarks(post: Post, reading: Reading, moocs: Iterable[MoocSettings], atlas: Atlas) -> bool:
    to_us = reading.speaks_to_us or not atlas.mooc_hashtags.isdisjoint(bare(post.hashtags))
    return to_us and any(says_embark(post.text, mooc) for mooc in moocs)


def _write(screened: list[Screened], now: datetime) -> None:
    rows = [_row(one.post, one.ruling, now) for one in screened]
    Screening.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["post"], update_fields=DECIDED
    )


def _row(post: Post, ruling: Ruling, now: datetime) -> Screening:
    edition = ruling.challenge.edition(post.language) if ruling.challenge else None
    return Screening(
        post=post,
        fingerprint=post.fingerprint,
        decision=ruling.match,
        challenge_id=edition.page_id if edition else None,
        challenge_key=ruling.challenge_key,
        detector=ruling.detector,
        screened_at=now,
    )


def _log_deeds(heard: list[Screened]) -> None:
    """The first deeds of those who take part, and of those who are aboard whatever they write."""
    people = known_participants({one.post.author_id for one in heard})
    log_learning_events(
        deed
        for one in sorted(heard, key=lambda one: (one.post.said_at, one.post.pk))
        if (person := people.get(one.post.author_id)) and (one.counts or _is_aboard(person))
        for deed in first_deeds(one.post, one.reading, person)
    )


def _is_aboard(person: Participant) -> bool:
    return bool(person.embarked_at or person.user_id)


def _mark_answered(posts: Sequence[Post]) -> None:
    """Only those whose words are still the ones that were judged."""
    judged = reduce(or_, (Q(pk=post.pk, fingerprint=post.fingerprint) for post in posts))
    Post.objects.filter(judged).update(answered_fingerprint=F("fingerprint"))

"""Judging anew: one post, or all answers to a challenge whose rules changed.

A preview is the thing itself, rolled back: it can't say anything else than what would happen.
"""

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Min, Q, QuerySet
from django.utils.translation import gettext as _

from challenges.catalogue import Challenge, challenge_of
from challenges.facts import read_posts
from challenges.judging import judge
from challenges.models import ChallengePage, Decision, Rejudgement, Screening, Submission
from challenges.repair.snapshots import Snapshot, changed_levels, outcomes, take_snapshots
from challenges.screening import FAULTS, screen_batch
from community.models import User
from microblog.doorbells import ring
from microblog.models import Connection, Post
from microblog.steps import Backlog
from rulebook import Outcome

logger = logging.getLogger(__name__)

BATCH = 100
MOST_PREVIEWED = 500
"""Posts that a preview reads; it says when there are more."""
MOST_SHOWN = 50


class AlreadyUnderWay(Exception):
    """This challenge is being judged anew already."""


@dataclass(frozen=True, slots=True)
class Change:
    """One post and one level: what it came to, and what it would come to ("" for nothing)."""

    post: Post
    level_number: int
    before: str
    after: str


@dataclass(slots=True)
class Preview:
    """counts: (before, after) → how many; strict: accepted answers that stay so though the rules of
    today ask for more."""

    posts: int
    read: int = 0
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    changes: list[Change] = field(default_factory=list)
    strict: int = 0

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def candidates(challenge: Challenge) -> QuerySet[Post]:
    """Posts that answer it, and those that bear its own hashtags and answer nothing."""
    Match = Screening.Match
    ours = Q(
        screening__challenge_key=challenge.key,
        screening__decision__in=[Match.MATCHED, Match.CLOSED],
    )
    strays = Q(
        screening__decision=Match.NO_CHALLENGE,
        pk__in=Post.objects.filter(hashtag_rows__name__in=challenge.hashtags).values("pk"),
    )
    return Post.objects.alive().filter(ours | strays if challenge.hashtags else ours)


def preview_rejudgement(page: ChallengePage, *, now: datetime) -> Preview:
    """What judging its latest answers anew would change; changes nothing."""
    challenge = challenge_of(page)
    found = candidates(challenge)
    preview = Preview(posts=found.count())
    numbers = list(found.order_by("-pk").values_list("pk", flat=True)[:MOST_PREVIEWED])
    for start in range(0, len(numbers), BATCH):
        chunk = numbers[start : start + BATCH]
        with transaction.atomic():
            posts = list(Post.objects.filter(pk__in=chunk).order_by("pk"))
            before, after = _judge(posts, now)
            _count(preview, posts, before, after)
            preview.strict += _strict(posts, challenge)
            transaction.set_rollback(True)
    return preview


def _judge(posts: Sequence[Post], now: datetime) -> tuple[dict[int, Snapshot], dict[int, Snapshot]]:
    numbers = [post.pk for post in posts]
    before = take_snapshots(numbers)
    screen_batch(posts, now=now)
    return before, take_snapshots(numbers)


def _count(
    preview: Preview,
    posts: Sequence[Post],
    before: dict[int, Snapshot],
    after: dict[int, Snapshot],
) -> None:
    preview.read += len(posts)
    for post in posts:
        for change in _changes(post, before[post.pk], after[post.pk]):
            preview.counts[change.before, change.after] += 1
            if len(preview.changes) < MOST_SHOWN:
                preview.changes.append(change)


def _changes(post: Post, before: Snapshot, after: Snapshot) -> Iterator[Change]:
    numbers = {
        (row["challenge_key"], row["level"]): row["level_number"]
        for row in (*before["answers"], *after["answers"])
    }
    then, now = outcomes(before), outcomes(after)
    for key in sorted(changed_levels(before, after)):
        yield Change(post, numbers[key], then.get(key, ""), now.get(key, ""))


def _strict(posts: Sequence[Post], challenge: Challenge) -> int:
    """Accepted by the machine once, and not by the rules as they are now."""
    ours = set(Connection.objects.values_list("account_id", flat=True))
    by_id = {post.pk: post for post in posts}
    readings = read_posts(posts, ours=ours)
    accepted = Submission.objects.accepted().filter(
        post__in=by_id, challenge_key=challenge.key, decided_by=None
    )
    strict = 0
    for post_id, level_id in accepted.values_list("post_id", "level"):
        levels = challenge.edition(by_id[post_id].language).levels
        level = next((one for one in levels if one.id == level_id), None)
        if level is not None:
            verdict = judge(readings[post_id].facts, level.specs)
            strict += verdict.outcome is not Outcome.ACCEPTED
    return strict


def rejudge_challenge(page: ChallengePage, *, by: User, now: datetime) -> Rejudgement:
    """Have all its answers judged anew, in the background. Raises AlreadyUnderWay."""
    challenge = challenge_of(page)
    run, made = Rejudgement.objects.get_or_create(
        challenge_key=challenge.key,
        finished_at=None,
        defaults={
            "challenge_id": page.pk,
            "requested_by": by,
            "requested_at": now,
            "posts": candidates(challenge).count(),
        },
    )
    if not made:
        raise AlreadyUnderWay(_("This challenge is being judged anew already."))
    ring("rejudge")
    return run


@transaction.atomic
def rejudge_post(post: Post, *, by: User, now: datetime) -> Sequence[Change]:
    """Judge one post by the rules as they are now; returns what changed."""
    before, after = _judge([post], now)
    changes = list(_changes(post, before[post.pk], after[post.pk]))
    if changes:
        key = (after[post.pk]["screening"] or {}).get("challenge_key")
        _log([post], before, key=UUID(key) if key else None, by=by, run=None)
    return changes


def judge_next_batch(run: Rejudgement, *, now: datetime) -> int:
    """Posts that were judged; 0 at the end. In the caller's transaction, which holds the row."""
    page = ChallengePage.objects.filter(translation_key=run.challenge_key).first()
    posts: list[Post] = []
    if page is not None:
        waiting = candidates(challenge_of(page.specific)).filter(pk__gt=run.reached)
        numbers = list(waiting.order_by("pk").values_list("pk", flat=True)[:BATCH])
        posts = list(Post.objects.filter(pk__in=numbers).order_by("pk").select_for_update())
    if not posts:
        run.finished_at = now
        run.save(update_fields=["finished_at"])
        return 0
    run.changed += _judge_and_log(run, posts, now)
    run.reached, run.judged = posts[-1].pk, run.judged + len(posts)
    run.save(update_fields=["changed", "reached", "judged"])
    return len(posts)


def _judge_and_log(run: Rejudgement, posts: list[Post], now: datetime) -> int:
    try:
        with transaction.atomic():
            before, after = _judge(posts, now)
    except FAULTS:
        logger.exception("A batch could not be judged anew; screening takes its posts one by one.")
        Post.objects.filter(pk__in=[post.pk for post in posts]).update(answered_fingerprint="")
        return 0
    changed = [post for post in posts if changed_levels(before[post.pk], after[post.pk])]
    _log(changed, before, key=run.challenge_key, by=run.requested_by, run=run)
    return len(changed)


def _log(
    posts: Sequence[Post],
    before: dict[int, Snapshot],
    *,
    key: UUID | None,
    by: User | None,
    run: Rejudgement | None,
) -> None:
    Decision.objects.bulk_create(
        Decision(
            post=post,
            challenge_key=key,
            action=Decision.Action.REJUDGE,
            decided_by=by,
            before=before[post.pk],
            rejudgement=run,
        )
        for post in posts
    )


def backlog(now: datetime) -> Backlog:
    under_way = Rejudgement.objects.filter(finished_at=None)
    undoing = Rejudgement.objects.filter(undo_asked_at__isnull=False, undone_at=None)
    oldest = [
        under_way.aggregate(at=Min("requested_at"))["at"],
        undoing.aggregate(at=Min("undo_asked_at"))["at"],
    ]
    count = under_way.count() + undoing.count()
    return Backlog(count, min(filter(None, oldest), default=None))

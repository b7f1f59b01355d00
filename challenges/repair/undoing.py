"""Taking back what was decided about a post: everything stands again as it stood before."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from challenges.desk import feedback_key
from challenges.levels import SOLVES_RIDDLE
from challenges.models import Decision, Rejudgement, Screening, Submission
from challenges.repair.snapshots import Snapshot, outcomes, restore, take_snapshots
from community.learning import undo_learning_events
from community.models import LearningEvent, Participant, User
from community.people import accounts_of, lock_people, participants_of
from microblog.doorbells import ring
from microblog.models import OutboxPost, Post
from rulebook import Outcome

Kind = LearningEvent.Kind
UNDO_BATCH = 25


class CannotUndo(Exception):
    """The message says why, and what to do instead."""


@transaction.atomic
def undo_decision(decision: Decision, *, by: User | None, now: datetime) -> Decision:
    """Put the post back to where it stood; returns the undoing, which is on record too.

    What the bot said meanwhile stays said; what it only promised isn't said. Raises CannotUndo.
    """
    post = (
        Post.objects.select_for_update(of=("self",))
        .select_related("author")
        .get(pk=decision.post_id)
    )
    before = _must_be_the_last(decision, post)
    [person] = participants_of([post.author]).values()
    lock_people([person])
    accepted = _accepted(take_snapshots([post.pk])[post.pk])
    restore(post, before)
    _uncredit(post, person, accepted - _accepted(before), now=now)
    if _withdraw(decision, post):
        Screening.objects.filter(post=post).update(told_fingerprint="")
    for step in ("screen", "credit", "feedback"):
        ring(step)
    return Decision.objects.create(
        post=post,
        challenge_key=decision.challenge_key,
        action=Decision.Action.UNDO,
        decided_by=by,
        undoes=decision,
    )


def _must_be_the_last(decision: Decision, post: Post) -> Snapshot:
    """What was there before it. Raises CannotUndo."""
    if not decision.stands:
        raise CannotUndo(_("It was undone already."))
    before: Snapshot | None = decision.before
    if before is None:
        raise CannotUndo(_("It is too old: nobody wrote down what was there before."))
    if Decision.objects.standing().filter(post=post, pk__gt=decision.pk).exists():
        raise CannotUndo(_("Somebody decided about this post later: undo that first."))
    return before


def _accepted(snapshot: Snapshot) -> set[tuple[str, str]]:
    return {key for key, outcome in outcomes(snapshot).items() if outcome == Outcome.ACCEPTED.value}


def _uncredit(
    post: Post, person: Participant, dropped: Iterable[tuple[str, str]], *, now: datetime
) -> None:
    """Levels that no other post of theirs has passed count for nothing from now on."""
    dropped = list(dropped)
    keys = {key for key, _level in dropped}
    others = (
        Submission.objects.accepted()
        .filter(account__in=accounts_of([person]), challenge_key__in=keys)
        .exclude(post=post)
    )
    passed, solved = set(), set()
    for key, level, findings in others.values_list("challenge_key", "level", "findings"):
        passed.add((str(key), str(level)))
        if any(finding.get("rule") == SOLVES_RIDDLE for finding in findings):
            solved.add(str(key))
    levels = [f"{key}:{level}:{person.pk}" for key, level in dropped if (key, level) not in passed]
    riddles = [f"{key}:{person.pk}" for key in keys - solved]
    undone = Q(kind=Kind.LEVEL_ACCEPTED, source_key__in=levels) | Q(
        kind=Kind.RIDDLE_SOLVED, source_key__in=riddles
    )
    undo_learning_events(LearningEvent.objects.filter(undone, participant=person), now=now)


def _withdraw(decision: Decision, post: Post) -> bool:
    """Take back words that are promised and not on their way yet."""
    keys = [feedback_key(post), f"{feedback_key(post)}:{decision.pk}"]
    unsaid = OutboxPost.objects.waiting().filter(key__in=keys, said_version=0, claimed_until=None)
    taken, _rows = unsaid.delete()
    return bool(taken)


def ask_to_undo(run: Rejudgement, *, by: User, now: datetime) -> bool:
    """Have a whole new judgement taken back, in the background; False if that was asked before."""
    asked = Rejudgement.objects.filter(pk=run.pk, undo_asked_at=None).exclude(finished_at=None)
    moved = asked.update(undo_asked_at=now, undo_asked_by=by)
    ring("rejudge")
    return bool(moved)


def undo_next_batch(run: Rejudgement, *, now: datetime) -> int:
    """Decisions of this run that were looked at; 0 at the end. What somebody decided about since
    stays as it is."""
    standing = run.decisions.standing().order_by("-pk")
    if run.undo_reached is not None:
        standing = standing.filter(pk__lt=run.undo_reached)
    batch: Sequence[Decision] = list(standing[:UNDO_BATCH])
    for decision in batch:
        with suppress(CannotUndo):
            undo_decision(decision, by=run.undo_asked_by, now=now)
    if batch:
        run.undo_reached = batch[-1].pk
    else:
        run.undone_at = now
    run.save(update_fields=["undo_reached", "undone_at"])
    return len(batch)

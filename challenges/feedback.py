"""Promises an answer to every post that counts, with the manners expected of a machine."""

import logging
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet

from challenges.desk import Desk, feedback_key
from challenges.models import Decision, Screening, Submission
from challenges.riddles.answering import answer_repeats
from microblog.models import OutboxPost
from microblog.promising import enqueue_posts
from microblog.steps import Backlog

logger = logging.getLogger(__name__)

BATCH = 200
LOOK_AHEAD = 5 * BATCH


def promise_feedback(now: datetime) -> int:
    """Answer one batch of verdicts, or write down why not, and what was asked and answered before;
    returns how many it held."""
    repeats = answer_repeats(now)
    with transaction.atomic():
        # Asked for by themselves, the untold are found by their index; joined to their posts at
        # once, a planner goes through every post. Who isn't ready will be after its screening.
        untold = Screening.objects.untold().order_by("pk").values_list("pk", flat=True)
        rows = list(
            _ready()
            .filter(pk__in=list(untold[:LOOK_AHEAD]))
            .order_by("pk")
            .select_related("post__author", "post__parent")
            .select_for_update(skip_locked=True, of=("self",))[:BATCH]
        )
        if rows:
            _tell(rows, now)
    return len(rows) + repeats


def backlog(now: datetime) -> Backlog:
    waiting = _ready().order_by("pk")
    return Backlog(waiting.count(), waiting.values_list("screened_at", flat=True).first())


def _ready() -> QuerySet[Screening]:
    """A post that was edited since its verdict is judged anew before anything is said about it."""
    untold = Screening.objects.untold()
    return untold.filter(fingerprint=F("post__fingerprint"), post__deleted_at=None)


def _tell(rows: Sequence[Screening], now: datetime) -> None:
    desk = Desk.of(rows, now=now)
    promises = []
    for row in rows:
        row.told_fingerprint = row.fingerprint
        row.silence = desk.silence(row) or ""
        if row.silence:
            continue
        try:
            promises.append(desk.promise(row, key=feedback_key(row.post)))
        except (LookupError, TypeError, ValueError):
            # A sentence with a wrong placeholder, in one language, silences nobody else.
            logger.exception("No words for post %s.", row.post_id)
            row.silence = Screening.Silence.FAULT
    enqueue_posts(promises)
    Screening.objects.bulk_update(rows, ["told_fingerprint", "silence"])


def tell_decision(
    screening: Screening, submission: Submission, decision: Decision, *, now: datetime
) -> None:
    """A person's word goes out as a new answer, for an edit of an old one is noticed by nobody.

    Where the machine's own answer is promised and not said yet, it takes its place.
    """
    desk = Desk.of([screening], now=now, only=submission)
    key = feedback_key(screening.post)
    if not OutboxPost.objects.waiting().filter(key=key, said_version=0).exists():
        key = f"{key}:{decision.pk}"
    if not desk.hinders(screening):
        enqueue_posts([desk.promise(screening, key=key)])
    screening.told_fingerprint = screening.fingerprint
    screening.save(update_fields=["told_fingerprint"])

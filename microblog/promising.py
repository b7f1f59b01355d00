"""Promising many things at once: what `enqueue_post` does for one, in constant queries."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F

from microblog.doorbells import ring
from microblog.models import OutboxPost

REWORDED = (
    "text",
    "language",
    "content_warning",
    "due_at",
    "useless_from",
    "version",
    "attempts",
    "given_up_at",
)


def enqueue_posts(promises: Iterable[OutboxPost]) -> int:
    """Write unsaved promises, once per key; returns how many are new or have new words.

    A known key keeps its place and changes its words: of what is still unsaid, or, by an edit, of
    what was said.
    """
    wanted = {promise.key: promise for promise in promises}
    if not wanted:
        return 0
    with transaction.atomic():
        known = OutboxPost.objects.select_for_update().filter(key__in=wanted)
        changed = []
        for promise in known:
            fresh = wanted.pop(promise.key)
            if promise.text != fresh.text:
                changed.append(_reword(promise, fresh))
        OutboxPost.objects.bulk_create(wanted.values(), ignore_conflicts=True)
        OutboxPost.objects.bulk_update(changed, REWORDED)
    moved = len(wanted) + len(changed)
    if moved:
        ring("deliver")
    return moved


def _reword(promise: OutboxPost, fresh: OutboxPost) -> OutboxPost:
    promise.text = fresh.text
    promise.language = fresh.language
    promise.content_warning = fresh.content_warning
    promise.due_at = fresh.due_at
    promise.useless_from = fresh.useless_from
    promise.version = F("version") + 1
    promise.attempts, promise.given_up_at = 0, None
    return promise

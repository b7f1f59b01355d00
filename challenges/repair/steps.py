"""The step that judges anew, and takes that back."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from challenges.models import Rejudgement
from challenges.repair.rejudging import judge_next_batch
from challenges.repair.undoing import undo_next_batch


@transaction.atomic
def rejudge(now: datetime) -> int:
    """One batch of the oldest new judgement that is under way; returns how many rows moved."""
    to_judge = Q(finished_at=None)
    to_undo = Q(undo_asked_at__isnull=False, undone_at=None)
    run = (
        Rejudgement.objects.filter(to_judge | to_undo)
        .order_by("pk")
        .select_for_update(skip_locked=True, of=("self",))
        .first()
    )
    if run is None:
        return 0
    if run.finished_at is None:
        return judge_next_batch(run, now=now) or 1
    return undo_next_batch(run, now=now) or 1

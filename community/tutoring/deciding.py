"""An organiser confirms a help that nobody thanked for, or undoes one that was none; on record."""

from datetime import datetime

from django.db import transaction
from wagtail.log_actions import log

from community.learning import undo_learning_events
from community.mentoring import DEEDS, help_key
from community.models import Help, LearningEvent, User
from microblog.doorbells import ring

CONFIRM, UNDO = "community.confirm_help", "community.undo_help"


class OwnHelp(Exception):
    """Nobody confirms what they did themself: another organiser decides."""


@transaction.atomic
def confirm_help(deed: Help, *, by: User, now: datetime) -> bool:
    """It counts, within what two people can do for each other; False where it did already.

    Raises OwnHelp."""
    row = Help.objects.select_for_update(of=("self",)).select_related("helper").get(pk=deed.pk)
    if row.helper.user_id == by.pk:
        raise OwnHelp
    if row.undone_at is None and row.confirmed_at:
        return False
    if row.confirmed_at is None:
        row.confirmed_at, row.confirmed_by = now, Help.Confirmation.ORGANISER
    row.undone_at, row.credited_at, row.decided_by = None, None, by
    row.save()
    log(row, CONFIRM, user=by)
    ring("mentor")
    return True


@transaction.atomic
def undo_help(deed: Help, *, by: User, now: datetime) -> bool:
    """It counts for nothing, on either side; what had stood back for it is looked at again. False
    where it was undone already. Badges that were given stay until somebody revokes them."""
    row = Help.objects.select_for_update().get(pk=deed.pk)
    if row.undone_at:
        return False
    row.undone_at, row.counts, row.decided_by = now, False, by
    row.save()
    deeds = LearningEvent.objects.filter(kind__in=DEEDS, source_key=help_key(row))
    undo_learning_events(deeds, now=now)
    beyond = Help.objects.confirmed().filter(helper=row.helper_id, helped=row.helped_id)
    beyond.filter(counts=False).update(credited_at=None)
    log(row, UNDO, user=by)
    ring("mentor")
    return True

"""The modern formats and other widths of pictures that readers have met, made away from readers:
encoding AVIF takes seconds."""

import logging
from datetime import datetime, timedelta

from django.db.models import F, Min

from cms.models.images import EnvolRendition
from community.pictures import kin_of
from microblog.steps import Backlog

logger = logging.getLogger(__name__)

FIRST_WAIT = timedelta(minutes=2)
MOST_ATTEMPTS = 6


def make_kin(now: datetime) -> int:
    """One picture's, for it keeps a core busy; returns how many pictures were taken up."""
    plain = _claimed(now)
    if plain is None:
        return 0
    try:
        plain.image.get_renditions(*kin_of(plain.filter_spec))
    except (OSError, ValueError) as error:
        logger.warning("picture %s stays plain for now: %s", plain.pk, error)
        return 1
    EnvolRendition.objects.filter(pk=plain.pk).update(kin_at=None)
    plain.purge_from_cache()  # who remembers it remembers that it awaits them
    return 1


def _claimed(now: datetime) -> EnvolRendition | None:
    """The attempt is written down before it is made; whoever wrote it first has the picture."""
    due = EnvolRendition.objects.due(now).select_related("image")
    for plain in due.order_by("kin_at", "pk")[:5]:
        same = EnvolRendition.objects.filter(pk=plain.pk, kin_attempts=plain.kin_attempts)
        if same.due(now).update(
            kin_attempts=F("kin_attempts") + 1, kin_at=_next(plain.kin_attempts, now)
        ):
            return plain
    return None


def _next(attempts: int, now: datetime) -> datetime | None:
    """Waits twice as long each time; None once it is given up."""
    return now + FIRST_WAIT * 2**attempts if attempts + 1 < MOST_ATTEMPTS else None


def backlog(now: datetime) -> Backlog:
    waiting = EnvolRendition.objects.due(now)
    return Backlog(waiting.count(), waiting.aggregate(oldest=Min("kin_at"))["oldest"])

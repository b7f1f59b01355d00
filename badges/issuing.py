"""Awards without documents: the assertion is written, baked into the picture, and kept.

Everything in the documents comes from the award's own row, so doing it again after a death makes
them again.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F, Prefetch
from django.utils.translation import override

from badges.assertions import assertion_document
from badges.baking import UnfitImage, bake
from badges.identity import identity_of
from badges.models import Award, BadgeClass
from microblog.doorbells import ring
from microblog.steps import Backlog

BATCH = 100
ISSUED = (
    "identity_type",
    "identity",
    "assertion",
    "baked",
    "issued_at",
    "next_attempt_at",
    "error",
)

logger = logging.getLogger(__name__)


def issue_awards(now: datetime) -> int:
    """One batch, in a constant number of queries; returns how many were issued."""
    batch = _claim(now)
    if not batch:
        return 0
    images = _Images()
    for award in batch:
        try:
            _issue(award, images, now=now)
        except (OSError, UnfitImage) as error:
            logger.warning("Award %s can't be issued yet: %s", award.pk, error)
            award.error = f"{type(error).__name__}: {error}"
    return _keep(batch)


def _claim(now: datetime) -> list[Award]:
    """Written before the attempt, so that an award which kills its worker doesn't do so at every
    turn. For settings.ISSUE_LEASE seconds nobody else touches the batch, nor is a fault tried
    again."""
    lease = timedelta(seconds=settings.ISSUE_LEASE)
    with transaction.atomic():
        due = Award.objects.to_issue(now=now).select_for_update(skip_locked=True)
        numbers = list(due.order_by("awarded_at").values_list("pk", flat=True)[:BATCH])
        if not numbers:
            return []
        Award.objects.filter(pk__in=numbers).update(
            attempts=F("attempts") + 1, next_attempt_at=now + lease
        )
    return list(
        Award.objects.filter(pk__in=numbers)
        .select_related("recipient__user")
        .prefetch_related(
            Prefetch("badge_class", BadgeClass.objects.with_medallions()),
            "evidence",
            "recipient__links__account",
            "recipient__user__emailaddress_set",
        )
    )


class _Images:
    """The bytes of each badge's picture, read once a batch."""

    def __init__(self) -> None:
        self._bytes: dict[int, bytes] = {}

    def of(self, badge: BadgeClass) -> bytes:
        """Raises OSError."""
        if badge.pk not in self._bytes:
            with badge.medallion.file.open("rb") as file:
                self._bytes[badge.pk] = file.read()
        return self._bytes[badge.pk]


def _issue(award: Award, images: _Images, *, now: datetime) -> None:
    """Raises OSError or UnfitImage."""
    identity = identity_of(award)
    with override(award.recipient.language or settings.LANGUAGE_CODE):
        award.assertion = assertion_document(
            award, identity=identity, evidence=list(award.evidence.all())
        )
    award.identity_type, award.identity = identity.type, identity.value
    _store(award, bake(images.of(award.badge_class), award.assertion))
    award.issued_at, award.next_attempt_at, award.error = now, None, ""


def _store(award: Award, png: bytes) -> None:
    """Under the award's own name: what an attempt that died has left there is replaced."""
    name = f"awards/{award.pk}.png"
    award.baked.storage.delete(name)
    award.baked.name = award.baked.storage.save(name, ContentFile(png))


@transaction.atomic
def _keep(batch: Sequence[Award]) -> int:
    """Only where nobody was faster: the document in the database is the one in the picture."""
    numbers = [award.pk for award in batch]
    waiting = set(
        Award.objects.select_for_update()
        .filter(pk__in=numbers, issued_at=None)
        .values_list("pk", flat=True)
    )
    mine = [award for award in batch if award.pk in waiting]
    Award.objects.bulk_update(mine, ISSUED)
    ring("announce")
    return sum(1 for award in mine if award.issued_at)


def backlog(now: datetime) -> Backlog:
    waiting = Award.objects.standing().filter(issued_at=None).order_by("awarded_at")
    return Backlog(waiting.count(), waiting.values_list("awarded_at", flat=True).first())

"""What a server in front may still be holding."""

from datetime import datetime
from typing import Self

from django.db import models


class FrontCopyQuerySet(models.QuerySet["FrontCopy"]):
    def held(self, now: datetime) -> Self:
        return self.filter(until__gt=now)

    def due(self, now: datetime) -> Self:
        """To be taken back, and not by another worker just now."""
        return self.held(now).filter(purge_at__lte=now)


class FrontCopy(models.Model):
    """An address that was answered with leave to keep the answer, and until when."""

    address = models.CharField(max_length=600)
    until = models.DateTimeField(db_index=True)
    purge_at = models.DateTimeField(null=True, blank=True)
    """When the server in front is to be told, again if need be; empty: nothing changed since."""
    attempts = models.PositiveSmallIntegerField(default=0)

    objects = FrontCopyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["address"], name="one_copy_per_address_in_front")
        ]
        indexes = [
            models.Index(
                fields=["purge_at"],
                name="copies_to_take_back",
                condition=models.Q(purge_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.address

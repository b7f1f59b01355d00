from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from challenges.models.pages import ChallengePage
from microblog.models import Connection, OutboxPost, Post


class LaunchQuerySet(models.QuerySet["Launch"]):
    def waiting(self) -> Self:
        """Decided and not yet put in the outbox. A page that isn't public yet makes its launch
        wait."""
        return self.filter(promised_at=None, challenge__live=True, challenge__closed_at=None)

    def due(self, now: datetime) -> Self:
        return self.waiting().filter(due_at__lte=now)


class Launch(models.Model):
    """One round of a challenge: decided once, due at a time, said on its connections by the
    outbox."""

    challenge = models.ForeignKey(ChallengePage, on_delete=models.CASCADE, related_name="launches")
    challenge_key = models.UUIDField(
        help_text="The page's translation key: one challenge, several languages."
    )
    round = models.PositiveIntegerField(_("round"), default=1)
    connections = models.ManyToManyField(
        Connection,
        blank=True,
        related_name="+",
        help_text="Empty: all that are in use when it is due.",
    )
    due_at = models.DateTimeField(_("due"))
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    promised_at = models.DateTimeField(
        null=True, blank=True, help_text="When its posts were put in the outbox."
    )
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    error = models.TextField(_("error"), blank=True)

    objects = LaunchQuerySet.as_manager()

    class Meta:
        verbose_name = _("launch")
        verbose_name_plural = _("launches")
        ordering = ["-due_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["challenge_key", "round"], name="every_round_is_launched_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(promised_at=None), name="launches_without_promise"
            ),
            models.Index(fields=["challenge_key"], name="launches_of_a_challenge"),
        ]

    def __str__(self) -> str:
        return f"{self.challenge_id} ({self.round})"


class LaunchPost(models.Model):
    """The launch on one connection; `post` is known once the outbox has said it."""

    launch = models.ForeignKey(Launch, on_delete=models.CASCADE, related_name="posts")
    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="+")
    promise = models.OneToOneField(
        OutboxPost, null=True, on_delete=models.SET_NULL, related_name="launch_post"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["launch", "connection"], name="one_launch_post_per_connection"
            )
        ]

    def __str__(self) -> str:
        return f"{self.launch_id} on {self.connection_id}"

    @property
    def post(self) -> Post | None:
        return self.promise.post if self.promise else None

    @property
    def state(self) -> str:
        """said, waiting, trying (a fault; it will be tried again) or given_up."""
        promise = self.promise
        if promise is None or promise.given_up_at:
            return "given_up"
        if promise.post_id or promise.said_at:
            return "said"
        return "trying" if promise.error else "waiting"

from typing import Self

from django.contrib import admin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from microblog.models.accounts import Account
from microblog.models.connections import Connection
from microblog.models.posts import VISIBILITIES, Post


class OutboxQuerySet(models.QuerySet["OutboxPost"]):
    def waiting(self) -> Self:
        """Promised and not said yet, or said in words that have changed since."""
        return self.filter(given_up_at=None).filter(~Q(said_version=F("version")))


class OutboxPost(models.Model):
    """Something we promised to say. Said once: its key is the network's idempotency key, and before
    any second attempt we look for our own post. Rows of one `lane` are said in the order of their
    ids."""

    class Kind(models.TextChoices):
        LAUNCH = "launch", _("launch of a challenge")
        FEEDBACK = "feedback", _("answer to a post")
        WELCOME = "welcome", _("welcome")
        AWARD = "award", _("badge announcement")
        HINT = "hint", _("hint")
        REVEAL = "reveal", _("reveal")
        QUESTION = "question", _("answer to a question")
        CHAT = "chat", _("question of a tweetchat")
        REMINDER = "reminder", _("reminder of a live event")
        PICK = "pick", _("pick of the curation")
        OTHER = "other", _("other")

    key = models.CharField(_("key"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="outbox")
    lane = models.CharField(
        max_length=100, blank=True, help_text="A conversation whose order matters."
    )
    recipient = models.ForeignKey(
        Account,
        verbose_name=_("to"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    in_reply_to = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_answer = models.BooleanField(
        default=False,
        help_text="Pointless without the post it answers: dropped if that one is gone.",
    )
    text = models.TextField(_("text"))
    content_warning = models.CharField(max_length=500, blank=True)
    language = models.CharField(max_length=10, default="fr")
    visibility = models.CharField(max_length=20, choices=VISIBILITIES, default="public")
    attachments = models.JSONField(default=list, help_text='[{"path", "alt_text", "mime_type"}]')
    version = models.PositiveIntegerField(default=1)
    said_version = models.PositiveIntegerField(default=0)

    created_at = models.DateTimeField(db_default=Now(), editable=False)
    due_at = models.DateTimeField(_("due"), db_default=Now())
    useless_from = models.DateTimeField(
        null=True, blank=True, help_text="Pointless from then on: given up if unsaid."
    )
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    first_attempt_at = models.DateTimeField(null=True, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    said_at = models.DateTimeField(_("said"), null=True, blank=True)
    post = models.OneToOneField(
        Post, null=True, blank=True, on_delete=models.SET_NULL, related_name="promise"
    )
    error = models.TextField(_("error"), blank=True)
    given_up_at = models.DateTimeField(_("given up"), null=True, blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("outgoing post")
        verbose_name_plural = _("outgoing posts")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["key"], name="every_promise_is_made_once")]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                condition=Q(given_up_at=None) & ~Q(said_version=F("version")),
                name="promises_to_keep",
            ),
            models.Index(
                fields=["given_up_at"],
                condition=Q(given_up_at__isnull=False),
                name="promises_given_up",
            ),
            models.Index(fields=["recipient", "-created_at"], name="promises_by_recipient"),
            models.Index(fields=["kind", "due_at"], name="promises_of_a_kind"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    @admin.display(description=_("text"))
    def beginning(self) -> str:
        """Enough of it to know it in a list."""
        return Truncator(self.text).chars(100)

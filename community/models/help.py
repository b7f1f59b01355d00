from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from community.models.people import Participant
from microblog.models import Post


class HelpQuerySet(models.QuerySet["Help"]):
    def standing(self) -> Self:
        """Those that nobody undid."""
        return self.filter(undone_at=None)

    def to_confirm(self) -> Self:
        return self.standing().filter(confirmed_at=None)

    def confirmed(self) -> Self:
        return self.standing().filter(confirmed_at__isnull=False)

    def to_credit(self) -> Self:
        return self.confirmed().filter(credited_at=None)


class Help(models.Model):
    """A reply on topic that may have helped a newcomer. It counts once that is confirmed: they
    thank, favourite it, or do what it says; or an organiser says so."""

    class Topic(models.TextChoices):
        CHALLENGE = "challenge", _("a challenge")
        LIVE = "live", _("a live event")
        QUESTION = "question", _("a question")
        MISSING = "missing", _("something that was missing")
        TIP = "tip", _("a tip of the tutors")

    class Confirmation(models.TextChoices):
        FAVOURITE = "favourite", _("favourite")
        THANKS = "thanks", _("thanks")
        APPLIED = "applied", _("the tip was applied")
        ORGANISER = "organiser", _("by an organiser")

    reply = models.OneToOneField(Post, on_delete=models.CASCADE, related_name="help")
    helper = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="helps_given")
    helped = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="helps_received")
    topic = models.CharField(_("about"), max_length=20, choices=Topic)
    gestures = models.JSONField(
        default=list, help_text="What it speaks of that was missing: keys of Gesture."
    )
    live_event = models.ForeignKey(
        "community.LiveEvent",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="helps",
    )
    noticed_at = models.DateTimeField(_("noticed"), db_default=Now(), editable=False)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    confirmed_by = models.CharField(
        _("confirmed by"), max_length=20, choices=Confirmation, blank=True
    )
    credited_at = models.DateTimeField(null=True, blank=True)
    counts = models.BooleanField(
        _("counts for badges"),
        default=False,
        help_text="False also beyond what two people can do for each other in a while.",
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    objects = HelpQuerySet.as_manager()

    class Meta:
        verbose_name = _("help")
        verbose_name_plural = _("helps")
        ordering = ["-id"]
        permissions = [("decide_help", _("Can confirm and undo helps"))]
        constraints = [
            models.CheckConstraint(
                condition=~Q(helper=models.F("helped")), name="nobody_helps_themself"
            )
        ]
        indexes = [
            models.Index(
                fields=["confirmed_at", "id"],
                condition=Q(confirmed_at__isnull=False, credited_at=None, undone_at=None),
                name="helps_without_credit",
            ),
            models.Index(
                fields=["helped"],
                condition=Q(confirmed_at=None, undone_at=None),
                name="helps_to_confirm",
            ),
            models.Index(fields=["helper", "helped"], name="helps_of_a_pair"),
        ]

    def __str__(self) -> str:
        return f"{self.helper} → {self.helped}"

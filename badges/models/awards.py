import secrets
import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from badges.models.classes import BadgeClass
from community.models import LearningEvent, Participant
from community.models.people import Consent


def new_salt() -> str:
    return secrets.token_urlsafe(12)


class AwardQuerySet(models.QuerySet["Award"]):
    def standing(self) -> Self:
        return self.filter(revoked_at=None)

    def to_issue(self, *, now: datetime) -> Self:
        """Earned, without documents, and not resting after a fault."""
        due = Q(next_attempt_at=None) | Q(next_attempt_at__lte=now)
        return self.standing().filter(due, issued_at=None)

    def to_announce(self) -> Self:
        return self.standing().filter(announced_at=None, issued_at__isnull=False)

    def public(self) -> Self:
        """What anybody may see: shown by choice, or by the consent of somebody who shows
        everything."""
        chosen = Q(visibility=Award.Visibility.PUBLIC)
        consented = Q(visibility=Award.Visibility.AS_CONSENT, recipient__consent=Consent.SHOW)
        return self.filter(chosen | consented).exclude(recipient__consent=Consent.NOTHING)


class Award(models.Model):
    """A badge earned: serialises to an Open Badges 2.0 Assertion. What was issued is kept as it was
    issued."""

    class Visibility(models.TextChoices):
        AS_CONSENT = "", _("As I chose for my messages")
        PUBLIC = "public", _("Anybody may see it")
        PRIVATE = "private", _("Only I may see it")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    badge_class = models.ForeignKey(
        BadgeClass, verbose_name=_("badge"), on_delete=models.PROTECT, related_name="awards"
    )
    recipient = models.ForeignKey(
        Participant, verbose_name=_("person"), on_delete=models.CASCADE, related_name="awards"
    )
    awarded_at = models.DateTimeField(_("awarded"))
    awarded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("given by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    narrative = models.TextField(_("what for"), blank=True, max_length=1000)
    visibility = models.CharField(
        _("who may see it"), max_length=10, choices=Visibility, blank=True, default=""
    )
    salt = models.CharField(max_length=32, default=new_salt, editable=False)

    identity_type = models.CharField(max_length=10, blank=True, editable=False)
    identity = models.CharField(
        max_length=500, blank=True, editable=False, help_text="As issued: a hash, or an address."
    )
    assertion = models.JSONField(
        null=True, blank=True, editable=False, encoder=DjangoJSONEncoder, help_text="As issued."
    )
    baked = models.FileField(upload_to="awards/", blank=True, editable=False)
    issued_at = models.DateTimeField(_("issued"), null=True, blank=True, editable=False)
    announced_at = models.DateTimeField(_("announced"), null=True, blank=True, editable=False)
    attempts = models.PositiveIntegerField(default=0, editable=False)
    next_attempt_at = models.DateTimeField(null=True, blank=True, editable=False)
    error = models.TextField(_("error"), blank=True, editable=False)

    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    revocation_reason = models.CharField(
        _("reason of the revocation"), max_length=500, blank=True, editable=False
    )

    objects = AwardQuerySet.as_manager()

    class Meta:
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        ordering = ["-awarded_at", "-id"]
        permissions = [("revoke_award", _("Can revoke an award"))]
        constraints = [
            models.UniqueConstraint(
                fields=["badge_class", "recipient"], name="a_badge_is_awarded_once"
            ),
            models.CheckConstraint(
                condition=Q(issued_at=None) | (~Q(baked="") & Q(assertion__isnull=False)),
                name="what_is_issued_has_its_documents",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None) | ~Q(revocation_reason=""),
                name="a_revocation_says_why",
            ),
        ]
        indexes = [
            models.Index(
                fields=["awarded_at"],
                condition=Q(issued_at=None, revoked_at=None),
                name="awards_to_issue",
            ),
            models.Index(
                fields=["issued_at"],
                condition=Q(announced_at=None, revoked_at=None, issued_at__isnull=False),
                name="awards_to_announce",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.badge_class}: {self.recipient}"

    @property
    def is_public(self) -> bool:
        if self.recipient.consent == Consent.NOTHING:
            return False
        if self.visibility == self.Visibility.AS_CONSENT:
            return self.recipient.shows
        return self.visibility == self.Visibility.PUBLIC


class AwardEvidence(models.Model):
    """What an award rests on, kept in its own words: what was counted stays counted."""

    award = models.ForeignKey(Award, on_delete=models.CASCADE, related_name="evidence")
    event = models.ForeignKey(
        LearningEvent, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    url = models.URLField(_("address"), max_length=500, blank=True)
    kind = models.CharField(max_length=40, blank=True)
    narrative = models.CharField(_("what it shows"), max_length=500, blank=True)
    occurred_at = models.DateTimeField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["award", "event"], name="an_event_proves_an_award_once")
        ]

    def __str__(self) -> str:
        return self.url or self.narrative

    @property
    def kind_label(self) -> str:
        return str(dict(LearningEvent.Kind.choices).get(self.kind, ""))


class Evaluation(models.Model):
    """That an event was looked at by the badge rules."""

    event = models.OneToOneField(LearningEvent, on_delete=models.CASCADE, related_name="evaluation")
    evaluated_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")

    def __str__(self) -> str:
        return f"{self.event_id}"


class EvaluationMark(models.Model):
    """One row: how far every event was evaluated. Who holds it evaluates; nobody reads the past
    again.

    Events up to `event_id` have their evaluation; above it, those without one are to be asked for.
    """

    event_id = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="there_is_one_evaluation_mark")
        ]

    def __str__(self) -> str:
        return f"{self.event_id}"


class RulesApplied(models.Model):
    """Up to which participant a badge's rules, as they are now, were applied to the past."""

    badge_class = models.OneToOneField(
        BadgeClass, on_delete=models.CASCADE, related_name="rules_applied"
    )
    fingerprint = models.CharField(max_length=32, help_text="Of the rules that are being applied.")
    reached = models.BigIntegerField(default=0, help_text="A participant's number.")
    finished_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.badge_class_id}: {self.reached}"

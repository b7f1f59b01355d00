import uuid

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from badges.models.classes import BadgeClass
from community.models import LearningEvent, Participant


class Evaluation(models.Model):
    """That an event was looked at by the badge rules."""

    event = models.OneToOneField(LearningEvent, on_delete=models.CASCADE, related_name="evaluation")
    evaluated_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.event_id}"


class Award(models.Model):
    """A badge earned: serialises to an Open Badges 2.0 Assertion."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    badge_class = models.ForeignKey(BadgeClass, on_delete=models.PROTECT, related_name="awards")
    recipient = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="awards")
    awarded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        constraints = [models.UniqueConstraint(fields=["badge_class", "recipient"], name="a_badge_is_awarded_once")]

    def __str__(self) -> str:
        return str(self.id)


class AwardEvidence(models.Model):
    award = models.ForeignKey(Award, on_delete=models.CASCADE, related_name="evidence")
    event = models.ForeignKey(LearningEvent, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.award_id}: {self.event_id}"

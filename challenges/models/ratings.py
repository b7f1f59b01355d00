"""What people think of a challenge, and what was counted about it."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.models import Participant


class Rating(models.Model):
    """How hard somebody found a challenge that they tried, and whether they liked it."""

    class Difficulty(models.IntegerChoices):
        """The author's three words, as numbers: people's are counted beside the author's."""

        EASY = 1, _("gentle")
        MEDIUM = 2, _("lively")
        BOLD = 3, _("bold")

    challenge_key = models.UUIDField()
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="ratings")
    difficulty = models.PositiveSmallIntegerField(
        _("difficulty"),
        choices=Difficulty,
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(3)],
    )
    liked = models.BooleanField(_("I liked it"), default=False)
    rated_at = models.DateTimeField()

    class Meta:
        verbose_name = _("opinion about a challenge")
        verbose_name_plural = _("opinions about challenges")
        constraints = [
            models.UniqueConstraint(
                fields=["challenge_key", "participant"], name="one_opinion_per_person"
            ),
            models.CheckConstraint(
                condition=Q(difficulty=None) | Q(difficulty__gte=1, difficulty__lte=3),
                name="a_difficulty_is_one_of_three",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id}: {self.challenge_key}"


class Figures(models.Model):
    """What was counted about one challenge, and of which answers: counted again once these are
    others."""

    challenge_key = models.UUIDField(unique=True)
    fingerprint = models.CharField(
        max_length=100, blank=True, help_text="How many answers, and when the last was judged."
    )
    answers = models.PositiveIntegerField(default=0)
    data = models.JSONField(default=dict)
    counted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("figures of a challenge")
        verbose_name_plural = _("figures of challenges")

    def __str__(self) -> str:
        return f"{self.challenge_key}: {self.answers}"

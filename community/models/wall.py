from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from microblog.models import Post


class WallDecision(models.Model):
    """What somebody decided about the wall of a live event. Only ever added: of several about one
    post, and of several about the wall itself, the latest holds."""

    class Verdict(models.TextChoices):
        HIDE = "hide", _("hidden")
        SHOW = "show", _("shown")
        PIN = "pin", _("pinned")
        UNPIN = "unpin", _("unpinned")
        APPROVED_ONLY = "approved_only", _("only chosen posts")
        EVERYTHING = "everything", _("every post")

    ABOUT_THE_WALL = (Verdict.APPROVED_ONLY, Verdict.EVERYTHING)

    event = models.ForeignKey(
        "community.LiveEvent", on_delete=models.CASCADE, related_name="wall_decisions"
    )
    post = models.ForeignKey(
        Post,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text="Empty where it is about the wall itself.",
    )
    verdict = models.CharField(_("decision"), max_length=20, choices=Verdict)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("decided"))

    class Meta:
        verbose_name = _("decision about a wall")
        verbose_name_plural = _("decisions about walls")
        ordering = ["pk"]
        permissions = [("moderate_wall", "Can moderate the walls of live events")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(post=None, verdict__in=["approved_only", "everything"])
                | models.Q(post__isnull=False, verdict__in=["hide", "show", "pin", "unpin"]),
                name="a_wall_decision_is_about_a_post_or_the_wall",
            )
        ]

    def __str__(self) -> str:
        return f"{self.event_id}: {self.verdict} {self.post_id or ''}".strip()

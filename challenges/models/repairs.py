from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from challenges.models.answers import Submission
from challenges.models.pages import ChallengePage
from microblog.models import Post


class Rejudgement(models.Model):
    """A challenge whose answers are judged by its rules as they are now, post by post."""

    challenge = models.ForeignKey(
        ChallengePage, null=True, on_delete=models.SET_NULL, related_name="rejudgements"
    )
    challenge_key = models.UUIDField()
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    requested_at = models.DateTimeField()
    posts = models.PositiveIntegerField(_("posts"), help_text="How many there were to judge.")
    judged = models.PositiveIntegerField(_("judged"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    reached = models.BigIntegerField(default=0, help_text="The last post that was judged.")
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    undo_asked_at = models.DateTimeField(null=True, blank=True)
    undo_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    undo_reached = models.BigIntegerField(
        null=True, help_text="The last decision that the undoing looked at."
    )
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    class Meta:
        verbose_name = _("new judgement")
        verbose_name_plural = _("new judgements")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["challenge_key"],
                condition=Q(finished_at=None),
                name="one_new_judgement_at_a_time",
            )
        ]
        indexes = [
            models.Index(
                fields=["id"],
                condition=Q(finished_at=None)
                | Q(undo_asked_at__isnull=False, undone_at__isnull=True),
                name="new_judgements_to_work_on",
            )
        ]

    def __str__(self) -> str:
        return f"{self.challenge_key}: {self.judged}/{self.posts}"


class DecisionQuerySet(models.QuerySet["Decision"]):
    def standing(self) -> Self:
        """Those that weren't undone; an undoing itself stands for ever."""
        return self.filter(undone=None).exclude(action=Decision.Action.UNDO)


class Decision(models.Model):
    """What a person decided about somebody's post, for ever on record."""

    class Action(models.TextChoices):
        ACCEPT = "accept", _("accepted")
        ASK = "ask", _("said what is missing")
        ATTACH = "attach", _("attached")
        DETACH = "detach", _("detached")
        REJUDGE = "rejudge", _("judged anew")
        UNDO = "undo", _("undid")

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="decisions")
    submission = models.ForeignKey(
        Submission, null=True, blank=True, on_delete=models.SET_NULL, related_name="decisions"
    )
    challenge_key = models.UUIDField(null=True)
    action = models.CharField(_("action"), max_length=20, choices=Action)
    note = models.TextField(_("note"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(db_default=Now(), editable=False)
    before = models.JSONField(
        null=True, editable=False, help_text="The screening and the answers as they were."
    )
    rejudgement = models.ForeignKey(
        Rejudgement, null=True, blank=True, on_delete=models.SET_NULL, related_name="decisions"
    )
    undoes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="undone"
    )

    objects = DecisionQuerySet.as_manager()
    may_be_undone = False

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.post_id}: {self.action}"

    @property
    def stands(self) -> bool:
        return self.action != self.Action.UNDO and not hasattr(self, "undone")

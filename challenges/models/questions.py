from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from microblog.models import OutboxPost, Post


class QuestionQuerySet(models.QuerySet["Question"]):
    def open(self) -> Self:
        """What waits for whoever set the riddle."""
        return self.filter(state=Question.State.OPEN, post__deleted_at=None)

    def answered(self) -> Self:
        return self.filter(state=Question.State.ANSWERED, post__deleted_at=None)


class Question(models.Model):
    """A post that asks something about a riddle. Its words stay with the post: here is only what
    becomes of them."""

    class State(models.TextChoices):
        OPEN = "open", _("waits for an answer")
        ANSWERED = "answered", _("answered")
        SET_ASIDE = "set_aside", _("is no question")

    class Answer(models.TextChoices):
        YES = "yes", _("yes")
        NO = "no", _("no")
        ALMOST = "almost", _("almost")
        NEITHER = "neither", _("neither yes nor no")
        CUSTOM = "custom", _("in other words")

    post = models.OneToOneField(Post, on_delete=models.CASCADE, related_name="question")
    challenge_key = models.UUIDField()
    asked_as = models.CharField(
        max_length=32, help_text="Equal for questions that ask the same; tells nothing by itself."
    )
    is_guess = models.BooleanField(default=False, help_text="It names what the photo might be.")
    asked_at = models.DateTimeField()
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    answer = models.CharField(_("answer"), max_length=10, choices=Answer, blank=True)
    words = models.CharField(_("in your words"), max_length=300, blank=True)
    told_as = models.CharField(
        _("as the page puts it"),
        max_length=200,
        blank=True,
        help_text=_("Shown to players instead of the asker's own words."),
    )
    is_repeat = models.BooleanField(
        default=False, help_text="It had been asked before: answered without a person."
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    promise = models.OneToOneField(
        OutboxPost, null=True, blank=True, on_delete=models.SET_NULL, related_name="question"
    )

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["id"]
        permissions = [("answer_question", _("Can answer the questions about riddles"))]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="answered") | ~Q(answer=""),
                name="what_is_answered_has_an_answer",
            )
        ]
        indexes = [
            models.Index(
                fields=["asked_at"], condition=Q(state="open"), name="questions_waiting_for_answer"
            ),
            models.Index(
                fields=["challenge_key", "asked_as", "-answered_at"], name="questions_asked_alike"
            ),
            models.Index(
                fields=["challenge_key", "-answered_at"],
                condition=Q(state="answered"),
                name="questions_of_a_riddle",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id}: {self.state}"

    @property
    def is_answered(self) -> bool:
        return self.state == self.State.ANSWERED

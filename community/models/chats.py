"""Tweetchats: questions asked one by one, what answered them; and events replayed alone."""

from collections.abc import Iterable
from datetime import datetime
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from community.models.live import LiveEvent
from community.models.people import Consent, Participant
from microblog.gateways.base import Visibility
from microblog.models import Connection, OutboxPost, Post

OPEN = (Visibility.PUBLIC.value, Visibility.UNLISTED.value)


class ChatRhythm(models.Model):
    """How a tweetchat asks its questions by itself."""

    event = models.OneToOneField(LiveEvent, on_delete=models.CASCADE, related_name="rhythm")
    interval = models.PositiveSmallIntegerField(
        _("minutes between two questions"),
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(24 * 60)],
    )
    paused_at = models.DateTimeField(_("paused"), null=True, blank=True)
    next_at = models.DateTimeField(
        null=True, blank=True, help_text="When to look again. Empty: from the start of the event."
    )

    class Meta:
        verbose_name = _("rhythm of a tweetchat")
        verbose_name_plural = _("rhythms of tweetchats")

    def __str__(self) -> str:
        return f"{self.event_id}: {self.interval}"


class ChatQuestionQuerySet(models.QuerySet["ChatQuestion"]):
    def to_ask(self) -> Self:
        return self.filter(asked_at=None, skipped_at=None)

    def by_themselves(self) -> Self:
        """Those that don't wait for a person."""
        return self.to_ask().filter(by_hand=False)

    def asked(self) -> Self:
        return self.exclude(asked_at=None)


class ChatQuestion(models.Model):
    """Question n of a tweetchat, in one language or in both."""

    event = ParentalKey(LiveEvent, on_delete=models.CASCADE, related_name="questions")
    number = models.PositiveSmallIntegerField(
        _("number"), validators=[MinValueValidator(1), MaxValueValidator(99)]
    )
    text_fr = models.CharField(_("question in French"), max_length=400, blank=True)
    text_en = models.CharField(_("question in English"), max_length=400, blank=True)
    tip_fr = models.CharField(_("tip in French"), max_length=300, blank=True)
    tip_en = models.CharField(_("tip in English"), max_length=300, blank=True)
    planned_minute = models.PositiveSmallIntegerField(
        _("minute"),
        null=True,
        blank=True,
        help_text=_("Counted from the start. Empty: after the interval."),
    )
    by_hand = models.BooleanField(
        _("by hand"), default=False, help_text=_("Waits until somebody asks it.")
    )
    asked_at = models.DateTimeField(_("asked"), null=True, blank=True, editable=False)
    skipped_at = models.DateTimeField(_("skipped"), null=True, blank=True, editable=False)

    objects = ChatQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question of a tweetchat")
        verbose_name_plural = _("questions of a tweetchat")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "number"],
                name="one_question_per_number",
                violation_error_message=_("Another question has this number."),
            ),
            models.CheckConstraint(
                condition=~Q(text_fr="", text_en=""),
                name="a_question_is_written_in_some_language",
                violation_error_message=_("Write the question in one language at least."),
            ),
        ]

    def __str__(self) -> str:
        return f"Q{self.number} {self.text_fr or self.text_en}"

    def said_in(self, wanted: str) -> tuple[str, str]:
        """The question, and the language it is in: the wanted one if it was written in it."""
        texts = {"fr": self.text_fr, "en": self.text_en}
        language = wanted if texts.get(wanted) else next(code for code in texts if texts[code])
        return texts[language], language

    def tip_in(self, wanted: str) -> str:
        tips = {"fr": self.tip_fr, "en": self.tip_en}
        return tips.get(wanted) or self.tip_fr or self.tip_en


class QuestionPost(models.Model):
    """A question on one connection; its promise knows the post once it is said."""

    question = models.ForeignKey(ChatQuestion, on_delete=models.CASCADE, related_name="posts")
    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="+")
    promise = models.OneToOneField(
        OutboxPost, null=True, on_delete=models.SET_NULL, related_name="question_post"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["question", "connection"], name="one_question_post_per_connection"
            )
        ]

    def __str__(self) -> str:
        return f"{self.question_id} on {self.connection_id}"


class ChatAnswerQuerySet(models.QuerySet["ChatAnswer"]):
    def readable(self) -> Self:
        """Those whose post is there, and open to everybody."""
        return self.filter(post__deleted_at=None, post__visibility__in=OPEN)

    def counted(self) -> Self:
        """Of people who don't mind being counted."""
        return self.readable().exclude(post__author__link__participant__consent=Consent.NOTHING)

    def shown(self) -> Self:
        return self.readable().filter(post__author__link__participant__consent=Consent.SHOW)

    def certain(self) -> Self:
        return self.exclude(how=ChatAnswer.How.LIKELY)

    def by_accounts(self, accounts: Iterable[int]) -> Self:
        return self.readable().filter(post__author__in=list(accounts))


class ChatAnswer(models.Model):
    """A post that answers a question of a tweetchat. It stays one, whatever a later edit says."""

    class How(models.TextChoices):
        NAMED = "named", _("says its number")
        THREAD = "thread", _("in the question's thread")
        QUOTE = "quote", _("quotes the question")
        LIKELY = "likely", _("said while it was the last question")
        BY_HAND = "by_hand", _("put there by hand")

    question = models.ForeignKey(ChatQuestion, on_delete=models.CASCADE, related_name="answers")
    post = models.OneToOneField(Post, on_delete=models.CASCADE, related_name="chat_answer")
    how = models.CharField(_("how it was recognised"), max_length=20, choices=How)
    is_late = models.BooleanField(
        _("later"), default=False, help_text=_("Said after the end: welcome all the same.")
    )
    noticed_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = ChatAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer in a tweetchat")
        verbose_name_plural = _("answers in tweetchats")
        indexes = [models.Index(fields=["question", "post"], name="answers_to_a_question")]

    def __str__(self) -> str:
        return f"{self.post_id} → {self.question_id}"


class Replay(models.Model):
    """Somebody goes through a past event alone, with its recording."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="replays")
    event = models.ForeignKey(LiveEvent, on_delete=models.CASCADE, related_name="replays")
    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        verbose_name = _("replay")
        verbose_name_plural = _("replays")
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "event"], name="one_replay_per_person_and_event"
            )
        ]
        indexes = [
            models.Index(
                fields=["participant"], condition=Q(finished_at=None), name="replays_under_way"
            ),
            models.Index(fields=["started_at"], name="replays_by_start"),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} replays {self.event_id}"

    def is_under_way(self, now: datetime) -> bool:
        return self.finished_at is None and self.started_at <= now

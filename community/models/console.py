"""The tutor's console: who waits for a person, who has taken them on, and the tips that help."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from community.models.people import Consent, Participant
from microblog.gateways.base import Visibility
from microblog.models import Post
from microblog.networks import Network

OPEN = (Visibility.PUBLIC.value, Visibility.UNLISTED.value)


class NeedQuerySet(models.QuerySet["Need"]):
    def waiting(self) -> Self:
        return self.filter(closed_at=None)

    def shown(self, *, now: datetime) -> Self:
        """What tutors may see: due, still readable by everybody, of people who want to be met."""
        return self.waiting().filter(
            shows_at__lte=now,
            post__deleted_at=None,
            post__visibility__in=OPEN,
            post__author__refuses_bots=False,
            person__consent__in=[Consent.SHOW, Consent.COUNT],
        )


class Need(models.Model):
    """A newcomer who waits for a person: one row each, with the reasons why. The rows are the
    console's queue."""

    class Ending(models.TextChoices):
        ANSWERED = "answered", _("somebody answered")
        SET_ASIDE = "set_aside", _("needs no answer")
        SETTLED = "settled", _("they managed by themselves")
        GONE = "gone", _("taken back, or too long ago")

    LIVE_FIRST, IN_TURN = 0, 1

    person = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="needs")
    post = models.ForeignKey(
        Post, on_delete=models.CASCADE, related_name="+", help_text="What to answer first."
    )
    network = models.CharField(max_length=20, choices=Network)
    language = models.CharField(max_length=20, blank=True)
    rank = models.PositiveSmallIntegerField(
        default=IN_TURN, help_text="0 while a live event runs, else 1."
    )
    since = models.DateTimeField(help_text="When the oldest of the reasons was said.")
    shows_at = models.DateTimeField(help_text="Some reasons give the others time to answer.")
    closed_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=20, choices=Ending, blank=True)

    # Written where a page shows it: who has taken it on, and why it waits.
    claim: "Claim | None"
    whys: "list[NeedReason]"

    objects = NeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("need")
        verbose_name_plural = _("needs")
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(closed_at=None),
                name="one_open_need_per_person",
            )
        ]
        indexes = [
            models.Index(
                fields=["rank", "since", "id"],
                condition=Q(closed_at=None),
                name="needs_without_an_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.post_id}"


class NeedReason(models.Model):
    """Why somebody waits: one kind of reason and the post that it rests on. Kept when it is over,
    so that a later edit doesn't bring it back."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="reasons")
    kind = models.CharField(max_length=30, help_text="See community.tutoring.kinds.")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="need_reasons")
    params = models.JSONField(
        default=dict, help_text="For its sentence; `rules`: what was missing."
    )
    since = models.DateTimeField()
    shows_at = models.DateTimeField()
    until = models.DateTimeField(
        null=True, blank=True, help_text="When it is over by itself: the end of a live event."
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("reason of a need")
        verbose_name_plural = _("reasons of needs")
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(fields=["post", "kind"], name="one_reason_of_a_kind_per_post")
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(closed_at=None), name="reasons_that_hold"),
            models.Index(
                fields=["until"],
                condition=Q(closed_at=None, until__isnull=False),
                name="reasons_that_pass",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.post_id}"


class ClaimQuerySet(models.QuerySet["Claim"]):
    def open(self) -> Self:
        """Not ended; it may have run out all the same."""
        return self.filter(ended_at=None)

    def held(self, *, now: datetime) -> Self:
        return self.open().filter(expires_at__gt=now)


class Claim(models.Model):
    """One tutor sits down beside one newcomer; until it runs out, nobody else does."""

    class Ending(models.TextChoices):
        ANSWERED = "answered", _("answered")
        RELEASED = "released", _("left to others")
        EXPIRED = "expired", _("ran out")
        SET_ASIDE = "set_aside", _("needs no answer")
        GONE = "gone", _("there was nothing left to answer")

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="claims")
    tutor = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="claims")
    claimed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=20, choices=Ending, blank=True)
    answer = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.SET_NULL, related_name="claims"
    )
    tip = models.ForeignKey(
        "Tip",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The one that the tutor has taken up.",
    )

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        constraints = [
            models.UniqueConstraint(
                fields=["need"], condition=Q(ended_at=None), name="one_tutor_at_a_time"
            )
        ]
        indexes = [
            models.Index(
                fields=["expires_at"], condition=Q(ended_at=None), name="claims_that_run_out"
            ),
            models.Index(
                fields=["tutor", "expires_at"],
                condition=Q(ended_at=None),
                name="claims_held_by_a_tutor",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tutor_id}: {self.need_id}"


class TipQuerySet(models.QuerySet["Tip"]):
    def in_use(self) -> Self:
        return self.filter(retired_at=None)


class Tip(models.Model):
    """A few kind, practical sentences to adapt; the tutors' library, in one language or both."""

    title_fr = models.CharField(_("title in French"), max_length=120, blank=True)
    text_fr = models.TextField(_("words in French"), max_length=1000, blank=True)
    title_en = models.CharField(_("title in English"), max_length=120, blank=True)
    text_en = models.TextField(_("words in English"), max_length=1000, blank=True)
    topics = models.JSONField(
        _("topics"), default=list, help_text="Keys of community.tutoring.topics."
    )
    created_by = models.ForeignKey(
        Participant, null=True, blank=True, on_delete=models.SET_NULL, related_name="tips"
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    edited_at = models.DateTimeField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)
    times_used = models.PositiveIntegerField(default=0, editable=False)
    times_thanked = models.PositiveIntegerField(default=0, editable=False)

    objects = TipQuerySet.as_manager()

    class Meta:
        verbose_name = _("tip")
        verbose_name_plural = _("tips")
        constraints = [
            models.CheckConstraint(
                condition=(~Q(title_fr="") & ~Q(text_fr="")) | (~Q(title_en="") & ~Q(text_en="")),
                name="a_tip_speaks_one_language_at_least",
            )
        ]

    def __str__(self) -> str:
        return self.title_in(get_language())

    def title_in(self, language: str | None) -> str:
        """In this language where it has words in it, else in the other."""
        ours, other = self._ordered(language, self.title_fr, self.title_en)
        return ours or other

    def text_in(self, language: str | None) -> str:
        ours, other = self._ordered(language, self.text_fr, self.text_en)
        return ours or other

    def speaks(self, language: str | None) -> bool:
        return bool(self.text_fr if (language or "").startswith("fr") else self.text_en)

    @staticmethod
    def _ordered(language: str | None, french: str, english: str) -> tuple[str, str]:
        return (french, english) if (language or "fr").startswith("fr") else (english, french)


class TipUse(models.Model):
    """A tip that went into an answer, and what it was about: so that one can see it applied."""

    tip = models.ForeignKey(Tip, on_delete=models.CASCADE, related_name="uses")
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="tip_uses")
    answer = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.SET_NULL, related_name="tip_uses"
    )
    about = models.ForeignKey(
        Post,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The newcomer's post that was answered.",
    )
    topic = models.CharField(max_length=40, blank=True)
    rule = models.CharField(
        max_length=60, blank=True, help_text="The key of the challenge rule that was missing."
    )
    used_at = models.DateTimeField()
    thanked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("use of a tip")
        verbose_name_plural = _("uses of tips")
        constraints = [
            models.UniqueConstraint(fields=["tip", "claim"], name="a_tip_counts_once_per_claim")
        ]
        indexes = [
            models.Index(
                fields=["used_at"], condition=Q(thanked_at=None), name="tips_not_thanked_yet"
            )
        ]

    def __str__(self) -> str:
        return f"{self.tip_id}: {self.answer_id}"

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from challenges.models.pages import ChallengePage
from microblog.models import Account, Post
from rulebook import Outcome, Verdict


class ScreeningQuerySet(models.QuerySet["Screening"]):
    def untold(self) -> Self:
        """Matched posts whose author hasn't been told about the latest verdict."""
        return self.filter(decision="matched").filter(~Q(told_fingerprint=F("fingerprint")))


class Screening(models.Model):
    """What was decided about a post, also when it counts for nothing, and why."""

    class Match(models.TextChoices):
        MATCHED = "matched", _("counts for a challenge")
        EMBARKED = "embarked", _("came aboard")
        OURS = "ours", _("said by this site")
        NO_CHALLENGE = "no_challenge", _("belongs to no challenge")
        CLOSED = "closed", _("its challenge is closed")
        NOT_PUBLIC = "not_public", _("not said in public")
        BOT = "bot", _("said by a machine")
        REFUSED = "refused", _("its author wants to be left alone")
        DELETED = "deleted", _("taken back by its author")
        DETACHED = "detached", _("taken out by an organiser")
        FAULT = "fault", _("could not be judged: see the log")

    class Detector(models.TextChoices):
        THREAD = "thread", _("a reply to a launch")
        HASHTAG = "hashtag", _("the challenge's hashtag")
        LINK = "link", _("a link to the challenge")
        BY_HAND = "by_hand", _("attached by hand")

    class Silence(models.TextChoices):
        REFUSES_BOTS = "refuses_bots", _("its author refuses bots")
        NOT_ASKED = "not_asked", _("its author never spoke to us, follows us or embarked")
        AMONG_PEOPLE = "among_people", _("it answers somebody else")
        NOT_WANTED = "not_wanted", _("this site says so only on its pages")
        ENOUGH_TODAY = "enough_today", _("its author had enough answers today")
        NOTHING_NEW = "nothing_new", _("there was nothing left to pass")
        QUESTION = "question", _("it asks something: a person answers")
        NO_WAY = "no_way", _("no connection reaches its author")
        FAULT = "fault", _("its words could not be put together: see the log")

    post = models.OneToOneField(Post, on_delete=models.CASCADE, related_name="screening")
    fingerprint = models.CharField(max_length=32)
    decision = models.CharField(max_length=20, choices=Match)
    challenge = models.ForeignKey(
        ChallengePage, null=True, blank=True, on_delete=models.SET_NULL, related_name="screenings"
    )
    challenge_key = models.UUIDField(null=True, blank=True)
    detector = models.CharField(max_length=20, choices=Detector, blank=True)
    screened_at = models.DateTimeField()
    told_fingerprint = models.CharField(
        max_length=32, blank=True, help_text="The verdict that feedback was last decided for."
    )
    silence = models.CharField(
        _("why nothing was answered"), max_length=20, choices=Silence, blank=True
    )

    objects = ScreeningQuerySet.as_manager()

    class Meta:
        verbose_name = _("screening")
        verbose_name_plural = _("screenings")
        indexes = [
            models.Index(
                fields=["id"],
                condition=Q(decision="matched") & ~Q(told_fingerprint=F("fingerprint")),
                name="screenings_without_feedback",
            ),
            models.Index(
                fields=["challenge_key", "-screened_at"], name="screenings_of_a_challenge"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id}: {self.decision}"


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def accepted(self) -> Self:
        return self.filter(outcome=Outcome.ACCEPTED.value)

    def with_tutor(self) -> Self:
        return self.filter(outcome=Outcome.WITH_TUTOR.value)

    def uncredited(self) -> Self:
        return self.accepted().filter(credited_at=None)


class Submission(models.Model):
    """A post as an answer to one level. Accepted stays accepted, whatever a later edit does."""

    OUTCOMES = [
        (Outcome.ACCEPTED.value, _("accepted")),
        (Outcome.NOT_YET.value, _("not yet")),
        (Outcome.WITH_TUTOR.value, _("with a tutor")),
    ]

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="submissions")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="submissions")
    challenge = models.ForeignKey(
        ChallengePage, null=True, on_delete=models.SET_NULL, related_name="submissions"
    )
    challenge_key = models.UUIDField()
    level = models.UUIDField(help_text="The id of the level's block.")
    level_number = models.PositiveSmallIntegerField(
        help_text="Counted from 1, as it stood when judged."
    )
    outcome = models.CharField(max_length=20, choices=OUTCOMES)
    findings = models.JSONField(default=list)
    note = models.TextField(_("what a person said"), blank=True)
    judged_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    credited_at = models.DateTimeField(null=True, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["-id"]
        permissions = [("review_submission", _("Can look at answers that wait for a person"))]
        constraints = [
            models.UniqueConstraint(
                fields=["challenge_key", "level", "post"], name="one_answer_per_level_and_post"
            )
        ]
        indexes = [
            models.Index(
                fields=["id"],
                condition=Q(outcome="accepted", credited_at=None),
                name="answers_without_credit",
            ),
            models.Index(
                fields=["id"],
                condition=Q(outcome="with_tutor"),
                name="answers_waiting_for_a_person",
            ),
            models.Index(
                fields=["challenge_key", "outcome", "-accepted_at"], name="answers_of_a_challenge"
            ),
            models.Index(
                fields=["account", "challenge_key", "outcome"], name="answers_of_an_account"
            ),
            models.Index(fields=["challenge_key", "judged_at"], name="answers_by_judgement"),
        ]

    def __str__(self) -> str:
        return f"{self.post_id}: {self.level_number} {self.outcome}"

    @property
    def verdict(self) -> Verdict:
        return Verdict.from_json(self.findings)

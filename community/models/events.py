from typing import Self

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from community.models.people import Participant
from microblog.models import Post


class LearningEventQuerySet(models.QuerySet["LearningEvent"]):
    def of(self, participant: Participant) -> Self:
        return self.filter(participant=participant)

    def standing(self) -> Self:
        """Those that nobody undid."""
        return self.filter(undone_at=None)


class LearningEvent(models.Model):
    """Something that somebody did: all that badges know. Written once and never removed; what turns
    out to be wrong is undone, and stands again if it is done again."""

    class Kind(models.TextChoices):
        EMBARKED = "embarked", _("came aboard")
        LEVEL_ACCEPTED = "level_accepted", _("passed a level of a challenge")
        RIDDLE_SOLVED = "riddle_solved", _("found a riddle's answer")
        FIRST_POST = "first_post", _("first post")
        FIRST_HASHTAG = "first_hashtag", _("first hashtag")
        FIRST_MENTION = "first_mention", _("first mention")
        FIRST_REPLY = "first_reply", _("first reply")
        FIRST_PHOTO = "first_photo", _("first photo")
        FIRST_DESCRIBED_PHOTO = "first_described_photo", _("first described photo")
        FIRST_LINK = "first_link", _("first link")
        FIRST_THREAD = "first_thread", _("first thread")
        FIRST_BOOST = "first_boost", _("first boost")
        FIRST_CONTENT_WARNING = "first_content_warning", _("first content warning")
        CONVERSED = "conversed", _("exchanged with somebody new")
        HELPED = "helped", _("helped a newcomer")
        BROUGHT = "brought", _("brought somebody who took off")
        LIVE_TWEETED = "live_tweeted", _("relayed a live event")
        LIVE_TWEET_HELPED = "live_tweet_helped", _("helped during a live event")
        WAS_HELPED = "was_helped", _("was helped")
        GRADUATED = "graduated", _("flew by themself: helped a newcomer in turn")
        MENTORED_TO_FLIGHT = "mentored_to_flight", _("accompanied somebody until they flew")
        PROPOSED = "proposed", _("thought of a challenge")
        CHAT_ANSWERED = "chat_answered", _("answered a question of a tweetchat")
        FOUND = "found", _("found something worth reading")
        CURATED = "curated", _("put something worth reading forward")
        CONTRIBUTED = "contributed", _("wrote a page of the house")

    kind = models.CharField(_("kind"), max_length=40, choices=Kind)
    source_key = models.CharField(
        max_length=200, help_text="What it came from; with the kind, unique."
    )
    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="learning_events"
    )
    other = models.ForeignKey(
        Participant,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="With whom.",
    )
    subject = models.CharField(
        max_length=200, blank=True, help_text='About what: "challenge:<key>", "live:<id>".'
    )
    tags = models.JSONField(
        default=list, help_text="Families and tags of the subject, for badge rules."
    )
    post = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.SET_NULL, related_name="learning_events"
    )
    evidence_url = models.URLField(max_length=500, blank=True)
    evidence_text = models.CharField(
        max_length=500, blank=True, help_text="Narrative, without the person's words."
    )
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    undone_at = models.DateTimeField(
        null=True, blank=True, help_text="A person decided that it doesn't count."
    )

    objects = LearningEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("learning event")
        verbose_name_plural = _("learning events")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "source_key"], name="every_deed_counts_once")
        ]
        indexes = [
            models.Index(
                fields=["participant", "kind", "occurred_at"], name="events_of_a_participant"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.source_key}"

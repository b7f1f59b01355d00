"""Events that people relay together, who takes part in them, and when they are reminded."""

from datetime import datetime, timedelta
from typing import Any, Self
from uuid import uuid4
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel

from community.models.people import Participant
from community.sites import base_url, several_sites
from community.slugs import slug_of
from microblog.hashtags import bare, normalise, validate_hashtags, written

RESERVED_SLUGS = frozenset({"propose"})
"""Addresses beside those of the events."""


def validate_time_zone(name: str) -> None:
    """Raises ValidationError for a name that the IANA database doesn't know."""
    if name not in available_timezones():
        raise ValidationError(_("“%(name)s” is no time zone."), params={"name": name})


def validate_one_hashtag(field: str) -> None:
    """Raises ValidationError unless there is just one, as networks read it."""
    validate_hashtags(field)
    if len(written(field)) != 1:
        raise ValidationError(_("One hashtag, please: posts are found by it."))


class LiveEventQuerySet(models.QuerySet["LiveEvent"]):
    def accepted(self) -> Self:
        """Those that count: an organiser's own, and proposals that were accepted."""
        return self.filter(state=LiveEvent.State.ACCEPTED)

    def announced(self) -> Self:
        """Those with a public page: a cancelled event says there that it is."""
        return self.filter(state__in=[LiveEvent.State.ACCEPTED, LiveEvent.State.CANCELLED])

    def proposed(self) -> Self:
        return self.filter(state=LiveEvent.State.PROPOSED)

    def live(self, now: datetime) -> Self:
        return self.filter(starts_at__lte=now, ends_at__gt=now)

    def coming(self, now: datetime) -> Self:
        return self.filter(starts_at__gt=now)

    def past(self, now: datetime) -> Self:
        return self.filter(ends_at__lte=now)


class LiveEvent(ClusterableModel):
    """Something that people relay together, on its own hashtag, between two moments."""

    class Kind(models.TextChoices):
        LIVE_TWEET = "live_tweet", _("live-tweet")
        TWEETCHAT = "tweetchat", _("tweetchat")

    class Source(models.TextChoices):
        RADIO = "radio", _("a radio show")
        CONFERENCE = "conference", _("a conference")
        VISIT = "visit", _("a class visit")
        FILM = "film", _("a film or a programme")
        OTHER = "other", _("something else")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        ACCEPTED = "accepted", _("on the calendar")
        DECLINED = "declined", _("declined")
        CANCELLED = "cancelled", _("cancelled")

    site = models.ForeignKey(
        "wagtailcore.Site",
        verbose_name=_("MOOC"),
        null=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("On whose calendar it stands, and whose bot speaks of it."),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.LIVE_TWEET)
    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(_("address"), max_length=100, unique=True, blank=True)
    hashtag = models.CharField(
        _("hashtag"),
        max_length=100,
        validators=[validate_one_hashtag],
        help_text=_("Without the #. Posts that bear it belong to the event."),
    )
    description = models.TextField(_("what it is about"), blank=True)
    source_kind = models.CharField(
        _("what is followed"), max_length=20, choices=Source, default=Source.OTHER
    )
    source_url = models.URLField(_("where to follow it"), max_length=500, blank=True)
    recording_url = models.URLField(_("where to listen or watch again"), max_length=500, blank=True)
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="Europe/Paris", validators=[validate_time_zone]
    )
    tips_before = models.TextField(_("tips for before"), blank=True)
    tips_during = models.TextField(_("tips for during"), blank=True)
    tips_after = models.TextField(_("tips for after"), blank=True)

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.ACCEPTED)
    proposed_by = models.ForeignKey(
        Participant,
        verbose_name=_("proposed by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="proposed_events",
    )
    organiser = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("organiser"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    answer = models.TextField(_("a word to the proposer"), blank=True)
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    article = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("article"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    uid = models.UUIDField(
        default=uuid4, unique=True, editable=False, help_text="In calendars, for ever."
    )
    sequence = models.PositiveIntegerField(
        default=0, editable=False, help_text="How often calendars had to be told of a change."
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    changed_at = models.DateTimeField(auto_now=True, editable=False)

    objects = LiveEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("live event")
        verbose_name_plural = _("live events")
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="a_live_event_ends_after_it_starts",
                violation_error_message=_("An event ends after it starts."),
            )
        ]
        indexes = [
            models.Index(fields=["state", "starts_at"], name="live_events_by_start"),
            models.Index(
                fields=["created_at"], condition=Q(state="proposed"), name="proposed_live_events"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug:
            self.slug = free_slug(self.title)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """With the address of its MOOC where there are several: it is found there alone."""
        path = reverse("live:event", args=[self.slug])
        return f"{base_url(self.site_id)}{path}" if several_sites() else path

    @property
    def bare_hashtag(self) -> str:
        """As posts' hashtags are compared."""
        return next(iter(bare([normalise(self.hashtag)])))

    @property
    def said_hashtag(self) -> str:
        """In its own spelling, without "#"."""
        return next(iter(written(self.hashtag)), "")

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def is_cancelled(self) -> bool:
        return self.state == self.State.CANCELLED

    def is_live(self, now: datetime) -> bool:
        return self.starts_at <= now < self.ends_at

    def is_over(self, now: datetime) -> bool:
        return self.ends_at <= now


def free_slug(title: str) -> str:
    """A new event's address: its title, with a number where another event has it."""
    root = slug_of(title)[:90] or "live"
    taken = set(LiveEvent.objects.filter(slug__startswith=root).values_list("slug", flat=True))
    taken |= RESERVED_SLUGS
    slug, number = root, 2
    while slug in taken:
        slug, number = f"{root}-{number}", number + 1
    return slug


class SignUp(models.Model):
    """Somebody says what they will do during an event."""

    class Role(models.TextChoices):
        LIVE_TWEET = "live_tweet", _("will live-tweet")
        HELP = "help", _("will help")

    event = models.ForeignKey(LiveEvent, on_delete=models.CASCADE, related_name="sign_ups")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="sign_ups")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("sign-up")
        verbose_name_plural = _("sign-ups")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "participant", "role"], name="one_sign_up_per_person_and_role"
            )
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.role} {self.event_id}"


class Reminder(models.Model):
    """A moment before an event when we say on every network that it comes."""

    class Before(models.IntegerChoices):
        WEEK = 7 * 24 * 60, _("a week before")
        TWO_DAYS = 2 * 24 * 60, _("two days before")
        DAY = 24 * 60, _("a day before")
        THREE_HOURS = 3 * 60, _("three hours before")
        HOUR = 60, _("an hour before")
        QUARTER = 15, _("a quarter of an hour before")

    event = models.ForeignKey(LiveEvent, on_delete=models.CASCADE, related_name="reminders")
    minutes_before = models.PositiveIntegerField(_("when"), choices=Before)
    promised_for = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text="The start that was told. Another start is told again.",
    )
    notified_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["-minutes_before"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "minutes_before"], name="one_reminder_per_moment"
            )
        ]
        indexes = [
            models.Index(
                fields=["id"],
                condition=Q(promised_for__isnull=False, notified_at=None),
                name="reminders_to_hand_on",
            )
        ]

    def __str__(self) -> str:
        return f"{self.event_id} - {self.minutes_before} min"

    @property
    def due_at(self) -> datetime:
        return self.event.starts_at - timedelta(minutes=self.minutes_before)

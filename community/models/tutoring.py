from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.models.events import LearningEvent
from community.models.people import Consent, Participant


class Load(models.TextChoices):
    """How much somebody wants to be there for newcomers; PLACES says what that is in people."""

    NONE = "none", _("nobody at the moment")
    LIGHT = "light", _("one person")
    NORMAL = "normal", _("up to three people")
    FULL = "full", _("up to six people")


PLACES = {Load.NONE: 0, Load.LIGHT: 1, Load.NORMAL: 3, Load.FULL: 6}
MOST_PLACES = max(PLACES.values())


class Topic(models.TextChoices):
    """What somebody likes to help with."""

    FIRST_STEPS = "first_steps", _("first steps")
    WRITING = "writing", _("writing games")
    PHOTOS = "photos", _("photos and their descriptions")
    LIVE = "live", _("live-tweets")
    MANNERS = "manners", _("safety and good manners")
    SCHOOL = "school", _("with a class")


class TutoringQuerySet(models.QuerySet["Tutoring"]):
    def willing(self) -> Self:
        """Who volunteered, goes on, and isn't paused by an organiser."""
        return self.filter(stopped_at=None, paused_at=None)

    def here(self, day: date) -> Self:
        """Those who aren't away on that day: an absence that ends, ends by itself."""
        away = Q(away_from__lte=day) & (Q(away_until__gte=day) | Q(away_until=None))
        return self.exclude(away)

    def showing(self) -> Self:
        """Only somebody who is shown, has a login and came aboard sits beside newcomers."""
        return self.filter(
            participant__consent=Consent.SHOW,
            participant__embarked_at__isnull=False,
            participant__user__is_active=True,
        )

    def open(self, day: date) -> Self:
        """Who could be given somebody today, if they have a place free."""
        return self.willing().here(day).showing().exclude(load=Load.NONE)


class Tutoring(models.Model):
    """Somebody offers to sit beside newcomers: how many, in which languages, about what."""

    participant = models.OneToOneField(
        Participant, on_delete=models.CASCADE, related_name="tutoring"
    )
    load = models.CharField(_("load"), max_length=10, choices=Load, default=Load.LIGHT)
    languages = models.JSONField(_("languages"), default=list, help_text="Codes: fr, en.")
    topics = models.JSONField(_("topics"), default=list, blank=True, help_text="Keys of Topic.")
    away_from = models.DateField(_("away from"), null=True, blank=True)
    away_until = models.DateField(_("away until"), null=True, blank=True)
    volunteered_at = models.DateTimeField(_("volunteered"), default=timezone.now, editable=False)
    stopped_at = models.DateTimeField(_("stopped"), null=True, blank=True)
    paused_at = models.DateTimeField(
        _("paused"), null=True, blank=True, help_text=_("By an organiser.")
    )

    objects = TutoringQuerySet.as_manager()

    class Meta:
        verbose_name = _("tutor")
        verbose_name_plural = _("tutors")
        permissions = [("pause_tutor", _("Can pause tutors"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(away_from=None)
                | Q(away_until=None)
                | Q(away_until__gte=F("away_from")),
                name="an_absence_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return str(self.participant)

    @property
    def places(self) -> int:
        return PLACES[Load(self.load)]

    @property
    def is_willing(self) -> bool:
        return self.stopped_at is None and self.paused_at is None

    @property
    def topic_names(self) -> list[str]:
        return [str(Topic(topic).label) for topic in self.topics if topic in Topic.values]

    def is_away(self, now: datetime) -> bool:
        day = timezone.localdate(now)
        if self.away_from is None or self.away_from > day:
            return False
        return self.away_until is None or self.away_until >= day


class MentorshipQuerySet(models.QuerySet["Mentorship"]):
    def going_on(self) -> Self:
        return self.filter(ended_at=None)

    def of(self, tutor: Participant) -> Self:
        return self.filter(tutor=tutor)


class Mentorship(models.Model):
    """A tutor beside a newcomer, until either goes on or the newcomer flies by themself.

    `place` counts a tutor's mentees from 1: two workers that give the last place at once want the
    same number, and the database lets one have it.
    """

    class Ending(models.TextChoices):
        LEFT = "left", _("the newcomer went on alone")
        CHANGED = "changed", _("the newcomer asked for another tutor")
        HANDED_OVER = "handed_over", _("handed over to another tutor")
        STOPPED = "stopped", _("the tutor stopped")
        GRADUATED = "graduated", _("the newcomer became a helper")

    tutor = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="mentorships_given"
    )
    mentee = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="mentorships_received"
    )
    place = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField(_("started"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ending = models.CharField(_("why it ended"), max_length=20, choices=Ending, blank=True)
    shares_progress = models.BooleanField(
        default=False, help_text="The mentee shows this tutor how far they are."
    )
    offered_to = models.ForeignKey(
        Participant, null=True, blank=True, on_delete=models.SET_NULL, related_name="offers"
    )
    offered_at = models.DateTimeField(null=True, blank=True)
    celebrated_at = models.DateTimeField(
        null=True, blank=True, help_text="When the tutor put the celebration away."
    )

    objects = MentorshipQuerySet.as_manager()

    class Meta:
        verbose_name = _("mentorship")
        verbose_name_plural = _("mentorships")
        ordering = ["-started_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["mentee"], condition=Q(ended_at=None), name="one_tutor_a_mentee"
            ),
            models.UniqueConstraint(
                fields=["tutor", "place"],
                condition=Q(ended_at=None),
                name="one_mentee_in_a_place",
            ),
            models.CheckConstraint(
                condition=Q(place__gte=1, place__lte=MOST_PLACES), name="a_tutor_has_few_places"
            ),
            models.CheckConstraint(
                condition=~Q(tutor=F("mentee")), name="nobody_is_their_own_tutor"
            ),
        ]
        indexes = [models.Index(fields=["tutor", "ended_at"], name="mentorships_of_a_tutor")]

    def __str__(self) -> str:
        return f"{self.tutor_id} → {self.mentee_id}"


class TutorRequest(models.Model):
    """A newcomer would like a tutor; it waits until one has a place. Answered rows wait no more."""

    participant = models.OneToOneField(
        Participant, on_delete=models.CASCADE, related_name="tutor_request"
    )
    asked_at = models.DateTimeField(_("asked"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    later_at = models.DateTimeField(
        null=True, blank=True, help_text="Not now, they said; the logbook asks again after this."
    )

    class Meta:
        verbose_name = _("wish for a tutor")
        verbose_name_plural = _("wishes for a tutor")
        indexes = [
            models.Index(
                fields=["asked_at"],
                condition=Q(asked_at__isnull=False, answered_at=None),
                name="wishes_without_a_tutor",
            )
        ]

    def __str__(self) -> str:
        return str(self.participant_id)


class Praise(models.Model):
    """An occasion for a warm word that a tutor took or put away: it is offered once."""

    tutor = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="praises")
    event = models.ForeignKey(LearningEvent, on_delete=models.CASCADE, related_name="praises")
    was_said = models.BooleanField(default=False)
    answered_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("warm word")
        verbose_name_plural = _("warm words")
        constraints = [
            models.UniqueConstraint(fields=["tutor", "event"], name="one_praise_per_deed")
        ]

    def __str__(self) -> str:
        return f"{self.tutor_id}: {self.event_id}"

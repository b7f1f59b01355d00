"""The challenge bank: queues that launch by themselves, what waits in them, and their moments."""

from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from challenges.models.launches import Launch
from challenges.models.pages import ChallengePage
from community.models.live import validate_time_zone
from microblog.models import Connection


class BankScheduleQuerySet(models.QuerySet["BankSchedule"]):
    def running(self) -> Self:
        return self.filter(paused_at=None)

    def with_stock(self) -> Self:
        """`stock`: how many challenges could be launched if it were their turn."""
        return self.annotate(
            stock=Count(
                "entries",
                filter=Q(
                    entries__slot=None,
                    entries__challenge__live=True,
                    entries__challenge__closed_at=None,
                ),
            )
        )


class BankSchedule(models.Model):
    """A queue of challenges that launches by itself, at a cadence."""

    class Every(models.TextChoices):
        DAYS = "days", _("every so many days")
        WEEKS = "weeks", _("on days of the week")
        MONTHS = "months", _("on a day of the month")

    class Takes(models.TextChoices):
        ORDER = "order", _("in the order of the queue")
        RANDOM = "random", _("at random, those launched lately last")

    class Kind(models.TextChoices):
        ANY = "any", _("any challenge")
        RIDDLE = "riddle", _("photo riddles only")
        MINI = "mini", _("mini-challenges only")

    name = models.CharField(
        _("name"), max_length=100, unique=True, help_text=_("Such as: riddle on Monday.")
    )
    site = models.ForeignKey(
        "wagtailcore.Site",
        verbose_name=_("MOOC"),
        null=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Whose challenges it launches."),
    )
    every = models.CharField(_("launches"), max_length=10, choices=Every, default=Every.WEEKS)
    interval = models.PositiveSmallIntegerField(
        _("every how many"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(366)],
        help_text=_("1: every day, week or month; 2: every second one…"),
    )
    weekdays = models.JSONField(_("on"), default=list, blank=True, help_text="0 is Monday.")
    month_day = models.PositiveSmallIntegerField(
        _("day of the month"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(31)],
        help_text=_("31 is the last day; a shorter month takes its last one."),
    )
    hour = models.TimeField(_("at"))
    time_zone = models.CharField(
        _("time zone"), max_length=50, default="Europe/Paris", validators=[validate_time_zone]
    )
    starts_on = models.DateField(
        _("from"), help_text=_("No launch before that day; intervals are counted from it.")
    )
    connections = models.ManyToManyField(
        Connection,
        verbose_name=_("where"),
        blank=True,
        related_name="+",
        help_text=_("None chosen: all that are in use."),
    )
    takes = models.CharField(_("takes"), max_length=10, choices=Takes, default=Takes.ORDER)
    recycles = models.BooleanField(
        _("when it is empty, bring back earlier challenges"),
        default=False,
        help_text=_("The one that wasn't launched for the longest time, as a new round."),
    )
    recycle_after = models.PositiveSmallIntegerField(
        _("not before so many months"),
        default=6,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
    )
    recycle_kind = models.CharField(_("brings back"), max_length=10, choices=Kind, default=Kind.ANY)
    low_stock = models.PositiveSmallIntegerField(
        _("warn when fewer are left than"), default=3, help_text=_("0: never warn.")
    )
    warn_at = models.EmailField(
        _("warn also by e-mail at"), blank=True, help_text=_("Empty: only on the dashboard.")
    )

    paused_at = models.DateTimeField(_("paused"), null=True, blank=True, editable=False)
    next_at = models.DateTimeField(
        null=True,
        editable=False,
        db_index=True,
        help_text="The next moment that has no slot yet; empty if none ever comes.",
    )
    low_since = models.DateTimeField(null=True, editable=False)
    warned_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = BankScheduleQuerySet.as_manager()

    class Meta:
        verbose_name = _("queue of challenges")
        verbose_name_plural = _("queues of challenges")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        days = self.weekdays
        if not isinstance(days, list) or any(day not in range(7) for day in days):
            raise ValidationError({"weekdays": gettext("Choose days of the week.")})
        if self.every == self.Every.WEEKS and not days:
            raise ValidationError({"weekdays": gettext("Choose one day at least.")})


class BankPause(models.Model):
    """Days without launches, such as school holidays; both ends are part of it."""

    schedule = models.ForeignKey(
        BankSchedule,
        verbose_name=_("queue"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="pauses",
        help_text=_("None: all queues rest."),
    )
    name = models.CharField(_("name"), max_length=100, help_text=_("Such as: spring holidays."))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), help_text=_("This day included."))

    class Meta:
        verbose_name = _("pause")
        verbose_name_plural = _("pauses")
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("starts_on")),
                name="a_pause_ends_after_it_starts",
                violation_error_message=_("It ends before it starts."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class BankSlot(models.Model):
    """A moment of a queue, and what became of it. `at` is the cadence's moment, `due_at` when it
    really is to be: a person may have moved it."""

    class Outcome(models.TextChoices):
        OPEN = "", _("to come")
        LAUNCHED = "launched", _("launched")
        SKIPPED = "skipped", _("left out by a person")
        EMPTY = "empty", _("nothing was left to launch")
        LATE = "late", _("its time had passed")

    schedule = models.ForeignKey(BankSchedule, on_delete=models.CASCADE, related_name="slots")
    at = models.DateTimeField()
    due_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True, default=Outcome.OPEN)
    is_return = models.BooleanField(
        default=False, help_text="The queue was empty: an earlier challenge came back."
    )
    launch = models.OneToOneField(
        Launch, null=True, blank=True, on_delete=models.SET_NULL, related_name="slot"
    )
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("moment of a queue")
        verbose_name_plural = _("moments of queues")
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["schedule", "at"], name="one_slot_at_a_moment")
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(outcome=""), name="slots_to_fill")]

    def __str__(self) -> str:
        return f"{self.schedule_id}: {self.at}"


class BankEntryQuerySet(models.QuerySet["BankEntry"]):
    def waiting(self) -> Self:
        return self.filter(slot=None)

    def launchable(self) -> Self:
        """Drafts and closed challenges keep their place, and are passed over."""
        return self.waiting().filter(challenge__live=True, challenge__closed_at=None)


class BankEntry(models.Model):
    """A challenge in a queue; with a slot once its turn has come."""

    schedule = models.ForeignKey(BankSchedule, on_delete=models.CASCADE, related_name="entries")
    challenge = models.ForeignKey(ChallengePage, on_delete=models.CASCADE, related_name="+")
    challenge_key = models.UUIDField()
    position = models.PositiveIntegerField(default=0)
    slot = models.OneToOneField(
        BankSlot, null=True, blank=True, on_delete=models.SET_NULL, related_name="entry"
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    added_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = BankEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("challenge in a queue")
        verbose_name_plural = _("challenges in queues")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["challenge_key"],
                condition=Q(slot=None),
                name="a_challenge_waits_in_one_queue",
            )
        ]

    def __str__(self) -> str:
        return f"{self.schedule_id}: {self.challenge_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.challenge_key = self.challenge.translation_key
        super().save(*args, **kwargs)


def waits_somewhere(key: str = "challenge_key") -> Exists:
    """Whether the challenge of an outer row waits in a queue already."""
    return Exists(BankEntry.objects.waiting().filter(challenge_key=OuterRef(key)))

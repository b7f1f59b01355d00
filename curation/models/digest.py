import secrets
from datetime import date, datetime, time, timedelta
from typing import Any, Self

from csp.decorators import csp_update
from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Count, Q
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Orderable, PreviewableMixin, Site

WEEKDAYS = [
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
]


@register_setting(icon="mail")
class DigestSettings(BaseSiteSetting):
    """When the letter of the week is drafted, and when it leaves."""

    is_written = models.BooleanField(
        _("there is a letter of the week"),
        default=True,
        help_text=_("A draft is composed each week, in each language; you edit it."),
    )
    weekday = models.PositiveSmallIntegerField(
        _("drafted on"), choices=WEEKDAYS, default=4, validators=[MaxValueValidator(6)]
    )
    at = models.TimeField(_("at"), default=time(8))
    leaves_after = models.PositiveSmallIntegerField(
        _("hours for editing"),
        default=48,
        help_text=_("So long after it was drafted, an approved letter leaves."),
    )
    leaves_by_itself = models.BooleanField(
        _("it leaves even if nobody approved it"),
        default=False,
        help_text=_("Otherwise it waits until somebody has read it."),
    )

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("is_written"),
                FieldRowPanel([FieldPanel("weekday"), FieldPanel("at")]),
                FieldPanel("leaves_after"),
                FieldPanel("leaves_by_itself"),
            ],
            _("The letter of the week"),
        )
    ]

    class Meta:
        verbose_name = _("letter of the week")


class DigestQuerySet(models.QuerySet["Digest"]):
    def sent(self) -> Self:
        """What its page shows to everybody."""
        return self.filter(state=Digest.State.SENT)

    def to_send(self, now: datetime) -> Self:
        return self.filter(state=Digest.State.APPROVED, leaves_at__lte=now)

    def to_read(self) -> Self:
        """Drafts that wait for somebody to read them."""
        return self.filter(state=Digest.State.DRAFT)

    def with_mails_counted(self) -> Self:
        """`addressed`: how many were to leave; `taken`: by the mail server."""
        taken = Count("mails", filter=Q(mails__sent_at__isnull=False))
        return self.annotate(addressed=Count("mails"), taken=taken)


class Digest(PreviewableMixin, ClusterableModel):
    """The letter of one week, of one MOOC, in one language: a draft that somebody edits, then a
    page and as many mails as there are readers."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        APPROVED = "approved", _("ready to leave")
        SENT = "sent", _("sent")
        SKIPPED = "skipped", _("left out")

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="digests")
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    week = models.DateField(_("week"), help_text=_("Its Monday."))
    title = models.CharField(_("title"), max_length=200)
    opening = models.TextField(
        _("first words"),
        blank=True,
        max_length=1500,
        help_text=_("Yours: what was this week like?"),
    )
    closing = models.TextField(_("last words"), blank=True, max_length=1500)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    composed_at = models.DateTimeField(editable=False)
    leaves_at = models.DateTimeField(_("leaves"), help_text=_("Once it is ready; never before."))
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True, editable=False)

    objects = DigestQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter of a week")
        verbose_name_plural = _("letters of the week")
        ordering = ["-week", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "language", "week"], name="one_letter_a_week_and_language"
            )
        ]
        indexes = [
            models.Index(
                fields=["leaves_at"], condition=Q(state="approved"), name="letters_to_send"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def last_day(self) -> date:
        return self.week + timedelta(days=6)

    def get_absolute_url(self) -> str:
        with override(self.language):
            return reverse("digest:letter", args=[self.week])

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return [("page", _("As a page")), ("html", _("As a mail")), ("text", _("As plain text"))]

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return f"curation/digest/preview_{mode_name}.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        return {**super().get_preview_context(request, mode_name), "digest": self}

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """A mail holds its styles within: this one answer may show them."""
        serve = super().serve_preview
        if mode_name == "html":
            serve = csp_update({"style-src": ["'unsafe-inline'"]})(serve)
        answer: HttpResponse = serve(request, mode_name)
        return answer


class DigestEntry(Orderable):
    """One thing told in a letter; its words may be changed, whatever it came from."""

    class Section(models.TextChoices):
        PICKS = "picks", _("Worth reading")
        CHALLENGES = "challenges", _("To take up")
        PEOPLE = "people", _("Somebody to know")
        PAGES = "pages", _("New in the house")
        LIVE = "live", _("Coming up live")
        FIGURES = "figures", _("The week in figures")

    digest = ParentalKey(Digest, on_delete=models.CASCADE, related_name="entries")
    section = models.CharField(_("part"), max_length=20, choices=Section, default=Section.PICKS)
    title = models.CharField(_("title"), max_length=300, blank=True)
    text = models.TextField(_("text"), blank=True, max_length=1000)
    url = models.URLField(_("address"), max_length=2000, blank=True)
    credit = models.CharField(_("thanks to"), max_length=200, blank=True)
    signature = models.CharField(_("whose words these are"), max_length=200, blank=True)
    signer = models.BigIntegerField(
        null=True, blank=True, editable=False, help_text="The participant of the signature."
    )
    origin = models.CharField(
        max_length=100, blank=True, editable=False, help_text='What it came from: "pick:<id>".'
    )
    named = models.JSONField(
        default=list,
        blank=True,
        editable=False,
        help_text="Participants whom it thanks, each for as long as they agree.",
    )

    panels = [
        FieldPanel("section"),
        FieldPanel("title"),
        FieldPanel("text"),
        FieldPanel("signature"),
        FieldRowPanel([FieldPanel("url"), FieldPanel("credit")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("entry")
        verbose_name_plural = _("entries")

    def __str__(self) -> str:
        return self.title or self.text[:60]


def new_key() -> str:
    return secrets.token_urlsafe(24)


class SubscriberQuerySet(models.QuerySet["Subscriber"]):
    def confirmed(self) -> Self:
        return self.exclude(confirmed_at=None)


class Subscriber(models.Model):
    """Somebody who asked for the letter by e-mail, and said so twice. Who leaves is removed."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="digest_subscribers")
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    key = models.CharField(max_length=40, unique=True, default=new_key, editable=False)
    asked_at = models.DateTimeField(db_default=Now(), editable=False)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True, editable=False)
    tell_at = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text="When to write to them how to confirm, or that they did. Empty: never.",
    )
    tell_attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    told_at = models.DateTimeField(null=True, blank=True, editable=False)
    bounces = models.PositiveSmallIntegerField(
        default=0, editable=False, help_text="Letters in a row that its server refused for good."
    )

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        verbose_name = _("reader of the letter")
        verbose_name_plural = _("readers of the letter")
        constraints = [
            models.UniqueConstraint(
                fields=["site", "email"], name="one_subscription_per_address_of_a_mooc"
            )
        ]

    def __str__(self) -> str:
        return self.email


class DigestMail(models.Model):
    """One letter to one reader: the row is the queue."""

    digest = models.ForeignKey(Digest, on_delete=models.CASCADE, related_name="mails")
    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="mails")
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True, blank=True, help_text="Empty: never again.")
    fault = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["digest", "subscriber"], name="a_reader_gets_a_letter_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at"], condition=Q(sent_at=None), name="mails_to_send"
            )
        ]

    def __str__(self) -> str:
        return f"{self.digest_id} → {self.subscriber_id}"

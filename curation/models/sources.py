from datetime import datetime, timedelta
from typing import Any, Self
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from community.models import Participant
from curation.models.words import Axis

TROUBLED = 3
"""Failures in a row: before that, a server may have had a bad hour."""


class SourceQuerySet(models.QuerySet["Source"]):
    def running(self) -> Self:
        """Neither paused by a person nor gone for good."""
        return self.filter(paused_at=None, gone_at=None)

    def due(self, now: datetime) -> Self:
        """To be asked now, and claimed by nobody."""
        free = Q(claimed_until=None) | Q(claimed_until__lte=now)
        return self.running().filter(free, next_fetch_at__lte=now)

    def on_rested_hosts(self, now: datetime, *, pause: timedelta) -> Self:
        """Those whose server nobody is asking, and nobody asked a moment ago."""
        asked = Q(claimed_until__gt=now) | Q(fetched_at__gt=now - pause, fetched_at__lte=now)
        neighbours = Source.objects.filter(asked, host=OuterRef("host")).exclude(host="")
        return self.exclude(Exists(neighbours))

    def failing(self) -> Self:
        return self.exclude(failing_since=None)

    def failing_or_gone(self) -> Self:
        return self.exclude(failing_since=None, gone_at=None).filter(paused_at=None)

    def in_trouble(self) -> Self:
        """What a person may look at: failed again and again, or gone."""
        wanted = Q(failing_since__isnull=False, failures__gte=TROUBLED) | Q(gone_at__isnull=False)
        return self.filter(wanted, paused_at=None)


class Source(models.Model):
    """A feed that one MOOC follows: a member's blog, or somebody else's."""

    class Publishing(models.TextChoices):
        REVIEW = "review", _("after review")
        ITSELF = "itself", _("by itself")

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="curation_sources")
    title = models.CharField(_("title"), max_length=300, blank=True)
    feed_url = models.URLField(_("address of the feed"), max_length=1000)
    host = models.CharField(
        max_length=255, blank=True, editable=False, help_text="Of feed_url: who is to be spared."
    )
    page_url = models.URLField(_("address of the site"), max_length=1000, blank=True)
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, blank=True
    )
    axis = models.CharField(_("axis"), max_length=10, choices=Axis, blank=True)
    publishing = models.CharField(
        _("its items appear"), max_length=10, choices=Publishing, default=Publishing.REVIEW
    )
    owner = models.ForeignKey(
        Participant,
        verbose_name=_("whose blog it is"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="sources",
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    paused_at = models.DateTimeField(_("paused"), null=True, blank=True)

    etag = models.CharField(max_length=500, blank=True, editable=False)
    last_modified = models.CharField(max_length=100, blank=True, editable=False)
    body_digest = models.CharField(
        max_length=64, blank=True, editable=False, help_text="Of the last answer's bytes."
    )
    next_fetch_at = models.DateTimeField(db_default=Now(), editable=False)
    fetched_at = models.DateTimeField(null=True, blank=True, editable=False)
    changed_at = models.DateTimeField(null=True, blank=True, editable=False)
    interval = models.DurationField(default=timedelta(hours=1), editable=False)
    claimed_until = models.DateTimeField(null=True, blank=True, editable=False)
    fetches = models.PositiveIntegerField(default=0, editable=False, help_text="So far.")

    failures = models.PositiveIntegerField(default=0, editable=False, help_text="In a row.")
    failing_since = models.DateTimeField(null=True, blank=True, editable=False)
    last_fault = models.CharField(max_length=40, blank=True, editable=False)
    last_fault_detail = models.CharField(max_length=500, blank=True, editable=False)
    gone_at = models.DateTimeField(null=True, blank=True, editable=False)
    moved_from = models.URLField(max_length=1000, blank=True, editable=False)

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["title", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "feed_url"], name="one_source_per_feed_of_a_mooc"
            )
        ]
        indexes = [
            models.Index(
                fields=["next_fetch_at"],
                condition=Q(paused_at=None, gone_at=None),
                name="sources_to_fetch",
            ),
            models.Index(fields=["host", "fetched_at"], name="sources_of_a_host"),
        ]

    def __str__(self) -> str:
        return self.title or self.feed_url

    def save(self, **kwargs: Any) -> None:
        self.host = host_of(self.feed_url)
        fields = kwargs.get("update_fields")
        if fields is not None and "feed_url" in fields:
            kwargs["update_fields"] = {*fields, "host"}
        super().save(**kwargs)


def host_of(url: str) -> str:
    """In lower case; "" for what isn't an address."""
    try:
        return (urlsplit(url).hostname or "")[:255]
    except ValueError:
        return ""


class SourceFetch(models.Model):
    """What came of asking: the last few times of each source, written over in turn."""

    KEPT = 20

    class Outcome(models.TextChoices):
        NEWS = "news", _("news")
        CHANGED = "changed", _("changed")
        SAME = "same", _("nothing new")
        FAULT = "fault", _("a fault")

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="log")
    slot = models.PositiveSmallIntegerField(help_text="The number of the fetch, modulo KEPT.")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome)
    status = models.PositiveSmallIntegerField(default=0, help_text="HTTP; 0 without an answer.")
    fault = models.CharField(max_length=40, blank=True)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    size = models.PositiveIntegerField(default=0, help_text="Bytes of the answer, unpacked.")
    was_pushed = models.BooleanField(default=False, help_text="By a hub; we didn't ask.")

    class Meta:
        verbose_name = _("reading of a source")
        verbose_name_plural = _("readings of a source")
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "slot"], name="one_reading_per_slot_of_a_source"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source_id}: {self.outcome}"

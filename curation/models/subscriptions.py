from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from wagtail.models import Site

from curation.models.sources import Source
from microblog.credentials import SecretField


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def active(self, now: datetime) -> Self:
        """The hub pushes to us at this moment."""
        return self.filter(is_wanted=True, verified_at__isnull=False, expires_at__gt=now)

    def to_ask(self, now: datetime) -> Self:
        """To be asked of the hub, or asked again before it runs out."""
        return self.filter(ask_at__lte=now).filter(
            Q(source__paused_at=None, source__gone_at=None) | Q(is_wanted=False)
        )


class Subscription(models.Model):
    """A hub that we asked to push a feed to us (WebSub). The hub knows us by `token`, and signs
    with `secret`."""

    source = models.OneToOneField(Source, on_delete=models.CASCADE, related_name="subscription")
    hub_url = models.URLField(max_length=1000)
    topic_url = models.URLField(max_length=1000)
    token = models.CharField(max_length=64, unique=True)
    secret = SecretField()
    is_wanted = models.BooleanField(default=True, help_text="False: we asked to end it.")
    ask_at = models.DateTimeField(null=True, blank=True, help_text="Empty: never again.")
    asked_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0, help_text="Since it was last verified.")
    verified_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    pushed_at = models.DateTimeField(null=True, blank=True)
    last_fault = models.CharField(max_length=40, blank=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["ask_at"],
                condition=Q(ask_at__isnull=False),
                name="subscriptions_to_ask",
            )
        ]

    def __str__(self) -> str:
        return f"{self.source_id} ← {self.hub_url}"


class HubCall(models.Model):
    """Calls to the hub of our own feeds, for one MOOC (WebSub)."""

    site = models.OneToOneField(Site, on_delete=models.CASCADE, related_name="+")
    told_until = models.DateTimeField(
        null=True,
        blank=True,
        help_text="Of feeds of a room above: the newest that it was told.",
    )
    ask_at = models.DateTimeField(null=True, blank=True, help_text="Not before.")
    attempts = models.PositiveIntegerField(default=0, help_text="Since it last listened.")
    last_fault = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return f"{self.site_id} → {self.told_until}"


class FeedNews(models.Model):
    """One of our feeds with something that the hub wasn't told yet; gone once it was."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    way = models.CharField(
        max_length=1000, blank=True, help_text='Behind the address of all feeds: "" or "?…".'
    )
    since = models.DateTimeField(help_text="When something last changed in it.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "way"], name="one_row_per_feed_with_news")
        ]

    def __str__(self) -> str:
        return f"{self.site_id} {self.way}"

"""Where items come from: posts, entries of feeds, people."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from community.models import Participant
from curation.models.items import Item
from curation.models.sources import Source
from microblog.models import Post


class FindQuerySet(models.QuerySet["Find"]):
    def by_hand(self) -> Self:
        """A person shared it: in a post, or here. Not what a feed brought, be it their own blog's;
        a source that was removed leaves none of the three."""
        return self.filter(BY_HAND)


BY_HAND = Q(source=None) & (Q(post__isnull=False) | Q(user__isnull=False))


class Find(models.Model):
    """Who brought an item: one post, or one source. Credit goes to `finder`, where they agree."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="finds")
    source = models.ForeignKey(
        Source, null=True, blank=True, on_delete=models.SET_NULL, related_name="finds"
    )
    post = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.CASCADE, related_name="finds"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Who brought it by hand.",
    )
    finder = models.ForeignKey(
        Participant, null=True, blank=True, on_delete=models.SET_NULL, related_name="finds"
    )
    found_at = models.DateTimeField()
    site = models.ForeignKey(
        Site, null=True, editable=False, on_delete=models.CASCADE, related_name="+"
    )
    shown_at = models.DateTimeField(
        null=True, editable=False, help_text="The item's own, while everybody may read it."
    )

    objects = FindQuerySet.as_manager()

    class Meta:
        verbose_name = _("find")
        verbose_name_plural = _("finds")
        ordering = ["found_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["item", "source"], name="a_source_brings_an_item_once"),
            models.UniqueConstraint(fields=["item", "post"], name="a_post_brings_an_item_once"),
            models.UniqueConstraint(
                fields=["item", "user"],
                condition=Q(post=None, source=None),
                name="a_person_brings_an_item_by_hand_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["finder", "site", "-found_at", "-item"],
                condition=models.Q(shown_at__isnull=False),
                name="finds_of_a_person",
            )
        ]

    def __str__(self) -> str:
        return f"{self.item_id} ← {self.source_id or self.post_id or self.user_id}"


class Entry(models.Model):
    """One entry of a feed, known by what the feed calls it."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="entries")
    key = models.CharField(max_length=64, help_text="SHA-256 of its id, or of its address.")
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="entries")
    fingerprint = models.CharField(
        max_length=32, help_text="Of what we use; it changes on an edit."
    )
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "key"], name="one_entry_per_id_of_a_feed")
        ]

    def __str__(self) -> str:
        return f"{self.source_id}: {self.key[:8]}"

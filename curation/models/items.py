from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import ItemBase, TagBase
from wagtail.models import Site

from curation.models.words import Axis, Depth


class Topic(TagBase):
    """A tag of the curation feed; images and challenges have their own."""

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")


class ItemTopic(ItemBase):
    content_object = models.ForeignKey(
        "curation.Item", on_delete=models.CASCADE, related_name="topic_rows"
    )
    tag = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="item_rows")
    site = models.ForeignKey(Site, null=True, on_delete=models.CASCADE, related_name="+")
    shown_at = models.DateTimeField(
        null=True, editable=False, help_text="The item's own, while everybody may read it."
    )
    language = models.CharField(max_length=20, blank=True, editable=False)

    class Meta:
        indexes = [
            models.Index(
                fields=["tag", "site", "-shown_at", "-content_object"],
                condition=Q(shown_at__isnull=False),
                name="items_of_a_topic",
            ),
            models.Index(
                fields=["tag", "site", "language", "-shown_at", "-content_object"],
                condition=Q(shown_at__isnull=False),
                name="items_of_a_topic_in_a_language",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["content_object", "tag"], name="one_row_per_topic_of_an_item"
            )
        ]


BOOKKEEPING = {
    "shelved_at",
    "shelves",
    "noted_at",
    "sifted_at",
    "compared_at",
    "describe_at",
    "describe_attempts",
    "describe_fault",
}
"""What can change without a reader seeing anything else."""


class ItemQuerySet(models.QuerySet["Item"]):
    def update(self, **fields: Any) -> int:
        """Whatever a reader may see of it is shelved anew (curation.shelving)."""
        if not fields.keys() <= BOOKKEEPING:
            fields.setdefault("shelved_at", None)
        return super().update(**fields)

    def standing(self) -> Self:
        """Those that weren't united with another."""
        return self.filter(united_with=None)

    def waiting(self, now: datetime) -> Self:
        """On the review desk now: undecided, or snoozed until a moment that has come."""
        woken = Q(state=Item.State.SNOOZED, snoozed_until__lte=now)
        return self.standing().filter(Q(state=Item.State.WAITING) | woken)

    def published(self) -> Self:
        """What the curation page shows."""
        return self.standing().filter(state=Item.State.PUBLISHED)

    def to_describe(self, now: datetime) -> Self:
        """Pages that nobody has looked at yet, or that are to be looked at again."""
        return self.standing().filter(describe_at__lte=now)


class Item(models.Model):
    """One thing to read, wherever it was seen, in one MOOC. Its page says what it is called; what
    an editor wrote (`edited_fields`) is never written over."""

    class State(models.TextChoices):
        WAITING = "waiting", _("to review")
        SNOOZED = "snoozed", _("for later")
        PUBLISHED = "published", _("published")
        DROPPED = "dropped", _("set aside")

    DESCRIBED = ("title", "summary", "language", "author", "site_name", "image_url")
    """What its feed or its page says of it, and an editor may say better."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="curation_items")
    url = models.URLField(_("address"), max_length=2000, help_text="As people are led there.")
    title = models.CharField(_("title"), max_length=500, blank=True)
    summary = models.TextField(_("summary"), blank=True, help_text="Plain text.")
    language = models.CharField(_("language"), max_length=20, blank=True)
    author = models.CharField(_("author"), max_length=300, blank=True)
    site_name = models.CharField(_("name of its site"), max_length=200, blank=True)
    image_url = models.URLField(_("address of its picture"), max_length=2000, blank=True)
    published_at = models.DateTimeField(
        _("appeared"), null=True, blank=True, help_text="As its feed or page says."
    )
    first_seen_at = models.DateTimeField(_("first seen"), editable=False)
    axis = models.CharField(_("axis"), max_length=10, choices=Axis, blank=True)
    depth = models.CharField(_("level"), max_length=10, choices=Depth, blank=True)
    topics = TaggableManager(through=ItemTopic, verbose_name=_("topics"), blank=True)

    said_topics = models.JSONField(
        default=list,
        blank=True,
        editable=False,
        help_text="Categories of its feeds, in their spelling: a curator may take them.",
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    snoozed_until = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_in = models.UUIDField(
        null=True, blank=True, editable=False, help_text="The batch of its Sifting that stands."
    )
    shown_at = models.DateTimeField(
        _("published"), null=True, blank=True, help_text="When it first appeared on our page."
    )
    edited_fields = models.JSONField(
        default=list, blank=True, help_text="Names of fields that a person wrote."
    )

    finders = models.PositiveIntegerField(
        default=0, help_text="Different people who brought it; counted from Find."
    )
    describe_at = models.DateTimeField(
        null=True, blank=True, help_text="When to look at its page next. Empty: never."
    )
    describe_attempts = models.PositiveSmallIntegerField(default=0)
    described_at = models.DateTimeField(null=True, blank=True)
    describe_fault = models.CharField(max_length=40, blank=True)
    sifted_at = models.DateTimeField(
        null=True, blank=True, help_text="When rules last looked; empty asks them."
    )
    compared_at = models.DateTimeField(
        null=True, blank=True, help_text="When it was last compared with its like; empty asks."
    )
    shelved_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="Empty asks the step `shelve`."
    )
    shelves = models.JSONField(
        default=list, blank=True, editable=False, help_text="Where it is counted: [[kind, key]]."
    )
    noted_at = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text="The latest of its moments that its feeds were noted for (FeedNews).",
    )
    united_with = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="united",
        db_index=False,  # nearly all rows have none: see "items_united"
    )

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("item")
        verbose_name_plural = _("items")
        permissions = [
            ("review_item", _("Can sift items")),
            ("drop_item", _("Can set items aside")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(united_with=F("id")), name="no_item_is_united_with_itself"
            )
        ]
        indexes = [
            models.Index(
                fields=["site", "state", "-first_seen_at", "-id"],
                condition=Q(united_with=None),
                name="items_of_a_desk",
            ),
            models.Index(
                fields=["site", "-finders", "-first_seen_at", "-id"],
                condition=Q(united_with=None, state="waiting"),
                name="items_of_a_desk_most_shared",
            ),
            models.Index(
                fields=["site", "-shown_at", "-id"],
                condition=Q(united_with=None, state="published"),
                name="items_of_a_page",
            ),
            models.Index(
                fields=["site", "axis", "-shown_at", "-id"],
                condition=Q(united_with=None, state="published"),
                name="items_of_an_axis",
            ),
            models.Index(
                fields=["site", "-finders", "-shown_at", "-id"],
                condition=Q(united_with=None, state="published"),
                name="items_most_shared",
            ),
            models.Index(
                fields=["site", "language", "-shown_at", "-id"],
                condition=Q(united_with=None, state="published"),
                name="items_of_a_language",
            ),
            models.Index(
                fields=["united_with"],
                condition=Q(united_with__isnull=False),
                name="items_united",
            ),
            models.Index(fields=["id"], condition=Q(shelved_at=None), name="items_to_shelve"),
            models.Index(
                fields=["describe_at"],
                condition=Q(united_with=None, describe_at__isnull=False),
                name="items_to_describe",
            ),
            models.Index(
                fields=["id"], condition=Q(united_with=None, sifted_at=None), name="items_to_sift"
            ),
            models.Index(
                fields=["id"],
                condition=Q(united_with=None, compared_at=None),
                name="items_to_compare",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.url

    def save(self, *args: Any, **kwargs: Any) -> None:
        """As ItemQuerySet.update does."""
        named = kwargs.get("update_fields")
        if named is None or not set(named) <= BOOKKEEPING:
            self.shelved_at = None
            if named is not None:
                kwargs["update_fields"] = {*named, "shelved_at"}
        super().save(*args, **kwargs)

    @property
    def public_since(self) -> datetime | None:
        """None while it isn't shown; as curation.reading.shown_items asks the database."""
        is_shown = self.state == self.State.PUBLISHED and not self.united_with_id
        return self.shown_at if is_shown else None


class ItemAddress(models.Model):
    """Every address under which an item is known: as it was shared, as redirects led, as its page
    calls itself. `key` is curation.addresses.address_key(url)."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="addresses")
    key = models.CharField(max_length=64, help_text="SHA-256 of the address without its trimmings.")
    url = models.CharField(max_length=2000)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["site", "key"], name="an_address_leads_to_one_item_of_a_mooc"
            )
        ]

    def __str__(self) -> str:
        return self.url


class Snapshot(models.Model):
    """The words of an item's page, for search and for comparing; never shown."""

    item = models.OneToOneField(Item, on_delete=models.CASCADE, related_name="snapshot")
    text = models.TextField(blank=True)
    likeness = models.BigIntegerField(
        default=0, help_text="64 bits that near-equal texts share most of."
    )
    title_key = models.CharField(
        max_length=200, blank=True, db_index=True, help_text="The title's bare words."
    )
    taken_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.item_id}: {len(self.text)}"

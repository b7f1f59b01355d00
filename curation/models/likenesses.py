import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from curation.models.items import Item


class Band(models.Model):
    """A quarter of the 64 bits of an item's text: those of one band may be the same text."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="bands")
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    value = models.IntegerField(help_text="Which quarter, and its 16 bits.")
    seen_at = models.DateTimeField(help_text="As the item's first_seen_at, which never changes.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "value"], name="one_row_per_band_of_an_item")
        ]
        indexes = [models.Index(fields=["site", "value", "seen_at"], name="items_of_a_band")]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.value}"


class Uniting(models.Model):
    """That an item turned out to be another, with what it brought along: the way back. Once parted
    by a person, the two are never united again."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="unitings")
    into = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="took_in")
    united_at = models.DateTimeField()
    rows = models.JSONField(default=dict, help_text='Numbers of what was moved: {"finds": […]}.')
    parted_at = models.DateTimeField(null=True, blank=True)
    parted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("uniting of two items")
        verbose_name_plural = _("unitings of items")
        constraints = [
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(parted_at=None),
                name="an_item_is_united_with_one_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.item_id} → {self.into_id}"


def picture_path(picture: "ItemPicture", _name: str) -> str:
    return f"curation/{picture.item_id % 1000:03}/{uuid.uuid4().hex}.jpg"


class ItemPicture(models.Model):
    """Our own small copy of the picture that a page shows of itself, so that reading our pages
    calls no other server."""

    item = models.OneToOneField(Item, on_delete=models.CASCADE, related_name="picture")
    file = models.ImageField(upload_to=picture_path)
    width = models.PositiveIntegerField(default=0, editable=False)
    height = models.PositiveIntegerField(default=0, editable=False)
    source_url = models.URLField(max_length=2000, help_text="Where it was copied from.")
    taken_at = models.DateTimeField()

    class Meta:
        verbose_name = _("picture of an item")
        verbose_name_plural = _("pictures of items")

    def __str__(self) -> str:
        return self.source_url

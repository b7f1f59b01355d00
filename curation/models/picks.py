from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from community.models import Participant
from curation.models.items import Item

SHOWN = models.Q(shown_at__isnull=False)


class Pick(models.Model):
    """An item put forward by a person, in a sentence of their own."""

    item = models.OneToOneField(Item, on_delete=models.CASCADE, related_name="pick")
    curator = models.ForeignKey(
        Participant, null=True, blank=True, on_delete=models.SET_NULL, related_name="picks"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    sentence = models.TextField(
        _("why it is worth reading"), max_length=500, help_text=_("One or two sentences of yours.")
    )
    language = models.CharField(
        _("language of the sentence"), max_length=10, choices=settings.LANGUAGES
    )
    picked_at = models.DateTimeField(db_default=Now(), editable=False)
    changed_at = models.DateTimeField(null=True, blank=True, editable=False)
    credited_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="Empty: its deeds aren't logged yet."
    )
    relay = models.BooleanField(
        _("pass it on"), default=True, help_text=_("On the microblog, at a calm pace.")
    )
    relayed_at = models.DateTimeField(null=True, blank=True, editable=False)
    site = models.ForeignKey(
        Site, null=True, editable=False, on_delete=models.CASCADE, related_name="+"
    )
    shown_at = models.DateTimeField(
        null=True, editable=False, help_text="The item's own, while everybody may read it."
    )

    class Meta:
        verbose_name = _("pick")
        verbose_name_plural = _("picks")
        ordering = ["-picked_at", "-id"]
        indexes = [
            models.Index(
                fields=["picked_at"],
                condition=models.Q(relay=True, relayed_at=None),
                name="picks_to_pass_on",
            ),
            models.Index(
                fields=["site", "-picked_at", "-item"], condition=SHOWN, name="picks_by_day"
            ),
            models.Index(
                fields=["site", "language", "-picked_at", "-item"],
                condition=SHOWN,
                name="picks_in_a_language",
            ),
            models.Index(
                fields=["curator", "site", "-picked_at", "-item"],
                condition=SHOWN,
                name="picks_of_a_person",
            ),
            models.Index(
                fields=["id"], condition=models.Q(credited_at=None), name="picks_to_credit"
            ),
        ]

    def __str__(self) -> str:
        return self.sentence[:60]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Its words are searched with its item; it is read as soon as it is there."""
        if self._state.adding:
            self.site_id, self.shown_at = self.item.site_id, self.item.public_since
        super().save(*args, **kwargs)
        Item.objects.filter(pk=self.item_id).update(shelved_at=None)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        Item.objects.filter(pk=self.item_id).update(shelved_at=None)
        return super().delete(*args, **kwargs)

"""Our images: each with words for those who don't see it, a name for who made it, and a licence."""

import secrets
from datetime import datetime
from pathlib import PurePath
from typing import Any, Self

from django.core.files import File
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.images.image_operations import FilterOperation
from wagtail.images.models import AbstractImage, AbstractRendition, Filter
from willow.plugins.pillow import PillowImage

from community.pictures import PLAIN

WHAT_CAMERAS_TELL = ("exif", "xmp", "comment", "photoshop")
"""Where it was taken, on what, and a small copy of the whole picture."""


class ForgetOrigin(FilterOperation):
    def construct(self) -> None:
        """Takes no size: it is the same for every picture."""

    def run(self, willow: Any, image: Any, env: dict[str, Any]) -> Any:
        if isinstance(willow, PillowImage):
            for name in WHAT_CAMERAS_TELL:
                willow.image.info.pop(name, None)
        return willow


class DiscreetFilter(Filter):
    """Any filter, and then nothing of what the camera wrote beside the picture."""

    @cached_property
    def filter_operations(self) -> list[FilterOperation]:
        own = [one for one in self.operations if isinstance(one, FilterOperation)]
        return [*own, ForgetOrigin("forget")]


def under_no_name(filename: str) -> str:
    return secrets.token_hex(12) + PurePath(filename).suffix


class EnvolImage(AbstractImage):
    class Licence(models.TextChoices):
        CC0 = "CC0-1.0", _("CC0 1.0 (public domain)")
        CC_BY = "CC-BY-4.0", _("CC BY 4.0")
        CC_BY_SA = "CC-BY-SA-4.0", _("CC BY-SA 4.0")
        PERMISSION = "permission", _("With the author's permission")

    LICENCE_ADDRESSES: dict[str, str] = {
        Licence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/",
        Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/",
        Licence.CC_BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/",
    }

    alt_text = models.CharField(
        _("description"),
        max_length=500,
        help_text=_("What somebody who doesn't see it should know: one or two sentences."),
    )
    credit = models.CharField(_("made by"), max_length=200, blank=True)
    licence = models.CharField(
        _("licence"), max_length=20, choices=Licence, default=Licence.CC_BY_SA
    )

    admin_form_fields = (
        "title",
        "file",
        "alt_text",
        "credit",
        "licence",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    def get_upload_to(self, filename: str) -> str:
        """Under a name that nobody guesses: "lighthouse.jpg" would answer the riddle, and lead to
        the picture as it was uploaded."""
        upload: str = super().get_upload_to(under_no_name(filename))
        return upload

    def generate_rendition_file(self, filter: Filter, *, source: File | None = None) -> File:
        return super().generate_rendition_file(DiscreetFilter(spec=filter.spec), source=source)

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")

    @property
    def default_alt_text(self) -> str:
        return self.alt_text

    @property
    def licence_url(self) -> str:
        """Empty where the licence is a private permission."""
        return self.LICENCE_ADDRESSES.get(self.licence, "")


class RenditionQuerySet(models.QuerySet["EnvolRendition"]):
    def without_kin(self) -> Self:
        """Shown to readers, and not yet there in modern formats and other widths."""
        return self.filter(kin_at__isnull=False)

    def due(self, now: datetime) -> Self:
        return self.filter(kin_at__lte=now)


class EnvolRendition(AbstractRendition):
    image = models.ForeignKey(EnvolImage, on_delete=models.CASCADE, related_name="renditions")
    kin_at = models.DateTimeField(null=True, blank=True, editable=False)
    """When its modern formats are to be made; empty: made, given up, or not wanted."""
    kin_attempts = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = RenditionQuerySet.as_manager()

    @property
    def awaits_kin(self) -> bool:
        return self.kin_at is not None

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A plain one that a page asked for waits for its kin."""
        if self._state.adding and self.filter_spec.endswith(PLAIN):
            self.kin_at = timezone.now()
        super().save(*args, **kwargs)

    def get_upload_to(self, filename: str) -> str:
        """One size of a picture doesn't lead to another: a detail would give away the whole."""
        upload: str = super().get_upload_to(under_no_name(filename))
        return upload

    class Meta:
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"],
                name="one_rendition_per_filter_and_focus",
            )
        ]
        indexes = [
            models.Index(
                fields=["kin_at"],
                name="renditions_without_kin",
                condition=models.Q(kin_at__isnull=False),
            )
        ]

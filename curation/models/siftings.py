from typing import Self
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from curation.feeds.cleaning import language_of
from curation.models.items import Item
from curation.models.sources import Source
from curation.models.words import Axis, Depth


class SiftRule(models.Model):
    """What happens by itself to the items that it describes. Empty conditions ask nothing; of
    those that are filled, each must hold."""

    class Outcome(models.TextChoices):
        NOTHING = "", _("stay on the review desk")
        PUBLISH = "publish", _("appear on our page")
        DROP = "drop", _("be set aside")
        SNOOZE = "snooze", _("come back later")

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="sift_rules")
    name = models.CharField(
        _("name"), max_length=120, help_text=_("Shown beside what it decided: “set aside by …”.")
    )
    sort_order = models.PositiveSmallIntegerField(
        _("place"), default=100, help_text=_("Lower ones look first.")
    )
    is_active = models.BooleanField(_("in use"), default=True)
    stops = models.BooleanField(
        _("no further rule looks"), default=False, help_text=_("Where this one applies.")
    )

    source = models.ForeignKey(
        Source,
        verbose_name=_("source"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    any_words = models.TextField(
        _("one of these words"),
        blank=True,
        help_text=_("Words or groups of words, one per line. Capitals and accents don't matter."),
    )
    all_words = models.TextField(_("all of these words"), blank=True, help_text=_("One per line."))
    only_title = models.BooleanField(
        _("in the title only"), default=False, help_text=_("Otherwise in its text as well.")
    )
    topic = models.CharField(_("topic"), max_length=100, blank=True)
    language = models.CharField(
        _("language"), max_length=20, blank=True, help_text=_("As “fr” or “en”.")
    )
    least_finders = models.PositiveSmallIntegerField(
        _("shared by at least so many people"), default=0
    )

    add_topics = models.CharField(
        _("gets these topics"), max_length=300, blank=True, help_text=_("Separated by commas.")
    )
    axis = models.CharField(_("gets this axis"), max_length=10, choices=Axis, blank=True)
    depth = models.CharField(_("gets this level"), max_length=10, choices=Depth, blank=True)
    outcome = models.CharField(
        _("and is to"), max_length=10, choices=Outcome, blank=True, default=Outcome.NOTHING
    )
    snooze_days = models.PositiveSmallIntegerField(
        _("after so many days"), default=7, validators=[MinValueValidator(1)]
    )

    matched = models.PositiveIntegerField(_("applied"), default=0, editable=False)
    matched_at = models.DateTimeField(_("last applied"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("sifting rule")
        verbose_name_plural = _("sifting rules")
        ordering = ["sort_order", "id"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if not self.asks:
            raise ValidationError(_("Say what it looks for, or it would apply to everything."))
        if not (self.add_topics or self.axis or self.depth or self.outcome):
            raise ValidationError(_("Say what is to happen to what it finds."))
        if self.language and not language_of(self.language):
            raise ValidationError({"language": _("As “fr” or “en”.")})
        if self.source and self.site_id and self.source.site_id != self.site_id:
            raise ValidationError({"source": _("That source belongs to another MOOC.")})

    @property
    def asks(self) -> bool:
        words = f"{self.any_words}{self.all_words}{self.topic}{self.language}".strip()
        return bool(self.source_id or words or self.least_finders)


class SiftingQuerySet(models.QuerySet["Sifting"]):
    def standing(self) -> Self:
        return self.filter(undone_at=None)


class Sifting(models.Model):
    """One decision on one item, by a person or a rule, with what was there before it: the way
    back. Decisions taken together share their `batch`."""

    class Decision(models.TextChoices):
        PUBLISH = "publish", _("published")
        PICK = "pick", _("picked")
        PROPOSE = "propose", _("proposed as a pick")
        TAKE_BACK = "take_back", _("took the pick back")
        DROP = "drop", _("set aside")
        SNOOZE = "snooze", _("put off")
        BACK = "back", _("put back on the desk")
        SORT = "sort", _("sorted")
        EDIT = "edit", _("edited")

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="siftings")
    batch = models.UUIDField(default=uuid4, db_index=True)
    decision = models.CharField(max_length=10, choices=Decision)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    rule = models.ForeignKey(
        SiftRule, null=True, blank=True, on_delete=models.SET_NULL, related_name="siftings"
    )
    because = models.CharField(
        max_length=300, blank=True, help_text="The rule's name, or why it happened by itself."
    )
    at = models.DateTimeField(db_default=Now())
    before = models.JSONField(default=dict, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    credited_at = models.DateTimeField(
        null=True, blank=True, help_text="Empty: its finders weren't thanked yet."
    )

    objects = SiftingQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision on an item")
        verbose_name_plural = _("decisions on items")
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["item", "-at", "-id"], name="siftings_of_an_item"),
            models.Index(fields=["user", "-at", "-id"], name="siftings_of_a_person"),
            models.Index(
                fields=["at"],
                condition=Q(credited_at=None, undone_at=None, decision__in=["publish", "pick"]),
                name="siftings_to_credit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.decision}"

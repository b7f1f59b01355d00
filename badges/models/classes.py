from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import StreamField
from wagtail.images import get_image_model, get_image_model_string
from wagtail.images.models import AbstractRendition
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin

from badges.blocks import ConditionsBlock, specs_of
from badges.rules import RULES
from rulebook import RuleSpec

MEDALLION = "fill-512x512|format-png"
"""How a badge's picture is cut, on pages and for baking: square, PNG, transparency kept."""


@register_setting(icon="key")
class Issuer(BaseGenericSetting):
    """Who gives the badges: one for the whole site. Empty fields fall back to the installation's
    own."""

    name = models.CharField(_("name"), max_length=200, default="Envol")
    url = models.URLField(_("website"), blank=True, help_text=_("Empty: this site."))
    email = models.EmailField(
        _("e-mail address"),
        blank=True,
        help_text=_("Public. Empty: the one that this site sends from."),
    )
    description = models.TextField(_("description"), blank=True)
    image = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("issuer of badges")
        verbose_name_plural = _("issuers of badges")

    def __str__(self) -> str:
        return self.name


class BadgeTag(TaggedItemBase):
    content_object = ParentalKey(
        "badges.BadgeClass", on_delete=models.CASCADE, related_name="tagged_items"
    )


class BadgeClassQuerySet(models.QuerySet["BadgeClass"]):
    def published(self) -> Self:
        """What everybody may read about: published, or already given to somebody."""
        given = self.model._meta.get_field("awards").related_model.objects.filter(
            badge_class=OuterRef("pk")
        )
        return self.filter(Q(live=True) | Exists(given))

    def to_earn(self) -> Self:
        return self.filter(live=True, is_archived=False)

    def with_medallions(self) -> Self:
        """The pictures too, in two queries more however many badges there are."""
        images = get_image_model().objects.prefetch_renditions(MEDALLION)
        return self.prefetch_related(Prefetch("image", images))


class BadgeClass(DraftStateMixin, PreviewableMixin, RevisionMixin, ClusterableModel):  # type: ignore[misc]
    """What a badge says and asks for.

    Its texts in both languages stand side by side in one row, instead of one row per language:
    what was awarded
    is one badge with one address for ever, and its rules must never differ by language.
    """

    slug = models.SlugField(
        _("address"), unique=True, help_text=_("Stays as it is once somebody has the badge.")
    )
    name_fr = models.CharField(_("name (French)"), max_length=100)
    name_en = models.CharField(_("name (English)"), max_length=100)
    description_fr = models.CharField(_("in one sentence (French)"), max_length=300)
    description_en = models.CharField(_("in one sentence (English)"), max_length=300)
    criteria_fr = models.TextField(
        _("how to earn it (French)"), help_text=_("Markdown: paragraphs, lists, **strong**, links.")
    )
    criteria_en = models.TextField(
        _("how to earn it (English)"),
        help_text=_("Markdown: paragraphs, lists, **strong**, links."),
    )
    image = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("picture"),
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Square, at least 512 pixels wide, on a transparent ground."),
    )
    rules = StreamField(
        ConditionsBlock(),
        verbose_name=_("rules"),
        blank=True,
        help_text=_("All of them must hold. Without any, the badge is given by hand."),
    )
    order = models.PositiveIntegerField(_("order in lists"), default=100)
    is_archived = models.BooleanField(
        _("archived"),
        default=False,
        help_text=_("Not given any more; those who have it keep it, and its page stays."),
    )
    tags = ClusterTaggableManager(through=BadgeTag, blank=True, verbose_name=_("tags"))
    shipped_as = models.CharField(
        max_length=32,
        blank=True,
        editable=False,
        help_text="Fingerprint of what was delivered; an editor's change differs from it.",
    )

    objects = BadgeClassQuerySet.as_manager()

    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("name_fr"), FieldPanel("name_en")]),
                FieldRowPanel([FieldPanel("description_fr"), FieldPanel("description_en")]),
                FieldPanel("slug"),
                FieldPanel("image"),
            ],
            _("The badge"),
        ),
        MultiFieldPanel(
            [FieldPanel("criteria_fr"), FieldPanel("criteria_en")], _("How to earn it")
        ),
        FieldPanel("rules"),
        MultiFieldPanel(
            [FieldPanel("tags"), FieldPanel("order"), FieldPanel("is_archived")],
            _("Where it stands"),
        ),
    ]

    class Meta:
        verbose_name = _("badge")
        verbose_name_plural = _("badges")
        ordering = ["order", "slug"]

    def __str__(self) -> str:
        return self.name or self.slug

    def clean(self) -> None:
        super().clean()
        before = BadgeClass.objects.filter(pk=self.pk).exclude(slug=self.slug)
        if self.pk and before.filter(awards__isnull=False).exists():
            raise ValidationError(
                {"slug": _("Somebody has this badge already: its address can't change any more.")}
            )

    def in_language(self, field: str, language: str) -> str:
        """ "name", "description" or "criteria" in a language, else in the other one."""
        wanted = f"{field}_{(language or settings.LANGUAGE_CODE)[:2]}"
        texts = [getattr(self, wanted, "")]
        texts += [getattr(self, f"{field}_{code}", "") for code, _name in settings.LANGUAGES]
        return next((text for text in texts if text), "")

    @property
    def name(self) -> str:
        return self.in_language("name", get_language() or "")

    @property
    def description(self) -> str:
        return self.in_language("description", get_language() or "")

    @property
    def criteria(self) -> str:
        return self.in_language("criteria", get_language() or "")

    @property
    def specs(self) -> tuple[RuleSpec, ...]:
        """The rules as an organiser composed them. No query."""
        return specs_of(self.rules.raw_data)

    @property
    def medallion(self) -> AbstractRendition:
        return self.image.get_rendition(MEDALLION)

    def get_preview_template(self, request: object, mode_name: str) -> str:
        return "badges/badge.html"

    def get_preview_context(self, request: object, mode_name: str) -> dict[str, object]:
        summaries = RULES.summaries(self.specs)
        return {"badge": self, "request": request, "conditions": [(one, None) for one in summaries]}

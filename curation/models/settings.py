from datetime import time

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Site

from community.models import Participant


@register_setting(icon="pick")
class CurationSettings(BaseSiteSetting):
    """How one MOOC gathers, sifts and passes on what it reads."""

    trust_after = models.PositiveSmallIntegerField(
        _("links that were taken up before somebody may sift too"),
        default=10,
        help_text=_(
            "Whoever found so many links that others put forward becomes a trusted member by"
            " themselves. 0: only by your hand."
        ),
    )
    trusted_appear_at_once = models.BooleanField(
        _("picks of trusted members appear at once"),
        default=True,
        help_text=_("Otherwise they wait on the review desk for an organiser, editor or tutor."),
    )

    relays = models.BooleanField(
        _("picks are passed on to the microblog"),
        default=True,
        help_text=_("On the networks of this MOOC, at the pace below, outside its quiet hours."),
    )
    relays_per_day = models.PositiveSmallIntegerField(
        _("so many in a day at most"), default=3, validators=[MinValueValidator(1)]
    )
    relay_from = models.TimeField(_("from"), default=time(8))
    relay_until = models.TimeField(
        _("until"), default=time(20), help_text=_("The same hour twice: at any time of day.")
    )
    relay_gap = models.PositiveSmallIntegerField(
        _("minutes between two of them at least"), default=120
    )

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("relays"),
                FieldPanel("relays_per_day"),
                FieldPanel("relay_from", heading=_("from this hour")),
                FieldPanel("relay_until", heading=_("until this hour")),
                FieldPanel("relay_gap"),
            ],
            _("Passing on"),
        ),
        MultiFieldPanel(
            [FieldPanel("trust_after"), FieldPanel("trusted_appear_at_once")],
            _("Trusted members"),
        ),
    ]

    class Meta:
        verbose_name = _("curation")


class Trust(models.Model):
    """An organiser's word on who sifts along: for somebody, or against what the numbers say."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="trusts")
    is_trusted = models.BooleanField(
        _("sifts along"), default=True, help_text=_("Without it, they don't, whatever they found.")
    )
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    given_at = models.DateTimeField(_("since"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("trusted member")
        verbose_name_plural = _("trusted members")
        ordering = ["-given_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "participant"], name="one_word_on_a_persons_sifting"
            )
        ]

    def __str__(self) -> str:
        return self.participant.name

"""Guides for those who accompany: teachers, families. The law, images of others, whom to call."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from cms.models.shelves import Placed, Shelf
from cms.reference_blocks import ContactBlock, GuideSectionBlock
from community.sites import open_to_all


class GuideIndexPage(Shelf):
    template = "cms/guide_index_page.html"
    max_count_per_parent = 1
    subpage_types = ["cms.GuidePage"]
    page_description = _("The list of guides.")

    class Meta:
        verbose_name = _("list of guides")
        verbose_name_plural = _("lists of guides")

    def entries(self) -> Any:
        return GuidePage.objects.child_of(self).live().filter(open_to_all()).order_by("path")


class GuidePage(Placed):
    class Audience(models.TextChoices):
        TEACHERS = "teachers", _("For teachers")
        FAMILIES = "families", _("For families")
        EVERYBODY = "everybody", _("For everybody")

    READ = ("sections",)

    audience = models.CharField(
        _("for whom"), max_length=20, choices=Audience, default=Audience.EVERYBODY
    )
    lead = models.TextField(_("in a few words"), max_length=400)
    sections = StreamField(
        [("section", GuideSectionBlock())], verbose_name=_("sections"), blank=True
    )
    contacts = StreamField(
        [("contact", ContactBlock())],
        verbose_name=_("whom to call"),
        blank=True,
        help_text=_("Shown apart, on top on a telephone: who needs it needs it now."),
    )

    template = "cms/guide_page.html"
    content_panels = [
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("audience"), FieldPanel("lead")], heading=_("For whom")),
        FieldPanel("sections"),
        FieldPanel("contacts"),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("lead"),
        index.SearchField("sections"),
        index.SearchField("contacts"),
        index.FilterField("audience"),
    ]
    override_translatable_fields = [SynchronizedField("audience")]
    parent_page_types = ["cms.GuideIndexPage"]
    subpage_types: list[str] = []
    page_description = _("A guide in sections, with people to call.")

    class Meta:
        verbose_name = _("guide")
        verbose_name_plural = _("guides")

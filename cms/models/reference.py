"""What one comes back to: what we promise each other, and what people ask."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.blocks import PLAIN
from cms.models.shelves import Placed
from cms.reference_blocks import CommitmentBlock, QuestionGroupBlock


class CharterPage(Placed):
    READ = ("commitments",)
    is_of_every_mooc = True
    when_empty = {"lead": _("What we promise each other here."), "commitments": [], "closing": ""}

    lead = models.TextField(_("in a few words"), max_length=400)
    commitments = StreamField(
        [("commitment", CommitmentBlock())],
        verbose_name=_("promises"),
        blank=True,
        help_text=_("Numbered in this order."),
    )
    closing = RichTextField(_("closing words"), blank=True, features=PLAIN)

    template = "cms/charter_page.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("commitments"),
        FieldPanel("closing"),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("lead"),
        index.SearchField("commitments"),
        index.SearchField("closing"),
    ]
    parent_page_types = ["cms.HomePage"]
    subpage_types: list[str] = []
    page_description = _("What we promise each other, number by number.")

    class Meta:
        verbose_name = _("charter")
        verbose_name_plural = _("charters")


class FaqPage(Placed):
    READ = ("groups",)
    is_of_every_mooc = True
    when_empty = {"lead": "", "groups": []}

    lead = models.TextField(_("in a few words"), max_length=400, blank=True)
    groups = StreamField(
        [("group", QuestionGroupBlock())], verbose_name=_("groups of questions"), blank=True
    )

    template = "cms/faq_page.html"
    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("groups")]
    search_fields = [
        *Page.search_fields,
        index.SearchField("lead"),
        index.SearchField("groups"),
    ]
    parent_page_types = ["cms.HomePage"]
    subpage_types: list[str] = []
    page_description = _("Questions that people ask, in groups.")

    class Meta:
        verbose_name = _("frequent questions")
        verbose_name_plural = _("pages of frequent questions")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds `data`: the same questions, as search engines read them (schema.org)."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, "data": self.structured()}

    def structured(self) -> dict[str, Any]:
        questions = [one for group in self.groups for one in group.value["questions"]]
        return {
            "@context": "https://schema.org",
            "@type": "FAQPage",
            "mainEntity": [
                {
                    "@type": "Question",
                    "name": one["question"],
                    "acceptedAnswer": {
                        "@type": "Answer",
                        "text": strip_tags(one["answer"].source).strip(),
                    },
                }
                for one in questions
            ],
        }

"""Tutorials: short lessons that end where they are put to use."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from challenges.models import ChallengePage
from cms.blocks import LessonBlock


class TutorialIndexPage(Page):
    intro = RichTextField(_("introduction"), blank=True, features=["bold", "italic", "link"])

    template = "cms/tutorial_index_page.html"
    content_panels = [*Page.content_panels, FieldPanel("intro")]
    search_fields = [*Page.search_fields, index.SearchField("intro")]
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.TutorialPage"]

    class Meta:
        verbose_name = _("list of tutorials")
        verbose_name_plural = _("lists of tutorials")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds `tutorials`, in the order that editors gave them in the page tree."""
        context = super().get_context(request, *args, **kwargs)
        context["tutorials"] = TutorialPage.objects.child_of(self).live().public().order_by("path")
        return context


class TutorialPage(Page):
    summary = models.CharField(
        _("in one sentence"), max_length=300, help_text=_("What you can do when you have read it.")
    )
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=5, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    steps = StreamField(LessonBlock(), verbose_name=_("steps"), blank=True)
    try_it_text = models.TextField(
        _("words to begin with"),
        blank=True,
        max_length=500,
        help_text=_("Put ready in the composer of the practice timeline, to be changed and sent."),
    )
    related_challenges = ParentalManyToManyField(
        ChallengePage,
        verbose_name=_("challenges to go on with"),
        blank=True,
        related_name="tutorials",
    )

    template = "cms/tutorial_page.html"
    content_panels = [
        *Page.content_panels,
        FieldRowPanel([FieldPanel("summary"), FieldPanel("minutes")]),
        FieldPanel("steps"),
        MultiFieldPanel(
            [
                HelpPanel(content=_("A tutorial ends with an invitation to do it for real.")),
                FieldPanel("try_it_text"),
                FieldPanel("related_challenges", widget=CheckboxSelectMultiple),
            ],
            heading=_("Try it"),
        ),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("steps"),
    ]
    parent_page_types = ["cms.TutorialIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("tutorial")
        verbose_name_plural = _("tutorials")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds `challenges` (the related ones, in this page's language) and `next_tutorial`."""
        context = super().get_context(request, *args, **kwargs)
        keys = [challenge.translation_key for challenge in self.related_challenges.all()]
        context["challenges"] = (
            ChallengePage.objects.live()
            .public()
            .filter(translation_key__in=keys, locale_id=self.locale_id)
            .specific()
        )
        context["next_tutorial"] = (
            self.get_next_siblings().live().public().type(TutorialPage).specific().first()
        )
        return context

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
from challenges.models.pages import KINDS
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

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Straight to the tutorial, in one query where Wagtail asks two."""
        if len(path_components) == 1:
            found = TutorialPage.objects.child_of(self).filter(slug=path_components[0]).first()
            if found:
                return found.route(request, [])
        return super().route(request, path_components)

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
        shown = ~Page.objects.private_q()  # asked once for both lists
        context["challenges"] = [
            challenge.in_particular
            for challenge in ChallengePage.objects.live()
            .filter(
                shown,
                translation_key__in=self.related_challenges.values("translation_key"),
                locale_id=self.locale_id,
            )
            .select_related(*(f"{kind}__photo" for kind in KINDS))
        ]
        later = TutorialPage.objects.sibling_of(self).live().filter(shown, path__gt=self.path)
        context["next_tutorial"] = later.order_by("path").first()
        return context

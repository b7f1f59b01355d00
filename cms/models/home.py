"""The first page: what Envol is in one screen, and what is happening right now."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, Site
from wagtail.search import index
from wagtail.url_routing import RouteResult

from challenges.models import ChallengePage
from challenges.models.pages import KINDS
from cms.blocks import PathStepBlock
from cms.life import latest_life
from cms.models.shelves import Room

ROUTED = (
    "articlepage__author",
    "articlepage__photo",
    "portraitpage__person",
    "portraitpage__photo",
    "tutorialpage",
    "toolpage",
    "termpage",
    "challengeindexpage__locale",
    *(f"challengepage__{kind}__{name}" for kind in KINDS for name in ("locale", "photo")),
)
"""Read with the page itself, whichever of them it is."""


class HomePage(Room):
    headline = models.CharField(_("headline"), max_length=120)
    lead = models.TextField(_("lead"), max_length=400)
    steps = StreamField([("step", PathStepBlock())], verbose_name=_("steps"), blank=True, max_num=4)
    featured_challenge = models.ForeignKey(
        ChallengePage,
        verbose_name=_("challenge to show first"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Empty: the newest photo riddle that is open."),
    )

    template = "cms/home_page.html"
    content_panels = [
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("headline"), FieldPanel("lead")], heading=_("First screen")),
        FieldPanel("featured_challenge"),
        FieldPanel("steps"),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("headline"),
        index.SearchField("lead"),
    ]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "challenges.ChallengeIndexPage",
        "cms.TutorialIndexPage",
        "cms.ArticleIndexPage",
        "cms.PortraitIndexPage",
        "cms.LexiconPage",
        "cms.CharterPage",
        "cms.GuideIndexPage",
        "cms.FaqPage",
        "cms.WelcomeKitPage",
        "cms.ContentPage",
    ]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Straight to the page at this address: asking level by level costs two queries each."""
        address = f"{self.url_path}{'/'.join(path_components)}/"
        pages = Page.objects.filter(url_path=address).select_related(*ROUTED)
        found = pages.first() if path_components else None
        if found is None or found.depth != self.depth + len(path_components):
            return super().route(request, path_components)
        return _in_particular(found).route(request, [])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds `life`, see cms.life.Life."""
        context = super().get_context(request, *args, **kwargs)
        context["life"] = latest_life(
            locale_id=self.locale_id,
            site=Site.find_for_request(request),
            featured_id=self.featured_challenge_id,
        )
        return context


def _in_particular(page: Page) -> Page:
    kind = page.specific_class
    if kind is None:
        return page.specific
    if issubclass(kind, ChallengePage):
        return page.challengepage.in_particular
    name = kind._meta.model_name
    return getattr(page, name) if page._state.fields_cache.get(name) else page.specific

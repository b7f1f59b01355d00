"""The first page: what Envol is in one screen, and what is happening right now."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, Site
from wagtail.search import index

from challenges.models import ChallengePage
from cms.blocks import PathStepBlock
from cms.life import latest_life
from cms.models.shelves import Room


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

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds `life`, see cms.life.Life."""
        context = super().get_context(request, *args, **kwargs)
        context["life"] = latest_life(
            locale_id=self.locale_id,
            site=Site.find_for_request(request),
            featured_id=self.featured_challenge_id,
        )
        return context

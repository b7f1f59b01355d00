"""Articles: what members and editors tell."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from cms.blocks import ContentBlock
from cms.models.authored import AUTHOR_PANEL, SAME_AUTHOR, Authored
from cms.models.images import EnvolImage
from cms.models.shelves import Placed, Shelf
from cms.quoting import QUOTE, quoted_in
from community.live.audiences import may_read_practice
from community.sites import open_to_all


class ArticleIndexPage(Shelf):
    template = "cms/article_index_page.html"
    max_count_per_parent = 1
    subpage_types = ["cms.ArticlePage"]
    page_description = _("The list of articles, newest first.")
    CARD_PHOTO = "fill-640x400"

    class Meta:
        verbose_name = _("list of articles")
        verbose_name_plural = _("lists of articles")

    def entries(self) -> Any:
        found = ArticlePage.objects.child_of(self).live().filter(open_to_all())
        return found.select_related("author", "photo").order_by("-first_published_at", "-pk")


class ArticlePage(Placed, Authored):
    READ = ("body",)

    summary = models.CharField(
        _("in one sentence"), max_length=300, help_text=_("On its card, and in search results.")
    )
    photo = models.ForeignKey(
        EnvolImage,
        verbose_name=_("photo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    body = StreamField(ContentBlock(), verbose_name=_("body"), blank=True)

    template = "cms/article_page.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("photo"),
        FieldPanel("body"),
        AUTHOR_PANEL,
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
    ]
    override_translatable_fields = [SynchronizedField("photo"), *SAME_AUTHOR]
    parent_page_types = ["cms.ArticleIndexPage"]
    subpage_types: list[str] = []
    page_description = _("What somebody wants to tell: with text, pictures and posts.")

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        quotes = any(block.block_type == QUOTE for block in self.body)
        with_practice = quotes and may_read_practice(request)
        return {**context, "quoted": quoted_in(self.body, with_practice=with_practice)}

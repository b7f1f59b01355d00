"""Portraits of members: questions they answered, shown for as long as they agree."""

from typing import Any, Self

from django.db import models
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from cms.models.authored import AUTHOR_PANEL, SAME_AUTHOR, Authored
from cms.models.images import EnvolImage
from cms.models.shelves import Placed, Shelf
from cms.reference_blocks import QuestionBlock
from community.models import Consent
from community.sites import open_to_all


class PortraitIndexPage(Shelf):
    template = "cms/portrait_index_page.html"
    max_count_per_parent = 1
    subpage_types = ["cms.PortraitPage"]
    page_description = _("The gallery of portraits.")
    CARD_PHOTO = "fill-360x360"

    class Meta:
        verbose_name = _("gallery of portraits")
        verbose_name_plural = _("galleries of portraits")

    def entries(self) -> Any:
        found = PortraitPage.objects.child_of(self).live().filter(open_to_all()).shown()
        return found.select_related("photo").order_by("-first_published_at", "-pk")


class PortraitQuerySet(PageQuerySet):  # type: ignore[misc]
    def shown(self) -> Self:
        """Of people who agree, and of those who are no members and told an editor that they do."""
        agreed = models.Q(person=None) | models.Q(person__consent=Consent.SHOW)
        return self.filter(agreed)

    def withdrawn(self) -> Self:
        """Whose consent was taken back: written, kept, shown to nobody."""
        return self.filter(person__isnull=False).exclude(person__consent=Consent.SHOW)


class PortraitPage(Placed, Authored):
    READ = ("answers",)

    person = models.ForeignKey(
        "community.Participant",
        verbose_name=_("whose portrait"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The page is shown for as long as this member agrees to be shown."),
    )
    lead = models.TextField(
        _("in a few words"), max_length=400, help_text=_("Who it is: one or two sentences.")
    )
    photo = models.ForeignKey(
        EnvolImage,
        verbose_name=_("photo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("With their agreement; of something they love, if they prefer."),
    )
    answers = StreamField(
        [("answer", QuestionBlock())], verbose_name=_("questions and answers"), blank=True
    )

    template = "cms/portrait_page.html"
    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("person"), FieldPanel("photo")]), FieldPanel("lead")],
            heading=_("Who"),
            icon="user",
        ),
        FieldPanel("answers"),
        AUTHOR_PANEL,
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("lead"),
        index.SearchField("answers"),
    ]
    override_translatable_fields = [
        SynchronizedField("person", overridable=False),
        SynchronizedField("photo"),
        *SAME_AUTHOR,
    ]
    parent_page_types = ["cms.PortraitIndexPage"]
    subpage_types: list[str] = []
    page_description = _("A member in their own words, shown for as long as they agree.")

    objects = PageManager.from_queryset(PortraitQuerySet)()

    class Meta:
        verbose_name = _("portrait")
        verbose_name_plural = _("portraits")

    @property
    def is_shown(self) -> bool:
        return self.person is None or self.person.shows

    def siblings_shown(self) -> Any:
        return super().siblings_shown().shown()

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Raises Http404 once the person doesn't want to be shown any more."""
        if not self.is_shown:
            raise Http404(_("This portrait isn't shown."))
        return super().serve(request, *args, **kwargs)

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        return super().get_sitemap_urls(request) if self.is_shown else []

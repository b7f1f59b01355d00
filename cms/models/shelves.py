"""Lists of pages, and what a page knows of its place among the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.paginator import Page as Leaf
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from challenges.models.pages import Openable
from cms.blocks import BRIEF
from community.pictures import prefetch_pictures

WORDS_A_MINUTE = 200
HOME_DEPTH = 2


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Beside a page on its shelf, in the order of the shelf."""

    before: Page | None
    after: Page | None


class Room(Openable):
    """A page of the house."""

    class Meta:
        abstract = True


class Shelf(Room):
    """A page that lists the pages below it, some at a time."""

    is_of_every_mooc = True

    intro = RichTextField(
        _("introduction"),
        blank=True,
        features=BRIEF,
        help_text=_("One or two sentences above the list."),
    )

    PER_PAGE: ClassVar[int] = 12
    CARD_PHOTO: ClassVar[str] = ""
    """The filter of the photos on its cards, as its template asks for it; "": they have none."""

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    search_fields = [*Page.search_fields, index.SearchField("intro")]
    parent_page_types = ["cms.HomePage"]

    class Meta:
        abstract = True

    def entries(self) -> models.QuerySet[Any]:
        """What the list shows, in its order."""
        raise NotImplementedError

    def leaf(self, request: HttpRequest) -> Leaf[Any]:
        """The part of the list that was asked for by ?page=."""
        leaf = Paginator(self.entries(), self.PER_PAGE).get_page(request.GET.get("page"))
        if self.CARD_PHOTO:
            leaf.object_list = list(leaf.object_list)
            prefetch_pictures([entry.photo for entry in leaf.object_list], [self.CARD_PHOTO])
        return leaf

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds `entries`, a leaf of the list."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, "entries": self.leaf(request)}


class Placed(Room):
    """A page that says where it stands, and how long it takes to read."""

    READ: ClassVar[Sequence[str]] = ()
    """Its fields that hold prose."""

    class Meta:
        abstract = True

    @cached_property
    def crumbs(self) -> list[Page]:
        """The pages between the home page and this one."""
        if self.depth <= HOME_DEPTH + 1:
            return []
        above = Page.objects.ancestor_of(self).filter(depth__gt=HOME_DEPTH).live()
        return list(above.order_by("depth").only("title", "url_path", "path", "depth", "slug"))

    @cached_property
    def reading_minutes(self) -> int:
        prose = " ".join(strip_tags(str(getattr(self, name))) for name in self.READ)
        return max(1, round(len(prose.split()) / WORDS_A_MINUTE))

    def siblings_shown(self) -> Any:
        """Its neighbours among whom one goes on, itself included."""
        return type(self)._default_manager.sibling_of(self).live()

    @cached_property
    def neighbours(self) -> Neighbours:
        """By their place in the tree. One query: a shelf isn't that long."""
        shown = self.siblings_shown().order_by("path")
        shelf = list(shown.only("title", "slug", "url_path", "path", "depth", "locale"))
        earlier = [page for page in shelf if page.path < self.path]
        later = [page for page in shelf if page.path > self.path]
        return Neighbours(earlier[-1] if earlier else None, later[0] if later else None)

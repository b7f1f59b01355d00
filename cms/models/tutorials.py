"""Tutorials and tool posts: short lessons that end where they are put to use."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel

from cms.models.lessons import Lesson
from cms.models.shelves import Shelf
from cms.widgets import PickSeveral
from community.sites import open_to_all


class TutorialIndexPage(Shelf):
    PER_PAGE = 24

    template = "cms/tutorial_index_page.html"
    subpage_types = ["cms.TutorialPage", "cms.ToolPage"]
    page_description = _("The list of tutorials and of tool posts.")

    class Meta:
        verbose_name = _("list of tutorials")
        verbose_name_plural = _("lists of tutorials")

    def entries(self) -> Any:
        """In the order that editors gave them in the page tree."""
        return TutorialPage.objects.child_of(self).live().filter(open_to_all()).order_by("path")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds `tools`, all of them on the first leaf."""
        context = super().get_context(request, *args, **kwargs)
        tools = ToolPage.objects.child_of(self).live().filter(open_to_all()).order_by("path")
        is_first = context["entries"].number == 1
        return {**context, "tools": tools if is_first else ToolPage.objects.none()}


class TutorialPage(Lesson):
    template = "cms/tutorial_page.html"
    content_panels = Lesson.lesson_panels
    page_description = _("A short lesson in steps, with words to try it.")

    class Meta:
        verbose_name = _("tutorial")
        verbose_name_plural = _("tutorials")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds `next_tutorial`."""
        context = super().get_context(request, *args, **kwargs)
        later = self.siblings_shown().filter(open_to_all(), path__gt=self.path)
        return {**context, "next_tutorial": later.order_by("path").first()}


class ToolPage(Lesson):
    SHARED = (*Lesson.SHARED, "related_tutorials")

    related_tutorials = ParentalManyToManyField(
        TutorialPage,
        verbose_name=_("tutorials that go with it"),
        blank=True,
        related_name="+",
    )

    template = "cms/tool_page.html"
    content_panels = [
        *Lesson.lesson_panels[:-2],
        FieldPanel("related_tutorials", widget=PickSeveral),
        *Lesson.lesson_panels[-2:],
    ]
    page_description = _("One tool of a microblog explained: lists, filters, handles…")

    class Meta:
        verbose_name = _("tool post")
        verbose_name_plural = _("tool posts")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds `tutorials`, in this page's language."""
        context = super().get_context(request, *args, **kwargs)
        keys = self.related_tutorials.values("translation_key")
        found = TutorialPage.objects.live().filter(open_to_all())
        tutorials = found.filter(translation_key__in=keys, locale_id=self.locale_id)
        return {**context, "tutorials": tutorials.order_by("path")}

"""The welcome kit: pages chosen for those who arrive, on the screen and on paper."""

from typing import Any, TypeVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.blocks import PageChooserBlock
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from cms.booklet.composing import compose
from cms.booklet.printing import print_booklet
from cms.models.guides import GuidePage
from cms.models.lexicon import TermPage
from cms.models.reference import CharterPage
from cms.models.shelves import Placed
from cms.models.tutorials import ToolPage, TutorialPage

P = TypeVar("P", bound=Page)
BOOKLET = "booklet"


class WelcomeKitPage(Placed):
    """Whatever language its pages are chosen in, readers get those of the kit's own language."""

    lead = models.TextField(_("in a few words"), max_length=400)
    lessons = StreamField(
        [
            (
                "page",
                PageChooserBlock(label=_("Lesson"), page_type=["cms.TutorialPage", "cms.ToolPage"]),
            )
        ],
        verbose_name=_("tutorials and tool posts"),
        blank=True,
        help_text=_("In the order in which the booklet tells them."),
    )
    terms = StreamField(
        [("page", PageChooserBlock(label=_("Word"), page_type=["cms.TermPage"]))],
        verbose_name=_("words of the lexicon"),
        blank=True,
    )
    charter = models.ForeignKey(
        CharterPage,
        verbose_name=_("charter"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    guide = models.ForeignKey(
        GuidePage,
        verbose_name=_("guide that names whom to call"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    template = "cms/welcome_kit_page.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("lessons"),
        FieldPanel("terms"),
        MultiFieldPanel(
            [PageChooserPanel("charter"), PageChooserPanel("guide")],
            heading=_("At the end of the booklet"),
        ),
    ]
    search_fields = [*Page.search_fields, index.SearchField("lead")]
    override_translatable_fields = [
        SynchronizedField(name) for name in ("lessons", "terms", "charter", "guide")
    ]
    parent_page_types = ["cms.HomePage"]
    subpage_types: list[str] = []
    page_description = _("Pages chosen for newcomers, to read here or to print as a booklet.")

    class Meta:
        verbose_name = _("welcome kit")
        verbose_name_plural = _("welcome kits")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds `chosen` (lessons) and `words` (terms)."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, "chosen": self.chosen_lessons(), "words": self.chosen_terms()}

    def chosen_lessons(self) -> list[Page]:
        """As the page's language has them, in the kit's order. Three queries."""
        keys = self._keys("lessons")
        found = [
            page
            for kind in (TutorialPage, ToolPage)
            for page in kind.objects.live().public().filter(**self._here(keys))
        ]
        return sorted(found, key=lambda page: keys.index(page.translation_key))

    def chosen_terms(self) -> list[TermPage]:
        found = TermPage.objects.live().public().filter(**self._here(self._keys("terms")))
        return list(found.order_by("title"))

    def booklet_data(self) -> dict[str, Any]:
        """See cms.booklet.composing."""
        return compose(
            self,
            lessons=self.chosen_lessons(),
            words=self.chosen_terms(),
            charter=self.own_charter,
            guide=self.own_guide,
        )

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return [("", _("Web page")), (BOOKLET, _("Booklet (PDF)"))]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        if mode_name == BOOKLET:
            pdf = print_booklet(self.booklet_data())
            return HttpResponse(pdf, content_type="application/pdf")
        shown: HttpResponse = super().serve_preview(request, mode_name)
        return shown

    @property
    def own_charter(self) -> CharterPage | None:
        return self._in_own_language(CharterPage, self.charter)

    @property
    def own_guide(self) -> GuidePage | None:
        return self._in_own_language(GuidePage, self.guide)

    def _in_own_language(self, kind: type[P], chosen: P | None) -> P | None:
        if chosen is None:
            return None
        found: P | None = (
            kind.objects.live().public().filter(**self._here([chosen.translation_key])).first()
        )
        return found

    def _here(self, keys: list[Any]) -> dict[str, Any]:
        return {"translation_key__in": keys, "locale_id": self.locale_id}

    def _keys(self, name: str) -> list[Any]:
        """Of the pages that editors chose, in their order."""
        chosen = [row["value"] for row in getattr(self, name).raw_data if row["value"]]
        found = dict(Page.objects.filter(pk__in=chosen).values_list("pk", "translation_key"))
        return [found[pk] for pk in chosen if pk in found]

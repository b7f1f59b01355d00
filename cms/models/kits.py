"""The welcome kit: pages chosen for those who arrive, on the screen and on paper."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.blocks import PageChooserBlock
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from cms.booklet.composing import compose
from cms.booklet.printing import print_booklet
from cms.lexicon.letters import plain
from cms.models.guides import GuidePage
from cms.models.lexicon import TermPage
from cms.models.reference import CharterPage
from cms.models.shelves import Placed
from cms.models.tutorials import ToolPage, TutorialPage
from community.sites import open_to_all

KINDS = (TutorialPage, ToolPage, TermPage, CharterPage, GuidePage)
BOOKLET = "booklet"


@dataclass(frozen=True, slots=True)
class Chosen:
    lessons: Sequence[TutorialPage | ToolPage]
    terms: Sequence[TermPage]
    charter: CharterPage | None
    guide: GuidePage | None

    def __bool__(self) -> bool:
        return bool(self.lessons or self.terms or self.charter or self.guide)


class WelcomeKitPage(Placed):
    """Whatever language its pages are chosen in, readers get those of the kit's own language."""

    is_of_every_mooc = True
    when_empty = {
        "lead": _("What one needs for a first week, to read here or to print."),
        "lessons": [],
        "terms": [],
        "charter": None,
        "guide": None,
    }

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

    def booklet_data(self) -> dict[str, Any]:
        """See cms.booklet.composing."""
        return compose(
            self,
            lessons=self.chosen.lessons,
            words=self.chosen.terms,
            charter=self.chosen.charter,
            guide=self.chosen.guide,
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

    @cached_property
    def chosen(self) -> Chosen:
        """As the kit's own language has them. Two queries for all of them."""
        keys = self._keys()
        kinds = [kind.__name__.lower() for kind in KINDS]
        found = (
            Page.objects.live()
            .filter(open_to_all(), translation_key__in=keys.values(), locale_id=self.locale_id)
            .select_related(*kinds)
        )
        pages = {page.translation_key: _in_particular(page, kinds) for page in found}
        here = {pk: pages[key] for pk, key in keys.items() if key in pages}
        return Chosen(
            lessons=[here[pk] for pk in self._picked("lessons") if pk in here],
            terms=sorted(
                (here[pk] for pk in self._picked("terms") if pk in here),
                key=lambda term: plain(term.title),
            ),
            charter=here.get(self.charter_id),
            guide=here.get(self.guide_id),
        )

    def _picked(self, name: str) -> list[int]:
        return [row["value"] for row in getattr(self, name).raw_data if row["value"]]

    def _keys(self) -> dict[int, UUID]:
        """The translation key of each page that editors chose, in whichever language."""
        ids = {*self._picked("lessons"), *self._picked("terms"), self.charter_id, self.guide_id}
        return dict(Page.objects.filter(pk__in=ids - {None}).values_list("pk", "translation_key"))


def _in_particular(page: Page, kinds: Iterable[str]) -> Any:
    return next((one for kind in kinds if (one := getattr(page, kind, None))), page)

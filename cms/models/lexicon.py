"""The lexicon: the words of the field, linked in place wherever a page uses them."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from cms.blocks import PROSE
from cms.lexicon.letters import by_letter, plain
from cms.models.shelves import Placed, Shelf
from cms.widgets import PickSeveral
from community.sites import open_to_all

LONGEST_VARIANT = 80


class LexiconPage(Shelf):
    template = "cms/lexicon_page.html"
    max_count_per_parent = 1
    subpage_types = ["cms.TermPage"]
    page_description = _(
        "The lexicon: its words are linked by themselves in the prose of lessons, articles, "
        "portraits, guides, challenges and plain pages; never in headings or members’ posts."
    )

    class Meta:
        verbose_name = _("lexicon")
        verbose_name_plural = _("lexicons")

    def entries(self) -> Any:
        return TermPage.objects.child_of(self).live().filter(open_to_all()).order_by("title")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """All on one page: one looks a word up with a glance. Adds `query` and `letters`."""
        context = Page.get_context(self, request, *args, **kwargs)
        query = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_VARIANT]
        terms = [term for term in self.entries() if not query or term.answers_to(query)]
        return {**context, "query": query, "letters": by_letter(terms)}


class TermPage(Placed):
    SHARED: ClassVar[tuple[str, ...]] = ("see_also",)

    variants = models.TextField(
        _("other ways to say it"),
        blank=True,
        max_length=1000,
        help_text=_("Plurals, abbreviations, spellings: one a line. They lead here too."),
    )
    short = models.CharField(
        _("in one sentence"),
        max_length=300,
        help_text=_("Shown beside the word wherever it is linked: as one would say it aloud."),
    )
    body = RichTextField(_("more about it"), blank=True, features=PROSE)
    see_also = ParentalManyToManyField(
        "self", verbose_name=_("see also"), blank=True, symmetrical=False, related_name="+"
    )

    template = "cms/term_page.html"
    content_panels = [
        MultiFieldPanel(
            [
                HelpPanel(content=_("The title is the word itself, in the singular.")),
                *Page.content_panels,
                FieldPanel("variants"),
                FieldPanel("short"),
            ],
            heading=_("The word"),
            icon="openquote",
        ),
        FieldPanel("body"),
        FieldPanel("see_also", widget=PickSeveral),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("variants"),
        index.SearchField("short"),
        index.SearchField("body"),
        index.AutocompleteField("variants"),
    ]
    parent_page_types = ["cms.LexiconPage"]
    subpage_types: list[str] = []
    page_description = _("A word of the lexicon.")

    class Meta:
        verbose_name = _("word of the lexicon")
        verbose_name_plural = _("words of the lexicon")

    def clean(self) -> None:
        super().clean()
        lines = [" ".join(line.split()) for line in self.variants.splitlines()]
        kept = list(dict.fromkeys(line for line in lines if line and line != self.title))
        if any(len(line) > LONGEST_VARIANT for line in kept):
            raise ValidationError({"variants": _("One word a line; one of these is too long.")})
        self.variants = "\n".join(kept)

    @property
    def spellings(self) -> list[str]:
        return [self.title, *self.variants.splitlines()]

    def answers_to(self, query: str) -> bool:
        wanted = plain(query)
        return any(wanted in plain(words) for words in (*self.spellings, self.short))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds `related`: other words of this lexicon."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        keys = self.see_also.values("translation_key")
        found = TermPage.objects.sibling_of(self, inclusive=False).live().filter(open_to_all())
        return {**context, "related": found.filter(translation_key__in=keys).order_by("title")}

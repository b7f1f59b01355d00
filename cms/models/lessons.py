"""What tutorials and tool posts share: steps, and words to begin with."""

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from challenges.listing import CARD_PICTURE
from challenges.models import ChallengePage
from challenges.models.pages import KINDS
from challenges.riddles.photos import prefetch_photos
from cms.blocks import LessonBlock
from cms.models.authored import AUTHOR_PANEL, SAME_AUTHOR, Authored
from cms.models.shelves import Placed
from cms.widgets import PickSeveral
from community.sites import open_to_all


class Lesson(Placed, Authored):
    """Short, and ends where it is put to use."""

    READ = ("steps",)
    SHARED: ClassVar[tuple[str, ...]] = ("related_challenges",)
    """Lists that a translation takes from the page it was translated from."""

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
        related_name="+",
        help_text=_("In whichever language: readers get the one in theirs."),
    )

    lesson_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("minutes"),
        FieldPanel("steps"),
        MultiFieldPanel(
            [
                HelpPanel(content=_("A lesson ends with an invitation to do it for real.")),
                FieldPanel("try_it_text"),
                FieldPanel("related_challenges", widget=PickSeveral),
            ],
            heading=_("Try it"),
            icon="edit",
        ),
        AUTHOR_PANEL,
        HelpPanel(template="cms/admin/clearness_panel.html", heading=_("What readers said")),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("steps"),
    ]
    override_translatable_fields = [SynchronizedField("minutes"), *SAME_AUTHOR]
    parent_page_types = ["cms.TutorialIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds `challenges`: the related ones, in this page's language."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, "challenges": self._challenges()}

    def _challenges(self) -> list[ChallengePage]:
        kinds = [f"{kind}__{name}" for kind in KINDS for name in ("photo", "locale")]
        found = ChallengePage.objects.live().filter(
            open_to_all(),
            translation_key__in=self.related_challenges.values("translation_key"),
            locale_id=self.locale_id,
        )
        shown = [challenge.in_particular for challenge in found.select_related(*kinds)]
        prefetch_photos(shown, CARD_PICTURE)
        return shown

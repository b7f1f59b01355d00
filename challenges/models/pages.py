from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Self

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import PageChooserBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index

from challenges.blocks import PLAIN, ExamplePostBlock, LevelBlock
from challenges.editing import PageForm
from challenges.levels import Level, read_levels
from microblog.hashtags import bare, normalised, validate_hashtags, written

KINDS = ("photoriddlepage", "minichallengepage")
"""How Django names the way from a challenge to what it is in particular."""


class Openable(Page):
    is_surely_open = False
    """Whoever found it saw that nothing is restricted on the way to it."""
    is_of_every_mooc: ClassVar[bool] = False
    """A MOOC has such a room from its first day, without what stands in it elsewhere."""
    when_empty: ClassVar[Mapping[str, Any]] = {}
    """What its fields hold on that day, where that isn't what they hold elsewhere."""

    base_form_class = PageForm

    class Meta:
        abstract = True

    def get_view_restrictions(self) -> models.QuerySet[PageViewRestriction]:
        """Of this page and of all above it, in one query: its path names them. An alias has its
        source's."""
        if self.is_surely_open:
            return PageViewRestriction.objects.none()
        above = [self.path[:end] for end in range(self.steplen, len(self.path) + 1, self.steplen)]
        here, source = models.Q(page__path__in=above), models.Q(page__aliases__path__in=above)
        return PageViewRestriction.objects.filter(here | source).distinct()


class ChallengeIndexPage(Openable):
    intro = RichTextField(_("introduction"), blank=True, features=["bold", "italic", "link"])

    template = "challenges/index_page.html"
    content_panels = [*Page.content_panels, FieldPanel("intro")]
    search_fields = [*Page.search_fields, index.SearchField("intro")]
    max_count_per_parent = 1
    is_of_every_mooc = True
    subpage_types = ["challenges.PhotoRiddlePage", "challenges.MiniChallengePage"]

    class Meta:
        verbose_name = _("list of challenges")
        verbose_name_plural = _("lists of challenges")


class ChallengeTag(TaggedItemBase):
    content_object = ParentalKey(
        "challenges.ChallengePage", on_delete=models.CASCADE, related_name="tagged_items"
    )


class ChallengePage(Openable):
    """What both kinds share. Its translations are one challenge: they share the translation key."""

    class Difficulty(models.TextChoices):
        EASY = "easy", _("gentle")
        MEDIUM = "medium", _("lively")
        BOLD = "bold", _("bold")

    intro = models.CharField(
        _("in one sentence"),
        max_length=300,
        help_text=_(
            "On the card of the challenge, and in the post that launches a mini-challenge."
        ),
    )
    description = RichTextField(_("description"), blank=True, features=PLAIN)
    difficulty = models.CharField(
        _("difficulty"), max_length=10, choices=Difficulty, default=Difficulty.EASY
    )
    hashtags = models.CharField(
        _("own hashtags"),
        max_length=300,
        blank=True,
        validators=[validate_hashtags],
        help_text=_(
            "Beside the MOOC's; without #, separated by spaces. A post that bears one of them is "
            "an answer, even if it replies to nothing."
        ),
    )
    photo_alt = models.CharField(
        _("description of the photo, here"),
        max_length=1000,
        blank=True,
        help_text=_(
            "What somebody who doesn't see it should know; a riddle's gives nothing away. "
            "Empty: the description kept with the image."
        ),
    )
    levels = StreamField([("level", LevelBlock())], verbose_name=_("levels"), blank=True)
    examples = StreamField([("post", ExamplePostBlock())], verbose_name=_("examples"), blank=True)
    helpful_pages = StreamField(
        [("page", PageChooserBlock(label=_("Page")))],
        verbose_name=_("tutorials that help"),
        blank=True,
        help_text=_("In whichever language: readers get the translation if there is one."),
    )
    tags = ClusterTaggableManager(
        through=ChallengeTag,
        blank=True,
        verbose_name=_("families"),
        help_text=_("Such as: writing, technique, meeting."),
    )
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)
    proposed_by = models.ForeignKey(
        "community.Participant",
        verbose_name=_("proposed by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="proposed_challenges",
        help_text=_("Whoever thought of it, credited at every launch."),
    )

    is_creatable = False
    parent_page_types = ["challenges.ChallengeIndexPage"]
    subpage_types: list[str] = []
    search_fields = [
        *Page.search_fields,
        index.SearchField("intro"),
        index.SearchField("description"),
        index.FilterField("difficulty"),
    ]
    STATE: Sequence[str] = ("closed_at", "proposed_by_id")
    """What happened to the challenge: shared by its translations, no part of a revision."""

    class Meta:
        verbose_name = _("challenge")
        verbose_name_plural = _("challenges")

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding:
            self._take_over_state()
        super().save(*args, **kwargs)

    def _take_over_state(self) -> None:
        """A new translation stands where its challenge stands; a mere copy begins afresh."""
        family = type(self).objects.filter(translation_key=self.translation_key).first()
        for name in self.STATE:
            field = self._meta.get_field(name)
            setattr(self, name, getattr(family, name) if family else field.get_default())

    def with_content_json(self, content: Mapping[str, Any]) -> Self:
        page = super().with_content_json(content)
        for name in self.STATE:
            setattr(page, name, getattr(self, name))
        return page

    @property
    def in_particular(self) -> "ChallengePage":
        """As `specific`, without a query where its kind was selected with it."""
        kinds = (getattr(self, kind, None) for kind in KINDS)
        return next((kind for kind in kinds if kind is not None), self)

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def kind_label(self) -> str:
        return str(self.specific_class._meta.verbose_name)

    @cached_property
    def own_hashtags(self) -> list[str]:
        """As the organiser spells them, without #."""
        return written(self.hashtags)

    def level_specs(self) -> list[Level]:
        """The levels as the engine reads them."""
        return read_levels(self.levels)

    def cautions(self) -> list[str]:
        """What an organiser should know before publishing; nothing here forbids it."""
        levels = list(self.levels)
        bare = [str(n) for n, level in enumerate(levels, 1) if not len(level.value["rules"])]
        sentences = []
        if not levels:
            sentences.append(gettext("There is no level yet: nobody can pass anything."))
        if bare:
            sentences.append(
                gettext("Without a rule, a tutor decides about each post (level %(numbers)s).")
                % {"numbers": ", ".join(bare)}
            )
        return sentences + self._shared_hashtags()

    def _shared_hashtags(self) -> list[str]:
        own = bare(normalised([self.hashtags]))
        others = (
            ChallengePage.objects.live()
            .filter(closed_at=None)
            .exclude(hashtags="")
            .exclude(translation_key=self.translation_key)
            .values_list("title", "hashtags")
        )
        return [
            gettext("“%(title)s” is open too and has the same hashtag: #%(hashtag)s.")
            % {"title": title, "hashtag": hashtag}
            for title, hashtags in others
            for hashtag in sorted(normalised([hashtags]))
            if bare([hashtag]) & own
        ]

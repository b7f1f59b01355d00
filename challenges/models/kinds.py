from collections.abc import Sequence
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList, TabbedInterface
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model_string
from wagtail.models import Page

from challenges.blocks import HINT_BLOCKS
from challenges.editing import MiniChallengeForm
from challenges.levels import SOLVES_RIDDLE, Level, merged, read_levels
from challenges.models.pages import ChallengePage
from challenges.panels import SummaryPanel
from challenges.riddles.cropping import WHOLE
from challenges.riddles.hints import Hint, read_hints, seen_so_far
from community.moocs import bare_words

LEVELS_TAB = ObjectList([FieldPanel("levels"), SummaryPanel()], heading=_("Levels and rules"))
SHARING_TAB = ObjectList(
    [
        FieldPanel("hashtags"),
        FieldPanel("tags"),
        FieldPanel("difficulty"),
        FieldPanel("helpful_pages"),
    ],
    heading=_("Finding and helping"),
)


class MiniChallengePage(ChallengePage):
    photo = models.ForeignKey(
        get_image_model_string(),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("photo"),
    )

    template = "challenges/challenge_page.html"
    tone: ClassVar[str] = "leaf"
    base_form_class = MiniChallengeForm
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    *Page.content_panels,
                    FieldPanel("intro"),
                    FieldPanel("photo"),
                    FieldPanel("photo_alt"),
                    FieldPanel("description"),
                    FieldPanel("examples"),
                ],
                heading=_("The challenge"),
            ),
            LEVELS_TAB,
            SHARING_TAB,
            ObjectList(Page.promote_panels, heading=_("Promote")),
            ObjectList(Page.settings_panels, heading=_("Settings")),
        ]
    )

    class Meta:
        verbose_name = _("mini-challenge")
        verbose_name_plural = _("mini-challenges")

    def clean(self) -> None:
        super().clean()
        if any(
            rule.block_type == SOLVES_RIDDLE
            for level in self.levels
            for rule in level.value["rules"]
        ):
            raise ValidationError(
                {
                    "levels": gettext(
                        "“Solves the riddle” belongs to photo riddles: there is no answer here."
                    )
                }
            )


class PhotoRiddlePage(ChallengePage):
    """Its answers are secret until the reveal, and shared: a right word in any language counts."""

    photo = models.ForeignKey(
        get_image_model_string(),
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("photo of the riddle"),
    )
    question = models.CharField(
        _("question"), max_length=300, help_text=_("The launch post asks it.")
    )
    answers = models.TextField(
        _("accepted answers"),
        blank=True,
        help_text=_(
            "One per line, secret until the reveal. Case, accents, articles, plurals and a slip of "
            "the keyboard don't matter. Answers of all translations count."
        ),
    )
    near_misses = models.TextField(
        _("look-alikes that are not the answer"),
        blank=True,
        help_text=_("One per line: words so close to the answer that they would pass for a slip."),
    )
    hints = StreamField(
        HINT_BLOCKS,
        verbose_name=_("hints"),
        blank=True,
        help_text=_(
            "In the order in which they are given, one at a time. With “More of the photo”, the "
            "launch shows but a small part of it."
        ),
    )
    first_crop = models.PositiveSmallIntegerField(
        _("part that the launch shows, in percent"),
        default=20,
        validators=[MinValueValidator(5), MaxValueValidator(80)],
        help_text=_(
            "Of the photo's width, around its focal point; only where hints show more of it."
        ),
    )
    hint_every = models.PositiveSmallIntegerField(
        _("hours between hints"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Counted from the launch: 24 gives one a day. Empty: you give them by hand."),
    )
    reveal_at = models.DateTimeField(
        _("reveal by itself"),
        null=True,
        blank=True,
        help_text=_("Empty: you reveal the answer by hand."),
    )
    answers_repeats = models.BooleanField(
        _("answer questions that were asked before"),
        default=True,
        help_text=_("The bot repeats your answer when somebody asks the very same thing again."),
    )
    reveal_text = RichTextField(
        _("what the reveal says"), blank=True, features=["bold", "italic", "link"]
    )
    reveal_photo = models.ForeignKey(
        get_image_model_string(),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("photo of the reveal"),
        help_text=_("The whole picture, for example."),
    )
    hints_given = models.PositiveSmallIntegerField(default=0, editable=False)
    hinted_at = models.DateTimeField(null=True, blank=True, editable=False)
    revealed_at = models.DateTimeField(_("revealed"), null=True, blank=True, editable=False)

    template = "challenges/challenge_page.html"
    tone: ClassVar[str] = "coral"
    STATE: Sequence[str] = (*ChallengePage.STATE, "hints_given", "hinted_at", "revealed_at")
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    *Page.content_panels,
                    FieldPanel("question"),
                    FieldPanel("photo"),
                    FieldPanel("photo_alt"),
                    FieldPanel("intro"),
                    FieldPanel("description"),
                    FieldPanel("examples"),
                ],
                heading=_("The riddle"),
            ),
            ObjectList(
                [
                    FieldPanel("answers"),
                    FieldPanel("near_misses"),
                    FieldPanel("hints"),
                    FieldPanel("first_crop"),
                    FieldPanel("hint_every"),
                    FieldPanel("reveal_text"),
                    FieldPanel("reveal_photo"),
                    FieldPanel("reveal_at"),
                    FieldPanel("answers_repeats"),
                ],
                heading=_("Answer, hints, reveal"),
            ),
            LEVELS_TAB,
            SHARING_TAB,
            ObjectList(Page.promote_panels, heading=_("Promote")),
            ObjectList(Page.settings_panels, heading=_("Settings")),
        ]
    )

    class Meta:
        verbose_name = _("photo riddle")
        verbose_name_plural = _("photo riddles")

    @cached_property
    def secrets(self) -> tuple[list[str], list[str]]:
        """Accepted answers and look-alikes: this page's as they stand, and its translations'."""
        family = PhotoRiddlePage.objects.filter(translation_key=self.translation_key).exclude(
            pk=self.pk
        )
        texts = [
            (self.answers, self.near_misses),
            *family.live().values_list("answers", "near_misses"),
        ]
        return merged(a for a, _n in texts), merged(n for _a, n in texts)

    def level_specs(self) -> list[Level]:
        answers, near_misses = self.secrets
        return read_levels(self.levels, answers=answers, near_misses=near_misses)

    @property
    def is_revealed(self) -> bool:
        return self.revealed_at is not None

    @cached_property
    def all_hints(self) -> list[Hint]:
        return read_hints(self.hints, first_crop=self.first_crop)

    @property
    def hints_so_far(self) -> list[str]:
        """The words that were given; a wider photo needs none."""
        return [hint.text for hint in self.all_hints[: self.hints_given] if hint.text]

    @property
    def seen_crop(self) -> int:
        """The percentage of the photo that anybody may see now."""
        if self.is_revealed:
            return WHOLE
        return seen_so_far(self.all_hints, given=self.hints_given, first_crop=self.first_crop)

    def cautions(self) -> list[str]:
        sentences = super().cautions()
        if not any(level.asks_riddle for level in read_levels(self.levels)):
            sentences.append(
                gettext("No level asks for the answer: add the rule “Solves the riddle”.")
            )
        if not self.secrets[0]:
            sentences.append(gettext("There is no accepted answer yet: a tutor will decide."))
        if given_away := self._answer_in_the_open():
            sentences.append(
                gettext(
                    "Players can read the answer “%(answer)s” in the title, the address, the "
                    "question or the photo's description."
                )
                % {"answer": given_away}
            )
        return sentences

    def _answer_in_the_open(self) -> str:
        """An accepted answer that stands where everybody reads it; "" if none does."""
        is_whole = self.photo_id and self.seen_crop >= WHOLE
        seen = [self.photo_alt or (self.photo.alt_text if is_whole else "")]
        seen += [hint.alt_text for hint in self.all_hints]
        places = [bare_words(text) for text in (self.title, self.slug, self.question, *seen)]
        return next(
            (
                answer
                for answer in self.secrets[0]
                if any(f" {bare_words(answer)} " in f" {place} " for place in places)
            ),
            "",
        )

"""What makes one MOOC differ from another, one row a site."""

from collections.abc import Collection

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.images import get_image_model_string

from community.colours import NAMES, NIGHT, PALETTES, validate_accent
from community.mooc_desk import EDIT_HANDLER
from microblog.hashtags import bare, normalised, validate_hashtags, written
from microblog.models import Connection

SHORTEST = 140
"""A bot that may say less than this can say nothing whole."""


@register_setting(icon="site")
class MoocSettings(BaseSiteSetting):
    """Its name, its hashtags, its voice, its looks and its manners."""

    class Tone(models.TextChoices):
        """As the folders in templates/microblog/outgoing are called; the first has none."""

        WARM = "warm", _("warm and playful")
        PLAIN = "plain", _("calm and plain")
        FORMAL = "formal", _("formal, for universities (in French: vous)")

    name = models.CharField(_("name of the MOOC"), max_length=100, default="Envol")
    description = models.CharField(
        _("in one sentence"),
        max_length=200,
        blank=True,
        help_text=_("For search engines, and wherever a link to it is shown."),
    )
    hashtags = models.CharField(
        _("hashtags"),
        max_length=300,
        default="Envol",
        help_text=_("Without #, separated by spaces; the first is said."),
    )
    embark_phrases = models.TextField(
        _("words that embark"),
        default=(
            "je souhaite embarquer\nj'embarque\nje veux embarquer\n"
            "I want to embark\nI'd like to embark"
        ),
        help_text=_(
            "One per line; in a post that mentions the bot or bears a hashtag of the MOOC."
        ),
    )
    proposal_hashtags = models.CharField(
        _("hashtags that propose a challenge"),
        max_length=300,
        blank=True,
        default="mondefi mychallenge",
        validators=[validate_hashtags],
        help_text=_("A post that bears one of them becomes a draft for you to review."),
    )
    languages = models.JSONField(_("languages"), default=list, blank=True)
    contact = models.EmailField(
        _("address to write to"), blank=True, help_text=_("Shown at the foot of every page.")
    )
    footer_line = models.CharField(
        _("line at the foot of every page"),
        max_length=200,
        blank=True,
        help_text=_("Such as: who is behind it, and under which licence."),
    )

    tone = models.CharField(
        _("tone of the bot"), max_length=10, choices=Tone, default=Tone.WARM.value
    )
    networks = models.ManyToManyField(
        Connection,
        verbose_name=_("networks"),
        blank=True,
        related_name="+",
        help_text=_(
            "Where its bot speaks: launches, answers, reminders. None chosen: on all connections "
            "in use. Choose the practice timeline too if people of this MOOC learn there."
        ),
    )
    character_limit = models.PositiveIntegerField(
        _("longest post of the bot"),
        null=True,
        blank=True,
        validators=[MinValueValidator(SHORTEST)],
        help_text=_("In characters. Empty: as long as each network allows."),
    )
    quiet_from = models.TimeField(
        _("quiet from"), null=True, blank=True, help_text=_("The bot says nothing then.")
    )
    quiet_until = models.TimeField(_("quiet until"), null=True, blank=True)
    answers_per_person_per_day = models.PositiveIntegerField(
        _("answers to one person in a day"), default=20
    )
    answers_per_hour = models.PositiveIntegerField(_("answers in an hour, in all"), default=300)
    answers_not_yet = models.BooleanField(_("say what is missing on the network too"), default=True)

    palette = models.CharField(
        _("colour"), max_length=10, choices=list(NAMES.items()), default=NIGHT
    )
    accent = models.CharField(
        _("a colour of your own"),
        max_length=7,
        blank=True,
        validators=[validate_accent],
        help_text=_(
            "Instead of the one above: # and six signs, such as #1f3a5f. It is refused if people "
            "could not read it; the dark mode gets a lighter shade of it."
        ),
    )
    logo = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Square is best: it is the icon of the site too. Empty: Envol's bird."),
    )
    logo_alt = models.CharField(
        _("description of the logo"),
        max_length=200,
        blank=True,
        help_text=_("Empty where the logo says no more than the name beside it."),
    )

    helps_per_pair = models.PositiveSmallIntegerField(
        _("helps of one person to another that count"),
        default=3,
        help_text=_("Towards badges, within the days below. More is kept and shown."),
    )
    helps_per_pair_days = models.PositiveSmallIntegerField(_("within so many days"), default=30)

    edit_handler = EDIT_HANDLER

    class Meta:
        verbose_name = _("this MOOC")

    @property
    def first_hashtag(self) -> str:
        """The hashtag that the bot says, in its own spelling; "" if there is none."""
        return next(iter(written(self.hashtags)), "")

    @property
    def bare_hashtags(self) -> frozenset[str]:
        """To compare with `bare(post.hashtags)`."""
        return bare(normalised([self.hashtags]))

    @property
    def colour(self) -> str:
        """In which it acts and links, on light paper."""
        return self.accent or PALETTES.get(self.palette, PALETTES[NIGHT])

    @property
    def is_plainly_dressed(self) -> bool:
        """Nothing of it differs from the colours that the house comes with."""
        return self.colour == PALETTES[NIGHT]

    @property
    def spoken(self) -> Collection[str]:
        """The languages that it speaks; all where none was chosen."""
        known = [code for code, _name in settings.LANGUAGES]
        return [code for code in known if code in self.languages] or known

    def limit_on(self, connection: Connection) -> int:
        """The longest that its bot says there."""
        return min(connection.character_limit, self.character_limit or connection.character_limit)

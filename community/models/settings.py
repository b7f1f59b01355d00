from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from microblog.hashtags import validate_hashtags


@register_setting(icon="site")
class MoocSettings(BaseSiteSetting):
    """What makes one MOOC differ from another: its name, its hashtags and its manners."""

    name = models.CharField(_("name of the MOOC"), max_length=100, default="Envol")
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
    quiet_from = models.TimeField(
        _("quiet from"), null=True, blank=True, help_text=_("The bot says nothing then.")
    )
    quiet_until = models.TimeField(_("quiet until"), null=True, blank=True)
    answers_per_person_per_day = models.PositiveIntegerField(
        _("answers to one person in a day"), default=20
    )
    answers_per_hour = models.PositiveIntegerField(_("answers in an hour, in all"), default=300)
    answers_not_yet = models.BooleanField(_("say what is missing on the network too"), default=True)

    helps_per_pair = models.PositiveSmallIntegerField(
        _("helps of one person to another that count"),
        default=3,
        help_text=_("Towards badges, within the days below. More is kept and shown."),
    )
    helps_per_pair_days = models.PositiveSmallIntegerField(_("within so many days"), default=30)

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldPanel("hashtags"),
                FieldPanel("embark_phrases"),
                FieldPanel("proposal_hashtags"),
            ],
            _("The MOOC"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("quiet_from"),
                FieldPanel("quiet_until"),
                FieldPanel("answers_per_person_per_day"),
                FieldPanel("answers_per_hour"),
                FieldPanel("answers_not_yet"),
            ],
            _("The bot's manners"),
        ),
        MultiFieldPanel(
            [FieldPanel("helps_per_pair"), FieldPanel("helps_per_pair_days")], _("Mentoring")
        ),
    ]

    class Meta:
        verbose_name = _("this MOOC")

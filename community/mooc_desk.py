"""How organisers set up a MOOC in the admin."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList, TabbedInterface

from community.colours import validate_accent
from microblog.hashtags import bare, normalised


class MoocSettingsForm(WagtailAdminModelForm):  # type: ignore[misc]
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=settings.LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Those that its pages offer and its bot speaks. None chosen: all."),
    )

    def clean_accent(self) -> str:
        accent: str = self.cleaned_data["accent"].strip().lower()
        if accent:
            validate_accent(accent)
        return accent

    def clean_hashtags(self) -> str:
        hashtags: str = self.cleaned_data["hashtags"]
        if not hashtags.strip("# "):
            raise ValidationError(_("Give it one hashtag at least: posts are found by it."))
        wanted = bare(normalised([hashtags]))
        for mooc in type(self.instance)._default_manager.exclude(pk=self.instance.pk):
            if shared := wanted & mooc.bare_hashtags:
                raise ValidationError(
                    _("#%(hashtag)s is the hashtag of %(mooc)s already."),
                    params={"hashtag": min(shared), "mooc": mooc.name},
                )
        return hashtags


WHO = ObjectList(
    [
        FieldPanel("name"),
        FieldPanel("description"),
        FieldPanel("hashtags"),
        FieldPanel("embark_phrases"),
        FieldPanel("proposal_hashtags"),
        FieldPanel("languages"),
        FieldPanel("contact"),
        FieldPanel("footer_line"),
    ],
    heading=_("The MOOC"),
)
VOICE = ObjectList(
    [
        FieldPanel("tone"),
        FieldPanel("networks", widget=forms.CheckboxSelectMultiple),
        FieldPanel("character_limit"),
        FieldRowPanel([FieldPanel("quiet_from"), FieldPanel("quiet_until")]),
        FieldPanel("answers_per_person_per_day"),
        FieldPanel("answers_per_hour"),
        FieldPanel("answers_not_yet"),
    ],
    heading=_("The bot"),
)
LOOK = ObjectList(
    [
        FieldPanel("palette"),
        FieldPanel("accent"),
        FieldPanel("logo"),
        FieldPanel("logo_alt"),
    ],
    heading=_("Its looks"),
)
HELPS = ObjectList(
    [FieldPanel("helps_per_pair"), FieldPanel("helps_per_pair_days")], heading=_("Mentoring")
)

EDIT_HANDLER = TabbedInterface([WHO, VOICE, LOOK, HELPS], base_form_class=MoocSettingsForm)

"""What people tell about themselves."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from community.models import Consent, Participant


class EmbarkForm(forms.ModelForm):  # type: ignore[type-arg]
    """Coming aboard on the web: a name, a language, and the choice of what is shown."""

    consent = forms.ChoiceField(
        label=_("What may we do with your messages?"),
        choices=[
            (Consent.SHOW, _("Show them on the challenges' pages, with my name")),
            (Consent.COUNT, _("Count my progress, but show nothing")),
        ],
        widget=forms.RadioSelect,
        initial=Consent.SHOW,
    )
    wants_tutor = forms.BooleanField(
        label=_("I'd like a tutor: somebody who sits beside me for the first steps"),
        required=False,
        help_text=_("They see your name and your public messages. Change or stop in a click."),
    )

    class Meta:
        model = Participant
        fields = ["name", "language", "is_class", "consent"]
        labels = {
            "name": _("How shall we call you?"),
            "language": _("In which language shall we speak to you?"),
            "is_class": _("This is the account of a class"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"] = forms.ChoiceField(
            label=self.fields["language"].label, choices=settings.LANGUAGES
        )


class SettingsForm(EmbarkForm):
    """The same later on, with the choice to be forgotten."""

    consent = forms.ChoiceField(
        label=_("What may we do with your messages?"),
        choices=[
            (Consent.SHOW, _("Show them on the challenges' pages, with my name")),
            (Consent.COUNT, _("Count my progress, but show nothing")),
            (Consent.NOTHING, _("Keep nothing: my progress and my badges are erased")),
        ],
        widget=forms.RadioSelect,
    )
    wants_tutor = None  # type: ignore[assignment] # asked on the logbook's page


class DeleteForm(forms.Form):
    """Typing one's handle is the proof that it is no slip."""

    handle = forms.CharField(label=_("Type your handle to confirm"), max_length=150)

    def __init__(self, *args: object, handle: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self._handle = handle

    def clean_handle(self) -> str:
        typed: str = self.cleaned_data["handle"].strip().lstrip("@").casefold()
        if typed != self._handle.casefold():
            raise forms.ValidationError(_("This isn't your handle; nothing was deleted."))
        return typed

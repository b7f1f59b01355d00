"""What tutors and organisers fill in."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from challenges.catalogue import Challenge

LONGEST_NOTE = 300


class AcceptForm(forms.Form):
    note = forms.CharField(
        label=_("A word for them"),
        required=False,
        max_length=LONGEST_NOTE,
        help_text=_("Goes out with the good news."),
    )


class AskForm(forms.Form):
    note = forms.CharField(
        label=_("What is missing"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Kindly, and one thing at a time: it is sent to them."),
    )


class DetachForm(forms.Form):
    note = forms.CharField(label=_("Why"), required=False, max_length=LONGEST_NOTE)


class AttachForm(forms.Form):
    """`challenges`: those that a post may be attached to."""

    address = forms.URLField(label=_("Address of the post"), max_length=500, assume_scheme="https")
    note = forms.CharField(label=_("Why"), required=False, max_length=LONGEST_NOTE)

    def __init__(self, *args: Any, challenges: Sequence[Challenge], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._challenges = {challenge.key: challenge for challenge in challenges}
        language = get_language() or ""
        self.fields["challenge"] = forms.ChoiceField(
            label=_("Challenge"),
            choices=[
                (str(key), challenge.edition(language).title)
                for key, challenge in self._challenges.items()
            ],
        )

    def clean_challenge(self) -> Challenge:
        return self._challenges[UUID(self.cleaned_data["challenge"])]

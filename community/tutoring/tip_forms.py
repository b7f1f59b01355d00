"""A tip as tutors write it, in one language or both."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.models import Tip
from community.tutoring.topics import CHOICES


class TipForm(forms.ModelForm):  # type: ignore[type-arg]
    topics = forms.MultipleChoiceField(
        label=_("What it is about"),
        choices=CHOICES,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose one at least: it is found by that.")},
    )

    class Meta:
        model = Tip
        fields = ("title_fr", "text_fr", "title_en", "text_en", "topics")
        widgets = {
            "text_fr": forms.Textarea(attrs={"rows": 4}),
            "text_en": forms.Textarea(attrs={"rows": 4}),
        }

    def clean(self) -> dict[str, Any]:
        """Title and words belong together; one language is enough."""
        cleaned = super().clean() or self.cleaned_data
        whole = 0
        for code in ("fr", "en"):
            title, text = cleaned.get(f"title_{code}"), cleaned.get(f"text_{code}")
            if bool(title) != bool(text):
                missing = f"text_{code}" if title else f"title_{code}"
                self.add_error(missing, _("A tip needs a title and words in the same language."))
            whole += bool(title and text)
        if not whole and not self.errors:
            self.add_error(None, _("Write a title and words, in one language or both."))
        return cleaned

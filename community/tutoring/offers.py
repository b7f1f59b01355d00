"""What a volunteer says about themself, as a form."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from community.models import Load, Topic, Tutoring
from community.tutoring.volunteering import Offer


class OfferForm(forms.Form):
    load = forms.ChoiceField(
        label=_("How many people would you like to accompany at a time?"),
        choices=Load.choices,
        widget=forms.RadioSelect,
        initial=Load.LIGHT,
        help_text=_(
            "Nobody is ever given to you beyond this number. One person takes about ten minutes "
            "a day at first, less and less later."
        ),
    )
    languages = forms.MultipleChoiceField(
        label=_("In which languages?"),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose one language at least.")},
    )
    topics = forms.MultipleChoiceField(
        label=_("What do you like to help with?"),
        choices=Topic.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    away_from = forms.DateField(
        label=_("Away from"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("You get nobody new meanwhile, and come back by yourself afterwards."),
    )
    away_until = forms.DateField(
        label=_("Away until (that day too)"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        start, end = data.get("away_from"), data.get("away_until")
        if end and not start and "away_from" not in self.errors:
            self.add_error("away_from", _("Say from which day too."))
        elif start and end and end < start:
            self.add_error("away_until", _("That is before you leave."))
        return data

    @property
    def offer(self) -> Offer:
        """Of a form that is valid."""
        data = self.cleaned_data
        return Offer(
            load=Load(data["load"]),
            languages=data["languages"],
            topics=data["topics"],
            away_from=data["away_from"],
            away_until=data["away_until"],
        )

    @classmethod
    def of(cls, tutoring: Tutoring | None, language: str, data: Any = None) -> "OfferForm":
        """As it stands; for somebody new, their own language is chosen."""
        if tutoring is None:
            return cls(data, initial={"load": Load.LIGHT, "languages": [language]})
        names = ("load", "languages", "topics", "away_from", "away_until")
        return cls(data, initial={name: getattr(tutoring, name) for name in names})

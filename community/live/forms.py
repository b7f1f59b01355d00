"""An event as people describe it: on the site when they propose one, in the organisers' rooms when
they set it up. Clocks are those of the event's own place."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.live.clocks import exact, zone_choices
from community.live.hashtags import cleaned_hashtag, refuse_taken
from community.models import LiveEvent

LONGEST = timedelta(days=1)
FURTHEST = timedelta(days=366)


class ClockField(forms.DateTimeField):
    """What a clock shows somewhere: a naive datetime, whatever the zone of site and reader."""

    def to_python(self, value: Any) -> datetime | None:  # type: ignore[override]
        with timezone.override(UTC):
            read = super().to_python(value)
        return read.replace(tzinfo=None) if read else None

    def prepare_value(self, value: Any) -> Any:
        return value


class ProposalForm(forms.ModelForm):  # type: ignore[type-arg]
    """One day, from one hour until another; past midnight if the second is earlier."""

    day = forms.DateField(
        label=_("Which day?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    begins = forms.TimeField(
        label=_("It begins at"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    ends = forms.TimeField(
        label=_("It ends at"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    source_url = forms.URLField(
        label=_("Where can we follow it?"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("The address of the show, the stream or the programme, if there is one."),
    )

    class Meta:
        model = LiveEvent
        fields = [
            "kind",
            "title",
            "description",
            "hashtag",
            "source_kind",
            "source_url",
            "language",
            "time_zone",
            "tips_before",
            "tips_during",
            "tips_after",
        ]
        labels = {
            "kind": _("What shall we do together?"),
            "title": _("What is it called?"),
            "description": _("What is it about?"),
            "hashtag": _("Its hashtag"),
            "source_kind": _("What do we follow?"),
            "language": _("In which language?"),
            "time_zone": _("On the clocks of"),
            "tips_before": _("A tip for before"),
            "tips_during": _("A tip for during"),
            "tips_after": _("A tip for after"),
        }
        help_texts = {
            "hashtag": _("Short, and its own: every post that bears it will be told here."),
            "tips_before": _("What to read, to prepare, to try out."),
            "tips_during": _("Whom to quote, what to look out for."),
            "tips_after": _("How to go on talking about it."),
        }
        widgets = {
            "kind": forms.RadioSelect,
            "description": forms.Textarea(attrs={"rows": 4}),
            "tips_before": forms.Textarea(attrs={"rows": 2}),
            "tips_during": forms.Textarea(attrs={"rows": 2}),
            "tips_after": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._now = now
        self.fields["kind"] = forms.ChoiceField(
            label=self.fields["kind"].label,
            choices=LiveEvent.Kind.choices,
            widget=forms.RadioSelect,
            initial=LiveEvent.Kind.LIVE_TWEET,
        )
        self.fields["language"] = forms.ChoiceField(
            label=self.fields["language"].label, choices=settings.LANGUAGES
        )
        self.fields["time_zone"] = forms.ChoiceField(
            label=self.fields["time_zone"].label,
            choices=zone_choices,
            initial=LiveEvent._meta.get_field("time_zone").default,
        )
        self.fields["description"].required = True

    def clean_hashtag(self) -> str:
        return cleaned_hashtag(self.cleaned_data["hashtag"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if {"day", "begins", "ends", "time_zone"} <= cleaned.keys():
            self._set_span(cleaned)
        return cleaned

    def clean_day(self) -> date:
        """Near enough to reckon with: calendars have a first and a last day."""
        day: date = self.cleaned_data["day"]
        if abs(day - self._now.date()) > 2 * FURTHEST:
            raise ValidationError(_("Choose a day within a year from now."))
        return day

    def _set_span(self, cleaned: dict[str, Any]) -> None:
        begins = datetime.combine(cleaned["day"], cleaned["begins"])
        ends = datetime.combine(cleaned["day"], cleaned["ends"])
        if ends <= begins:
            ends += timedelta(days=1)
        try:
            self.instance.starts_at = exact(begins, cleaned["time_zone"])
            self.instance.ends_at = exact(ends, cleaned["time_zone"], after=self.instance.starts_at)
        except ValidationError as error:
            self.add_error("begins", error)
            return
        if self.instance.starts_at <= self._now:
            self.add_error("day", _("This moment has passed: choose one to come."))
        elif self.instance.starts_at > self._now + FURTHEST:
            self.add_error("day", _("That is far away: propose it within a year of its day."))
        elif "hashtag" in cleaned:
            self._refuse_taken(cleaned["hashtag"])

    def _refuse_taken(self, hashtag: str) -> None:
        starts, ends = self.instance.starts_at, self.instance.ends_at
        try:
            refuse_taken(hashtag, starts=starts, ends=ends, besides=None)
        except ValidationError as error:
            self.add_error("hashtag", error)

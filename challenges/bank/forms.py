"""What organisers fill in about queues, and what everybody may say about a challenge."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.conf import settings
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from challenges.bank.queueing import may_wait
from challenges.bank.wording import weekday_name
from challenges.models import BankPause, BankSchedule, Rating
from community.sites import belongs_to, default_site_id, several_sites
from microblog.models import Connection

LOCAL = "%Y-%m-%dT%H:%M"
weekday_label = lazy(lambda day: capfirst(weekday_name(day)), str)


def a_date() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ScheduleForm(forms.ModelForm):
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On"),
        choices=[(day, weekday_label(day)) for day in range(7)],
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("For a queue that launches on days of the week."),
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=[(name, name) for name in sorted(available_timezones())],
        initial=settings.TIME_ZONE,
    )
    connections = forms.ModelMultipleChoiceField(
        label=_("Where"),
        queryset=Connection.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all that are in use."),
    )

    class Meta:
        model = BankSchedule
        fields = [
            "name",
            "site",
            "every",
            "interval",
            "weekdays",
            "month_day",
            "hour",
            "time_zone",
            "starts_on",
            "connections",
            "takes",
            "recycles",
            "recycle_after",
            "recycle_kind",
            "low_stock",
            "warn_at",
        ]
        labels = {"every": _("Cadence")}
        widgets = {
            "hour": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "starts_on": a_date(),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        where = self.fields["connections"]
        where.queryset = Connection.objects.enabled()  # type: ignore[attr-defined]
        if several_sites():
            self.fields["site"].empty_label = None  # type: ignore[attr-defined]
            here = self.initial.get("site") or default_site_id()
            self.initial["site"] = self.instance.site_id or here
        else:
            del self.fields["site"]
            self.instance.site_id = self.instance.site_id or default_site_id()


class PauseForm(forms.ModelForm):
    class Meta:
        model = BankPause
        fields = ["name", "schedule", "starts_on", "ends_on"]
        widgets = {"starts_on": a_date(), "ends_on": a_date()}

    def __init__(self, *args: Any, site_id: int | None = None, **kwargs: Any) -> None:
        """`site_id`: of the MOOC whose queues may rest; None: any."""
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["schedule"]
        choice.queryset = BankSchedule.objects.filter(belongs_to(site_id))
        every = _("All queues, of every MOOC") if several_sites() else _("All queues")
        choice.empty_label, choice.help_text = every, ""


class AddForm(forms.Form):
    challenges = forms.ModelMultipleChoiceField(
        label=_("Add challenges"),
        queryset=may_wait(),
        widget=forms.SelectMultiple(attrs={"size": 8}),
        error_messages={"required": _("Choose one challenge at least.")},
    )

    def __init__(self, *args: Any, schedule: BankSchedule | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pages = self.fields["challenges"]
        pages.queryset = may_wait(schedule)  # type: ignore[attr-defined]


class SlotForm(forms.Form):
    """Which moment of a queue is meant, and perhaps its new time on that queue's clock."""

    at = forms.DateTimeField(input_formats=["%Y-%m-%dT%H:%M:%S%z"], widget=forms.HiddenInput)
    to = forms.DateTimeField(
        required=False,
        input_formats=[LOCAL, f"{LOCAL}:%S"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL),
    )

    def moved_to(self, schedule: BankSchedule) -> datetime | None:
        to: datetime | None = self.cleaned_data["to"]
        return to and to.replace(tzinfo=ZoneInfo(schedule.time_zone))


class RatingForm(forms.ModelForm):
    """All of it may be left empty: then nothing but the visit is kept."""

    class Meta:
        model = Rating
        fields = ["difficulty", "liked"]
        widgets = {"difficulty": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        difficulty = self.fields["difficulty"]
        difficulty.label = _("For me it was")
        difficulty.choices = Rating.Difficulty.choices  # type: ignore[attr-defined]

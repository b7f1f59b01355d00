"""The organisers' desk for live events: announcing them, and answering those who propose one."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList, TabbedInterface
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets import AdminDateTimeInput
from wagtail.models import Site
from wagtail.snippets.views.snippets import CopyView, CreateView, SnippetViewSet

from community.live.changing import IN_CALENDARS, as_told, settle_change
from community.live.chat.desk import QUESTIONS
from community.live.clocks import exact, place_of, zone_choices
from community.live.forms import ClockField
from community.live.hashtags import cleaned_hashtag, refuse_taken
from community.live.reminding import USUAL
from community.models import LiveEvent, Reminder
from community.sites import default_site_id, several_sites, site_here
from microblog.dates import date_format


class LiveEventForm(WagtailAdminModelForm):  # type: ignore[misc]
    """Times are those of the event's own clocks, not of the organiser's."""

    site = forms.ModelChoiceField(
        label=_("MOOC"),
        queryset=Site.objects.none(),
        empty_label=None,
        help_text=_("On whose calendar it stands, and whose bot speaks of it."),
    )
    starts_at = ClockField(label=_("starts"), widget=AdminDateTimeInput)
    ends_at = ClockField(label=_("ends"), widget=AdminDateTimeInput)
    time_zone = forms.ChoiceField(
        label=_("time zone"),
        choices=zone_choices,
        help_text=_("Start and end are what clocks show there; summer time is seen to."),
    )
    source_url = forms.URLField(
        label=_("Where to follow it"), required=False, max_length=500, assume_scheme="https"
    )
    recording_url = forms.URLField(
        label=_("Where to listen or watch again"),
        required=False,
        max_length=500,
        assume_scheme="https",
    )
    remind = forms.TypedMultipleChoiceField(
        label=_("Reminders"),
        choices=Reminder.Before.choices,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Said on every connection, outside the quiet hours, and never once it has begun; "
            "people who signed up are notified on the site too."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        event: LiveEvent = self.instance
        self._offer_sites(event)
        self._before = as_told(event) if event.pk else {}
        self.initial["remind"] = self._planned()
        self.initial.setdefault("time_zone", event.time_zone)
        for name in ("starts_at", "ends_at"):
            if getattr(event, name):
                clock = getattr(event, name).astimezone(event.zone)
                self.initial[name] = clock.replace(tzinfo=None)

    def _offer_sites(self, event: LiveEvent) -> None:
        """Nothing to choose where there is one."""
        if several_sites():
            self.fields["site"].queryset = Site.objects.all()
            self.initial["site"] = event.site_id or default_site_id()
        else:
            del self.fields["site"]
            event.site_id = event.site_id or default_site_id()

    def _planned(self) -> list[int]:
        """Those that it has; the usual ones where nothing was decided yet."""
        if not self.instance.pk or self.instance.state == LiveEvent.State.PROPOSED:
            return [moment.value for moment in USUAL]
        return list(self.instance.reminders.values_list("minutes_before", flat=True))

    def clean_hashtag(self) -> str:
        return cleaned_hashtag(self.cleaned_data["hashtag"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        zone, starts = cleaned.get("time_zone", "UTC"), None
        for name in ("starts_at", "ends_at"):
            if cleaned.get(name):
                try:
                    starts = cleaned[name] = exact(cleaned[name], zone, after=starts)
                except forms.ValidationError as error:
                    self.add_error(name, error)
        starts, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if not self.errors and starts and ends and ends <= starts:
            self.add_error("ends_at", _now("An event ends after it starts."))
        if not self.errors and cleaned.get("state") == LiveEvent.State.ACCEPTED:
            self._refuse_taken(cleaned)
        return cleaned

    def _refuse_taken(self, cleaned: dict[str, Any]) -> None:
        starts, ends = cleaned["starts_at"], cleaned["ends_at"]
        try:
            refuse_taken(cleaned["hashtag"], starts=starts, ends=ends, besides=self.instance.pk)
        except forms.ValidationError as error:
            self.add_error("hashtag", error)

    def save(self, commit: bool = True) -> LiveEvent:
        if self.instance.organiser is None:
            self.instance.organiser = self.for_user
        event: LiveEvent = super().save(commit)
        if commit:
            settle_change(event, self._before, self.cleaned_data["remind"], now=timezone.now())
        return event


WHAT = ObjectList(
    [
        FieldPanel("title"),
        FieldPanel("site"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("language")]),
        FieldPanel("hashtag"),
        FieldPanel("description"),
        FieldRowPanel([FieldPanel("source_kind"), FieldPanel("source_url")]),
        FieldPanel("recording_url"),
    ],
    heading=_("What"),
)
WHEN = ObjectList(
    [
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
        FieldPanel("time_zone"),
        FieldPanel("remind"),
    ],
    heading=_("When"),
)
TIPS = ObjectList(
    [FieldPanel("tips_before"), FieldPanel("tips_during"), FieldPanel("tips_after")],
    heading=_("Tips"),
    help_text=_("One tip a line. Those of the moment stand out on the event's page."),
)
STATE = ObjectList(
    [FieldPanel("state"), FieldPanel("answer"), FieldPanel("slug"), FieldPanel("article")],
    heading=_("Announcing"),
)


COPIED = (
    *(name for name in IN_CALENDARS if name != "state"),
    "kind",
    "source_kind",
    "language",
    "site_id",
)


class EventCreateView(CreateView):  # type: ignore[misc]
    def get_initial_form_instance(self) -> LiveEvent:
        """On the calendar of the MOOC whose address one is at."""
        return LiveEvent(site_id=site_here(self.request))


class EventCopyView(CopyView):  # type: ignore[misc]
    def get_initial_form_instance(self) -> LiveEvent:
        """The next of a series: with an address, sign-ups and reminders of its own."""
        event = self.get_object()
        return LiveEvent(**{name: getattr(event, name) for name in COPIED})


def _its_clock(event: LiveEvent) -> str:
    start = event.starts_at.astimezone(event.zone)
    return f"{date_format(start, 'SHORT_DATETIME_FORMAT')} ({place_of(event.time_zone)})"


class LiveEventViewSet(SnippetViewSet):  # type: ignore[misc]
    model = LiveEvent
    icon = "date"
    menu_label = _("Live events")
    menu_name = "live_events"
    url_namespace = "live_events"
    base_url_path = "live"
    add_to_admin_menu = True
    menu_order = 230
    add_view_class = EventCreateView
    copy_view_class = EventCopyView
    inspect_view_enabled = False
    list_display = [
        "title",
        Column("hashtag", label=_("hashtag")),
        Column("get_kind_display", label=_("kind"), sort_key="kind"),
        Column("get_state_display", label=_("state"), sort_key="state"),
        Column("starts_at", accessor=_its_clock, label=_("starts"), sort_key="starts_at"),
        Column("site", label=_("MOOC")),
    ]
    list_filter = {
        "site": ["exact"],
        "state": ["exact"],
        "kind": ["exact"],
        "starts_at": ["gte", "lte"],
    }
    search_fields = ["title", "hashtag"]
    ordering = ["-starts_at"]
    edit_handler = TabbedInterface(
        [WHAT, WHEN, TIPS, QUESTIONS, STATE], base_form_class=LiveEventForm
    )

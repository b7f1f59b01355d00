"""This room's place in the organisers' menu."""

from django import forms
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import AdminDateTimeInput
from wagtail.log_actions import LogActionRegistry

from community import people_desk
from community.models import LiveEvent
from community.people_desk import PeopleViewSet
from community.tutoring import desk


class LiveEventForm(WagtailAdminModelForm):  # type: ignore[misc]
    source_url = forms.URLField(
        label=_("where to follow it"), required=False, assume_scheme="https"
    )

    class Meta:
        model = LiveEvent
        fields = ["title", "hashtag", "source_url", "starts_at", "ends_at"]
        widgets = {"starts_at": AdminDateTimeInput, "ends_at": AdminDateTimeInput}


class LiveEventViewSet(ModelViewSet):  # type: ignore[misc]
    model = LiveEvent
    name = "live_events"
    icon = "date"
    menu_label = _("Live events")
    menu_order = 230
    add_to_admin_menu = True
    list_display = [
        "title",
        Column("hashtag", label=_("hashtag")),
        DateColumn("starts_at", label=_("starts"), sort_key="starts_at"),
        DateColumn("ends_at", label=_("ends"), sort_key="ends_at"),
    ]

    def get_form_class(self, for_update: bool = False) -> type[LiveEventForm]:
        return LiveEventForm


@hooks.register("register_admin_viewset")
def live_events() -> LiveEventViewSet:
    return LiveEventViewSet()


@hooks.register("register_admin_viewset")
def people() -> PeopleViewSet:
    return PeopleViewSet()


@hooks.register("register_admin_urls")
def people_urls() -> list[URLPattern]:
    return [
        path("people/<int:pk>/join/", people_desk.merge, name="people_merge"),
        path("people/joined/<int:pk>/part/", people_desk.unmerge, name="people_unmerge"),
    ]


@hooks.register("register_admin_viewset")
def tutors_and_helps() -> list[ModelViewSet]:
    return [desk.TutorViewSet(), desk.HelpViewSet()]


@hooks.register("register_admin_urls")
def tutoring_urls() -> list[URLPattern]:
    return desk.desk_urls()


@hooks.register("register_log_actions")
def tutoring_log(actions: LogActionRegistry) -> None:
    for action, (label, message) in desk.ACTIONS.items():
        actions.register_action(action, label, message)

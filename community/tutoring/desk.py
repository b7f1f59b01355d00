"""The organisers' desk for tutors and helps: pausing the one, confirming or undoing the other."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from community.models import Help, Tutoring
from community.tutoring.deciding import CONFIRM, UNDO, OwnHelp, confirm_help, undo_help
from community.tutoring.inspecting import HelpInspectView, TutorInspectView
from community.tutoring.volunteering import PAUSE, RESUME, pause_tutor, resume_tutor

may_pause = permission_required("community.pause_tutor", raise_exception=True)
may_decide = permission_required("community.decide_help", raise_exception=True)

ACTIONS: dict[str, tuple[str | Promise, str | Promise]] = {
    CONFIRM: (_("Confirm a help"), _("Confirmed that this helped")),
    UNDO: (_("Undo a help"), _("Decided that this helped nobody")),
    PAUSE: (_("Pause a tutor"), _("Paused this tutor")),
    RESUME: (_("End a tutor's pause"), _("Ended this tutor's pause")),
}


class ReadOnlyPolicy(ModelPermissionPolicy):  # type: ignore[misc]
    """These rows are written by people themselves; the desk looks, and acts through its own
    buttons."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and bool(super().user_has_permission(user, action))


for model in (Tutoring, Help):
    register_permission_policy(model, ReadOnlyPolicy(model), exact_class=True)


class TutorIndexView(generic.IndexView):  # type: ignore[misc]
    teaching = _(
        "Tutors sit beside newcomers. Members of the group “Tutors” say on the site, under “Being "
        "a tutor”, how many people they have room for; then they stand here."
    )

    def get_base_queryset(self) -> "QuerySet[Tutoring]":
        going_on = Q(participant__mentorships_given__ended_at=None) & Q(
            participant__mentorships_given__isnull=False
        )
        rows: QuerySet[Tutoring] = super().get_base_queryset()
        return rows.annotate(mentees=Count("participant__mentorships_given", filter=going_on))

    def get_edit_url(self, instance: Tutoring) -> str | None:
        may = self.request.user.has_perm("community.pause_tutor")
        return reverse("tutor_pause", args=[instance.pk]) if may else None

    def get_list_more_buttons(self, instance: Tutoring) -> list[MenuItem]:
        buttons: list[MenuItem] = super().get_list_more_buttons(instance)
        if self.request.user.has_perm("community.pause_tutor"):
            label = _("End the pause…") if instance.paused_at else _("Pause…")
            url = reverse("tutor_pause", args=[instance.pk])
            buttons.append(MenuItem(label, url=url, icon_name="user", priority=30))
        return buttons


class TutorViewSet(ModelViewSet):  # type: ignore[misc]
    model = Tutoring
    name = "tutors"
    icon = "user"
    menu_label = _("Tutors")
    menu_order = 236
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_class = TutorInspectView
    index_view_class = TutorIndexView
    form_fields = ["load"]
    list_display = [
        "participant",
        Column("get_load_display", label=_("load"), sort_key="load"),
        Column("mentees", label=_("mentees"), sort_key="mentees"),
        DateColumn("away_from", label=_("away from"), sort_key="away_from"),
        DateColumn("away_until", label=_("away until"), sort_key="away_until"),
        DateColumn("paused_at", label=_("paused"), sort_key="paused_at"),
        DateColumn("stopped_at", label=_("stopped"), sort_key="stopped_at"),
    ]
    list_filter = {
        "load": ["exact"],
        "paused_at": ["isnull"],
        "stopped_at": ["isnull"],
    }
    list_select_related = ["participant"]
    search_fields = ["participant__name"]
    search_backend_name = ""


class HelpIndexView(generic.IndexView):  # type: ignore[misc]
    teaching = _(
        "When somebody answers a newcomer's question, and the newcomer thanks them or does what "
        "they said, it stands here, and counts for a badge."
    )

    @cached_property
    def columns(self) -> list[Column]:
        columns: list[Column] = super().columns
        columns[0].label = gettext("Who helped")
        return columns

    def get_edit_url(self, instance: Help) -> str | None:
        may = self.request.user.has_perm("community.decide_help")
        return reverse("help_decide", args=[instance.pk]) if may else None

    def get_list_more_buttons(self, instance: Help) -> list[MenuItem]:
        buttons: list[MenuItem] = super().get_list_more_buttons(instance)
        if self.request.user.has_perm("community.decide_help"):
            url = reverse("help_decide", args=[instance.pk])
            buttons.append(MenuItem(_("Decide…"), url=url, icon_name="check", priority=30))
        return buttons


class HelpViewSet(ModelViewSet):  # type: ignore[misc]
    model = Help
    name = "helps"
    icon = "help"
    menu_label = _("Helps")
    menu_order = 237
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_class = HelpInspectView
    index_view_class = HelpIndexView
    form_fields = ["topic"]
    list_display = [
        "helper",
        Column("helped", label=_("newcomer"), sort_key="helped__name"),
        Column("get_topic_display", label=_("about")),
        Column("get_confirmed_by_display", label=_("confirmed by")),
        DateColumn("confirmed_at", label=_("confirmed"), sort_key="confirmed_at"),
        BooleanColumn("counts", label=_("counts for badges")),
        DateColumn("undone_at", label=_("undone"), sort_key="undone_at"),
        DateColumn("noticed_at", label=_("noticed"), sort_key="noticed_at"),
    ]
    list_filter = {
        "topic": ["exact"],
        "confirmed_by": ["exact"],
        "confirmed_at": ["isnull"],
        "counts": ["exact"],
        "undone_at": ["isnull"],
        "live_event": ["isnull"],
    }
    list_select_related = ["helper", "helped"]
    search_fields = ["helper__name", "helped__name"]
    search_backend_name = ""


@require_http_methods(["GET", "POST"])
@may_pause
def pause(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: what follows from it. POST: pause them, or end the pause."""
    tutoring = get_object_or_404(Tutoring.objects.select_related("participant"), pk=pk)
    if request.method == "POST":
        if "resume" in request.POST:
            resume_tutor(tutoring, by=request.user)  # type: ignore[arg-type]
            messages.success(request, gettext("They are a tutor again."))
        else:
            pause_tutor(tutoring, by=request.user, now=timezone.now())  # type: ignore[arg-type]
            messages.success(request, gettext("They pause. Their mentees get another tutor."))
        return redirect("tutors:index")
    context = {
        "page_title": gettext("Tutor"),
        "page_subtitle": str(tutoring.participant),
        "header_icon": "user",
        "tutoring": tutoring,
        "mentees": tutoring.participant.mentorships_given.filter(ended_at=None).count(),
        "log": log_of(tutoring),
    }
    return render(request, "community/admin/tutor.html", context)


@require_http_methods(["GET", "POST"])
@may_decide
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: what was said, and what came of it. POST: it helped, or it didn't."""
    rows = Help.objects.select_related("helper", "helped", "reply__parent", "live_event")
    deed = get_object_or_404(rows, pk=pk)
    if request.method == "POST":
        _decide(request, deed)
        return redirect("help_decide", pk=pk)
    context = {
        "page_title": gettext("A help"),
        "page_subtitle": str(deed),
        "header_icon": "help",
        "deed": deed,
        "log": log_of(deed),
    }
    return render(request, "community/admin/help.html", context)


def _decide(request: HttpRequest, deed: Help) -> None:
    now = timezone.now()
    try:
        if "undo" in request.POST:
            undo_help(deed, by=request.user, now=now)  # type: ignore[arg-type]
            messages.success(request, gettext("It counts no longer."))
        else:
            confirm_help(deed, by=request.user, now=now)  # type: ignore[arg-type]
            messages.success(request, gettext("It counts as a help."))
    except OwnHelp:
        messages.error(request, gettext("It is your own help: ask another organiser."))


def log_of(row: Help | Tutoring) -> Iterator[dict[str, Any]]:
    """Who decided what, when: the latest first."""
    for entry in ModelLogEntry.objects.for_instance(row).select_related("user")[:20]:
        yield {
            "what": entry.message or registry.get_action_label(entry.action),
            "who": entry.user_display_name,
            "when": entry.timestamp,
        }


def desk_urls() -> list[URLPattern]:
    return [
        path("tutors/<int:pk>/pause/", pause, name="tutor_pause"),
        path("helps/<int:pk>/decide/", decide, name="help_decide"),
    ]

"""The organisers' desk for what goes out, and for the connections through which it goes."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from microblog.doorbells import ring
from microblog.models import Connection, OutboxPost


class KeptPolicy(ModelPermissionPolicy):  # type: ignore[misc]
    """Rows that the platform writes: people look at them and set them right, no more."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action not in {"add", "delete"} and bool(super().user_has_permission(user, action))


class OutboxForm(WagtailAdminModelForm):  # type: ignore[misc]
    try_again = forms.BooleanField(
        label=_("Try again now"),
        required=False,
        help_text=_("After what hindered it was put right. What was said already isn't repeated."),
    )

    class Meta:
        model = OutboxPost
        fields = ["text", "error"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].disabled = self.fields["error"].disabled = True

    def save(self, commit: bool = True) -> OutboxPost:
        row: OutboxPost = self.instance
        if self.cleaned_data["try_again"] and row.said_version < row.version:
            row.given_up_at, row.attempts, row.due_at = None, 0, timezone.now()
            ring("deliver")
        saved: OutboxPost = super().save(commit)
        return saved


class OutboxViewSet(ModelViewSet):  # type: ignore[misc]
    model = OutboxPost
    name = "outbox"
    icon = "mail"
    menu_label = _("Outgoing")
    copy_view_enabled = False
    list_display = [
        "beginning",
        Column("get_kind_display", label=_("Kind"), sort_key="kind"),
        Column("connection", label=_("Connection"), sort_key="connection"),
        DateColumn("due_at", label=_("Due"), sort_key="due_at"),
        DateColumn("said_at", label=_("Said"), sort_key="said_at"),
        Column("error", label=_("Error")),
    ]
    list_filter = {
        "kind": ["exact"],
        "connection": ["exact"],
        "said_at": ["isnull"],
        "given_up_at": ["isnull"],
    }
    list_select_related = ["connection"]
    search_fields = ["text", "key"]

    def get_form_class(self, for_update: bool = False) -> type[OutboxForm]:
        return OutboxForm


class ConnectionViewSet(ModelViewSet):  # type: ignore[misc]
    """The token is never shown; `manage.py connect` gives and renews it."""

    model = Connection
    name = "connections"
    icon = "globe"
    menu_label = _("Connections")
    copy_view_enabled = False
    form_fields = ["name", "language", "is_enabled"]
    list_display = [
        "name",
        "account",
        Column("get_network_display", label=_("network")),
        Column("is_enabled", label=_("in use")),
        DateColumn("last_heard_at", label=_("last heard")),
        DateColumn("last_spoke_at", label=_("last spoke")),
        Column("last_error", label=_("last error")),
    ]
    list_select_related = ["account"]


class NetworksGroup(ViewSetGroup):  # type: ignore[misc]
    menu_label = _("Networks")
    menu_icon = "globe"
    menu_order = 240
    items = (OutboxViewSet, ConnectionViewSet)

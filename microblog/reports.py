"""The organisers' desk for reports: who was reported, why, what is done with it."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from microblog.models import Report
from microblog.networks import Network


class ReportPolicy(ModelPermissionPolicy):  # type: ignore[misc]
    """Reports are written on the timeline alone, and kept."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action not in {"add", "delete"} and bool(super().user_has_permission(user, action))


class ReportForm(WagtailAdminModelForm):  # type: ignore[misc]
    is_handled = forms.BooleanField(
        label=_("Handled"),
        required=False,
        help_text=_("You have spoken with those concerned, or there was nothing to do."),
    )

    class Meta:
        model = Report
        fields = ["reason", "comment"]
        widgets = {"reason": forms.HiddenInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["is_handled"] = self.instance.handled_at is not None
        self.fields["comment"].disabled = self.fields["reason"].disabled = True

    def save(self, commit: bool = True) -> Report:
        """Remembers who handled it first."""
        row: Report = self.instance
        if not self.cleaned_data["is_handled"]:
            row.handled_at, row.handled_by = None, None
        elif row.handled_at is None:
            row.handled_at, row.handled_by = timezone.now(), self.for_user
        saved: Report = super().save(commit)
        return saved


class ReportIndexView(generic.IndexView):  # type: ignore[misc]
    teaching = _(
        "Nobody has reported anything. Below each post and on each profile there is “Report”; "
        "what people say there comes to you, and to nobody else."
    )

    def get_list_more_buttons(self, instance: Report) -> list[MenuItem]:
        buttons: list[MenuItem] = super().get_list_more_buttons(instance)
        buttons.append(MenuItem(_("See it"), url=_page(instance), icon_name="view", priority=30))
        return buttons


def _page(report: Report) -> str:
    """Where the post can be read and taken away, or the person's profile."""
    account = report.account
    if account.network != Network.PRACTICE:
        return account.url
    if report.post is None:
        return reverse("microblog:profile", args=[account.handle])
    return reverse("microblog:post", args=[account.handle, report.post.number])


class ReportViewSet(ModelViewSet):  # type: ignore[misc]
    model = Report
    name = "reports"
    icon = "warning"
    menu_label = _("Reported posts")
    menu_order = 250
    add_to_admin_menu = True
    copy_view_enabled = False
    index_view_class = ReportIndexView
    list_display = [
        "account",
        Column("get_reason_display", label=_("Reason")),
        "comment",
        Column("reporter", label=_("Reported by")),
        DateColumn("created_at", label=_("When"), sort_key="created_at"),
        DateColumn("handled_at", label=_("Handled"), sort_key="handled_at"),
    ]
    list_filter = {"handled_at": ["isnull"], "reason": ["exact"]}
    list_select_related = ["account", "post", "reporter"]

    def get_form_class(self, for_update: bool = False) -> type[ReportForm]:
        return ReportForm

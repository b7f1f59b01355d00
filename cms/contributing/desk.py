"""The editors' desk for texts of members: which wait, whose they are, what was taken back."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import Min, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from cms.models import Contribution
from community.sites import belongs_to, site_here
from microblog.waiting import Waiting, enter_waiting

State = Contribution.State
RIGHT = "cms.view_contribution"


class TextPolicy(ModelPermissionPolicy):  # type: ignore[misc]
    """Members write on the site; editors work on the page."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and bool(super().user_has_permission(user, action))

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class TextIndexView(generic.IndexView):  # type: ignore[misc]
    teaching = gettext_lazy(
        "Articles, tutorials and portraits that members sent in stand here. Open one to read it, "
        "change it, publish it, or send it back with a word for its author."
    )
    any_permission_required = ["view"]
    default_ordering = "-sent_at"

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("__str__", label=gettext_lazy("Text"), get_url=_page),
            Column("get_kind_display", label=gettext_lazy("Kind")),
            Column("author", label=gettext_lazy("written by")),
            Column("get_state_display", label=gettext_lazy("State"), sort_key="state"),
            DateColumn("sent_at", label=gettext_lazy("Sent in"), sort_key="sent_at"),
        ]

    def get_base_queryset(self) -> QuerySet[Contribution]:
        """Drafts are their authors' own, until they are sent in."""
        here = Contribution.objects.filter(belongs_to(site_here(self.request)))
        sent = here.exclude(sent_at=None)
        return sent.select_related("author", "page")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "taken_back": _taken_back(site_here(self.request))[:20]}


def _taken_back(site_id: int | None) -> QuerySet[Contribution]:
    return Contribution.objects.taken_back_unseen().filter(belongs_to(site_id))


def _page(text: Contribution) -> str | None:
    """Where the draft is edited, approved or sent back."""
    if text.page_id is None:
        return None
    return reverse("wagtailadmin_pages:edit", args=[text.page_id])


class TextViewSet(ModelViewSet):  # type: ignore[misc]
    model = Contribution
    name = "member_texts"
    icon = "edit"
    menu_label = gettext_lazy("Members' texts")
    menu_order = 156
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = False
    index_view_class = TextIndexView
    index_template_name = "cms/contributing/desk.html"
    list_filter = {"state": ["exact"], "kind": ["exact"]}
    form_fields = ["title"]


@require_POST
@permission_required(RIGHT, raise_exception=True)
def noted(request: HttpRequest) -> HttpResponse:
    """An editor has read which texts their authors took back."""
    _taken_back(site_here(request)).update(seen_at=timezone.now())
    messages.success(request, _("Noted."))
    return redirect("member_texts:index")


URLS: list[URLPattern] = [path("member-texts-noted/", noted, name="member_texts_noted")]


def _enter(key: str, label: Any, waiting: Any, since: str) -> None:
    def count(_now: datetime, site_id: int | None) -> int:
        return int(waiting(site_id).count())

    def oldest(_now: datetime, site_id: int | None) -> datetime | None:
        found: datetime | None = waiting(site_id).aggregate(at=Min(since))["at"]
        return found

    enter_waiting(
        Waiting(
            key=key,
            label=label,
            permission=RIGHT,
            url_name="member_texts:index",
            count=count,
            oldest=oldest,
        )
    )


_enter(
    "member_texts",
    gettext_lazy("texts of members"),
    lambda site_id: Contribution.objects.filter(belongs_to(site_id), state=State.WAITING),
    "sent_at",
)
_enter(
    "taken_back_texts",
    gettext_lazy("texts taken back by their authors"),
    _taken_back,
    "taken_back_at",
)

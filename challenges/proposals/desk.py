"""The organisers' desk for ideas of the community: which wait, whose they are, where their drafts
are."""

from datetime import datetime
from typing import Any

from django.db.models import Min, Q, QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from challenges.models import Proposal
from community.sites import default_site_id, site_here, within
from microblog.waiting import Waiting, enter_waiting

State = Proposal.State


class ProposalPolicy(ModelPermissionPolicy):  # type: ignore[misc]
    """People propose on the site; organisers decide on the draft page, in its workflow."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and bool(super().user_has_permission(user, action))

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class ProposalIndexView(generic.IndexView):  # type: ignore[misc]
    teaching = _(
        "Challenges that members have thought of stand here: posts that carry the hashtag of "
        "ideas, and what they write under “Propose a challenge”. Each one brings a draft page for "
        "you to finish and publish, or to send back with a word."
    )
    any_permission_required = ["view"]

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("__str__", label=_("Idea"), get_url=_draft),
            Column("proposer", label=_("proposed by")),
            Column("get_state_display", label=_("State"), sort_key="state"),
            DateColumn("created_at", label=_("When"), sort_key="created_at"),
        ]

    def get_base_queryset(self) -> QuerySet[Proposal]:
        found = Proposal.objects.filter(_of_mooc(site_here(self.request)))
        return found.select_related("proposer", "page")


def _draft(proposal: Proposal) -> str | None:
    """Where the draft is edited, approved or sent back."""
    if proposal.page_id is None:
        return None
    return reverse("wagtailadmin_pages:edit", args=[proposal.page_id])


class ProposalViewSet(ModelViewSet):  # type: ignore[misc]
    model = Proposal
    name = "ideas"
    icon = "pick"
    menu_label = _("Ideas")
    menu_order = 155
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = False
    index_view_class = ProposalIndexView
    list_filter = {"state": ["exact"]}
    form_fields = ["title"]


def _of_mooc(site_id: int | None) -> Q:
    """By where the draft lies; what has none yet is the default site's."""
    own = within(site_id, "page__")
    return own | Q(page=None) if own and site_id == default_site_id() else own


def _waiting(site_id: int | None) -> QuerySet[Proposal]:
    return Proposal.objects.filter(_of_mooc(site_id), state=State.WAITING)


def _count(now: datetime, site_id: int | None) -> int:
    return _waiting(site_id).count()


def _oldest(now: datetime, site_id: int | None) -> datetime | None:
    oldest: datetime | None = _waiting(site_id).aggregate(at=Min("created_at"))["at"]
    return oldest


enter_waiting(
    Waiting(
        key="proposals",
        label=_("ideas for challenges"),
        permission="challenges.view_proposal",
        url_name="ideas:index",
        count=_count,
        oldest=_oldest,
    )
)

"""Moderators read replies to pages in a pile, and decide about many at once."""

from datetime import datetime
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.db.models import Min, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from cms.comments.deciding import RIGHT, decide
from cms.models import Comment
from community.models import User
from community.sites import belongs_to, site_here
from microblog.waiting import Waiting, enter_waiting

State = Comment.State
PER_PAGE = 30
MOST_AT_ONCE = 200
TABS = (State.WAITING, State.SHOWN, State.HIDDEN)


def in_state(state: Comment.State, site_id: int | None) -> QuerySet[Comment]:
    """In one MOOC; None: in all."""
    own = belongs_to(site_id, "talk__site")
    return Comment.objects.filter(own, state=state, post__deleted_at=None)


def to_read(site_id: int | None) -> QuerySet[Comment]:
    return in_state(State.WAITING, site_id)


def _oldest(now: datetime, site_id: int | None) -> datetime | None:
    oldest: datetime | None = to_read(site_id).aggregate(at=Min("gathered_at"))["at"]
    return oldest


enter_waiting(
    Waiting(
        key="page_replies",
        label=gettext_lazy("replies to pages"),
        permission=RIGHT,
        url_name="page_replies",
        count=lambda _now, site_id: to_read(site_id).count(),
        oldest=_oldest,
    )
)


@require_http_methods(["GET", "POST"])
@permission_required(RIGHT, raise_exception=True)
def desk(request: HttpRequest) -> HttpResponse:
    """GET: by state, the oldest first. POST: show or hide what is ticked."""
    if request.method == "POST":
        return _decide(request)
    asked = request.GET.get("state", "")
    state = State(asked) if asked in State.values else State.WAITING
    rows = in_state(state, site_here(request)).select_related(
        "post__author", "talk__page", "decided_by"
    )
    order = "gathered_at" if state == State.WAITING else "-gathered_at"
    context = {
        "page_title": _("Replies to pages"),
        "header_icon": "comment",
        "rows": Paginator(rows.order_by(order, "pk"), PER_PAGE).get_page(request.GET.get("p")),
        "state": state,
        "tabs": [(tab.value, tab.label, tab == state) for tab in TABS],
    }
    return render(request, "cms/comments/desk.html", context)


def _decide(request: HttpRequest) -> HttpResponse:
    wanted = request.POST.get("to")
    chosen = [int(pk) for pk in request.POST.getlist("comment") if pk.isdecimal() and len(pk) < 19]
    if not chosen:
        messages.warning(request, _("Nothing was ticked, so nothing changed."))
    elif wanted in (State.SHOWN, State.HIDDEN):
        by, now = cast(User, request.user), timezone.now()
        changed = decide(chosen[:MOST_AT_ONCE], State(wanted), by=by, now=now)
        messages.success(request, _told(State(wanted), changed))
    state = request.POST.get("state", "")
    query = f"?state={state}" if state in State.values else ""
    return redirect(f"{reverse('page_replies')}{query}")


def _told(state: State, count: int) -> str:
    if state == State.SHOWN:
        words = ngettext("%(count)s reply is shown now.", "%(count)s replies are shown now.", count)
    else:
        words = ngettext(
            "%(count)s reply is hidden now.", "%(count)s replies are hidden now.", count
        )
    return words % {"count": count}


URLS: list[URLPattern] = [path("page-replies/", desk, name="page_replies")]

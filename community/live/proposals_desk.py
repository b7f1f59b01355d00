"""The organisers' page of proposals: read, add a word if you like, accept or decline in a click."""

from typing import cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.db.models import Min, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from community.live.clocks import Hours
from community.live.proposing import AlreadyAnswered, answer_proposal
from community.models import LiveEvent, User
from community.sites import belongs_to, site_here
from microblog.waiting import Waiting, enter_waiting

RIGHT = "community.change_liveevent"
MOST_SHOWN = 50
may_answer = permission_required(RIGHT, raise_exception=True)


def _proposed(site_id: int | None) -> QuerySet[LiveEvent]:
    return LiveEvent.objects.proposed().filter(belongs_to(site_id))


WAITING = Waiting(
    key="live_proposals",
    label=gettext_lazy("proposed live events"),
    permission=RIGHT,
    url_name="live_proposals",
    count=lambda _now, site_id: _proposed(site_id).count(),
    oldest=lambda _now, site_id: _proposed(site_id).aggregate(at=Min("created_at"))["at"],
)
enter_waiting(WAITING)


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(
        choices=[
            (state.value, state.label)
            for state in (LiveEvent.State.ACCEPTED, LiveEvent.State.DECLINED)
        ]
    )
    word = forms.CharField(
        label=gettext_lazy("A word to the proposer"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


@require_safe
@may_answer
def proposals(request: HttpRequest) -> HttpResponse:
    proposed = _proposed(site_here(request))
    waiting = proposed.select_related("proposed_by").order_by("created_at")
    context = {
        "page_title": _("Proposed live events"),
        "header_icon": "date",
        "rows": [
            {"event": event, "hours": Hours.of(event), "form": AnswerForm(auto_id=f"{event.pk}_%s")}
            for event in waiting[:MOST_SHOWN]
        ],
        "now": timezone.now(),
    }
    return render(request, "community/live/admin/proposals.html", context)


@require_POST
@may_answer
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    event, form = get_object_or_404(LiveEvent, pk=pk), AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("This word is too long: 400 characters at most."))
        return redirect("live_proposals")
    try:
        event = answer_proposal(
            event,
            form.cleaned_data["answer"],
            by=cast(User, request.user),
            word=form.cleaned_data["word"],
            now=timezone.now(),
        )
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    except AlreadyAnswered:
        messages.info(request, _("This proposal was answered already."))
    else:
        messages.success(request, _told(event))
    return redirect("live_proposals")


def _told(event: LiveEvent) -> str:
    if event.state == LiveEvent.State.ACCEPTED:
        return _("“%(title)s” is on the calendar.") % {"title": event.title}
    return _("“%(title)s” was declined; its proposer is told.") % {"title": event.title}


URLS: list[URLPattern] = [
    path("live-proposals/", proposals, name="live_proposals"),
    path("live-proposals/<int:pk>/", answer, name="answer_live_proposal"),
]

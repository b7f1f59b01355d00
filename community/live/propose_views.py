"""Proposing an event: for everybody who is aboard."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django_ratelimit.decorators import ratelimit

from community.joining import person_of
from community.live.forms import ProposalForm
from community.live.proposing import TooManyProposals, propose
from community.models import LiveEvent, Participant, User
from community.sites import default_site_id, site_here

MOST_LISTED = 20


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
@ratelimit(key="user", rate="20/d", method="POST")
def propose_view(request: HttpRequest) -> HttpResponse:
    person = person_of(cast(User, request.user))
    form = None
    if person.embarked_at:
        form = ProposalForm(
            request.POST or None,
            now=timezone.now(),
            initial={"language": get_language(), "time_zone": _zone_of(person)},
        )
        if request.method == "POST" and form.is_valid() and _keep(request, form, person):
            return redirect("live:propose")
    context = {
        "form": form,
        "proposals": LiveEvent.objects.filter(proposed_by=person).order_by("-pk")[:MOST_LISTED],
    }
    return render(request, "community/live/propose.html", context)


def _zone_of(person: Participant) -> str:
    """Where their last proposal took place; people rarely move."""
    last = LiveEvent.objects.filter(proposed_by=person).order_by("-pk").first()
    return (last or LiveEvent()).time_zone


def _keep(request: HttpRequest, form: ProposalForm, person: Participant) -> bool:
    try:
        event: LiveEvent = form.save(commit=False)
        event.site_id = site_here(request) or default_site_id()
        propose(event, by=person)
    except TooManyProposals:
        form.add_error(
            None, _("Several of your proposals wait for an answer: one more can come after it.")
        )
        return False
    messages.success(
        request, _("Thank you! An organiser will read your proposal and write to you on the site.")
    )
    return True

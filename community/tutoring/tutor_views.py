"""A newcomer and their tutor: asking for one, sharing with them, another one, none."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from community.joining import person_of
from community.models import Mentorship, Participant, User
from community.tutoring.asking import ask_for_tutors, ask_later, may_ask
from community.tutoring.console_doors import too_fast
from community.tutoring.ending import leave_tutor
from microblog.views.doors import next_page, slow_down


def _me(request: HttpRequest) -> Participant:
    return person_of(cast(User, request.user))


def _back(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(next_page(request, "community:logbook"))


@login_required
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    if too_fast(request, "ask"):
        return slow_down(request)
    me = _me(request)
    if may_ask(me):
        ask_for_tutors([me], now=timezone.now())
        messages.success(
            request,
            gettext("Noted! As soon as a tutor has time, they come to you; you are told here."),
        )
    return _back(request)


@login_required
@require_POST
def not_now(request: HttpRequest) -> HttpResponse:
    ask_later(_me(request), now=timezone.now())
    return _back(request)


@login_required
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """`another`: with somebody else; otherwise on one's own. Nobody asks why."""
    if too_fast(request, "ask"):
        return slow_down(request)
    another = "another" in request.POST
    if leave_tutor(_me(request), another=another, now=timezone.now()):
        messages.success(
            request,
            gettext("We are looking for another tutor for you.")
            if another
            else gettext("You go on by yourself. A tutor is one click away whenever you like."),
        )
    return _back(request)


@login_required
@require_POST
def share(request: HttpRequest) -> HttpResponse:
    """Let one's tutor see one's progress, or no longer."""
    shares = "share" in request.POST
    going_on = Mentorship.objects.going_on().filter(mentee=_me(request))
    if going_on.update(shares_progress=shares):
        messages.success(
            request,
            gettext("Your tutor sees your progress now.")
            if shares
            else gettext("Your progress is yours alone again."),
        )
    return _back(request)

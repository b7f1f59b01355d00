"""Taking somebody on, staying longer, leaving them to others, and saying that it is done."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from community.models import Participant, Tip
from community.tutoring.answering import answered_elsewhere, take_up
from community.tutoring.claiming import NotTaken, claim_need, prolong_claim, release_claim
from community.tutoring.console_doors import too_fast, tutors
from community.tutoring.console_words import say_why_not
from community.tutoring.setting_aside import set_aside, undo_set_aside
from microblog.views.doors import next_page, slow_down


@require_POST
@tutors
def claim(request: HttpRequest, me: Participant, pk: int) -> HttpResponse:
    if too_fast(request, "claim"):
        return slow_down(request)
    now = timezone.now()
    try:
        claim_need(pk, me, now=now)
    except NotTaken as fault:
        say_why_not(request, fault, now=now)
        return redirect(next_page(request, "tutoring:console"))
    return redirect("tutoring:answer", pk=pk)


@require_POST
@tutors
def prolong(request: HttpRequest, me: Participant, pk: int) -> HttpResponse:
    if prolong_claim(pk, me, now=timezone.now()):
        messages.success(request, gettext("Take your time: another quarter of an hour is yours."))
    else:
        messages.info(request, gettext("It can't be prolonged any more."))
    return redirect("tutoring:answer", pk=pk)


@require_POST
@tutors
def release(request: HttpRequest, me: Participant, pk: int) -> HttpResponse:
    if release_claim(pk, me, now=timezone.now()):
        messages.success(request, gettext("Left to the others. Thank you for saying so."))
    return redirect("tutoring:console")


Verb = Callable[[datetime], None]
FINISHING = "40/h"
"""Each takes a newcomer out of the queue on one person's word."""


def _finish(request: HttpRequest, act: Verb, *, thanks: str) -> HttpResponse:
    if too_fast(request, "finish", FINISHING):
        return slow_down(request)
    now = timezone.now()
    try:
        act(now)
    except NotTaken as fault:
        say_why_not(request, fault, now=now)
    else:
        messages.success(request, thanks)
    return redirect("tutoring:console")


@require_POST
@tutors
def answered(request: HttpRequest, me: Participant, pk: int) -> HttpResponse:
    """What was said on another network, by the tutor's own word."""
    tip = _tip(request.POST.get("tip", ""))
    return _finish(
        request,
        lambda now: answered_elsewhere(pk, me, tip=tip, now=now),
        thanks=gettext("Noted. Thank you for being there."),
    )


@require_POST
@tutors
def aside(request: HttpRequest, me: Participant, pk: int) -> HttpResponse:
    return _finish(
        request,
        lambda now: set_aside(pk, me, now=now),
        thanks=gettext("Set aside: it needs no answer. Below the queue you can undo it."),
    )


@require_POST
@tutors
def back(request: HttpRequest, me: Participant, pk: int) -> HttpResponse:
    """What one set aside, by one's own claim, waits again."""
    try:
        need = undo_set_aside(pk, me, now=timezone.now())
    except NotTaken:
        messages.info(request, gettext("There is nothing left to undo."))
        return redirect("tutoring:console")
    messages.success(request, gettext("Undone: they wait for somebody again."))
    return redirect("tutoring:answer", pk=need.pk)


@require_POST
@tutors
def use_tip(request: HttpRequest, me: Participant, pk: int, tip_pk: int) -> HttpResponse:
    """Its words go into the composer, and with the answer it is remembered."""
    tip = get_object_or_404(Tip.objects.in_use(), pk=tip_pk)
    take_up(pk, me, tip, now=timezone.now())
    return redirect(f"{reverse('tutoring:answer', args=[pk])}?tip={tip.pk}#reply")


def _tip(wanted: str) -> Tip | None:
    if not wanted.isdecimal() or len(wanted) > 18:
        return None
    return Tip.objects.in_use().filter(pk=int(wanted)).first()

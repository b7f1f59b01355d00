"""Pause and resume, pauses with dates, and single launches that are moved or left out."""

from collections.abc import Callable
from datetime import datetime
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from challenges.bank.forms import PauseForm, SlotForm
from challenges.bank.steering import (
    NotThen,
    move_slot,
    pause_queue,
    reschedule,
    restore_slot,
    resume_queue,
    skip_slot,
)
from challenges.bank.views.doors import KEEP, keepers, only
from challenges.models import BankPause, BankSchedule
from community.models import User
from community.sites import site_here


@require_POST
@keepers
def pause(request: HttpRequest, queue: BankSchedule) -> HttpResponse:
    if pause_queue(queue, now=timezone.now()):
        messages.success(request, _("“%(name)s” pauses until you resume it.") % {"name": queue})
    return redirect("bank:queue", queue.pk)


@require_POST
@keepers
def resume(request: HttpRequest, queue: BankSchedule) -> HttpResponse:
    if resume_queue(queue, now=timezone.now()):
        told = _("“%(name)s” goes on with its next launch; what was missed stays in the queue.")
        messages.success(request, told % {"name": queue})
    return redirect("bank:queue", queue.pk)


@require_POST
@only(KEEP)
def add_pause(request: HttpRequest) -> HttpResponse:
    form = PauseForm(request.POST, site_id=site_here(request))
    if not form.is_valid():
        for faults in form.errors.values():
            messages.error(request, " ".join(map(str, faults)))
        return redirect("bank:desk")
    kept = form.save()
    _replan(kept)
    messages.success(request, _("Nothing is launched during “%(name)s”.") % {"name": kept})
    return redirect("bank:desk")


@require_POST
@only(KEEP)
def remove_pause(request: HttpRequest, number: int) -> HttpResponse:
    found = get_object_or_404(BankPause, pk=number)
    BankPause.objects.filter(pk=number).delete()
    _replan(found)
    messages.success(request, _("“%(name)s” is no pause any more.") % {"name": found})
    return redirect("bank:desk")


def _replan(pause: BankPause) -> None:
    queues = [pause.schedule] if pause.schedule else BankSchedule.objects.all()
    reschedule(queues, now=timezone.now())


@require_POST
@keepers
def skip(request: HttpRequest, queue: BankSchedule) -> HttpResponse:
    def leave_out(at: datetime, _form: SlotForm) -> str:
        skip_slot(queue, at, by=cast(User, request.user), now=timezone.now())
        return _("Left out. Its challenge keeps its place in the queue.")

    return _with_slot(request, queue, leave_out)


@require_POST
@keepers
def restore(request: HttpRequest, queue: BankSchedule) -> HttpResponse:
    def take_back(at: datetime, _form: SlotForm) -> str:
        restored = restore_slot(queue, at, by=cast(User, request.user), now=timezone.now())
        return _("It will be launched after all.") if restored else _("It is too late for that.")

    return _with_slot(request, queue, take_back)


@require_POST
@keepers
def move(request: HttpRequest, queue: BankSchedule) -> HttpResponse:
    def put(at: datetime, form: SlotForm) -> str:
        to = form.moved_to(queue)
        if to is None:
            raise NotThen(_("Say when."))
        move_slot(queue, at, to=to, by=cast(User, request.user), now=timezone.now())
        return _("Moved, this once.")

    return _with_slot(request, queue, put)


def _with_slot(
    request: HttpRequest, queue: BankSchedule, change: Callable[[datetime, SlotForm], str]
) -> HttpResponse:
    form = SlotForm(request.POST)
    if form.is_valid():
        try:
            messages.success(request, change(form.cleaned_data["at"], form))
        except NotThen as problem:
            messages.error(request, str(problem))
    else:
        messages.error(request, _("This moment can't be read."))
    return redirect("bank:queue", queue.pk)

"""The organisers' queues: what waits in them, and what goes out next."""

from datetime import timedelta
from typing import cast

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from challenges.bank.forecast import coming_launches, first_of_each
from challenges.bank.forms import AddForm, PauseForm, ScheduleForm
from challenges.bank.queueing import add_to_queue, remove_from_queue, reorder_queue, shift_entry
from challenges.bank.steering import pause_queue, reschedule
from challenges.bank.views.doors import KEEP, keepers, only
from challenges.bank.warning import warn_of_low_stock
from challenges.bank.wording import cadence_in_words
from challenges.models import BankEntry, BankPause, BankSchedule
from community.models import User
from community.sites import belongs_to, site_here

FAR = timedelta(days=400)
NEXT = 6
SHIFTS = {"up": -1, "down": 1, "first": -1_000_000, "last": 1_000_000}


@require_GET
@only(KEEP)
def desk(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    site_id = site_here(request)
    queues = list(BankSchedule.objects.with_stock().filter(belongs_to(site_id)))
    first = first_of_each(coming_launches(now=now, until=now + FAR, schedules=queues))
    pauses = BankPause.objects.filter(ends_on__gte=now.date())
    if own := belongs_to(site_id, "schedule__site"):
        pauses = pauses.filter(own | Q(schedule=None))
    context = {
        "page_title": _("Challenge bank"),
        "header_icon": "list-ul",
        "lines": [
            {"queue": one, "words": cadence_in_words(one), "next": first.get(one.pk)}
            for one in queues
        ],
        "pauses": pauses.select_related("schedule"),
        "pause_form": PauseForm(site_id=site_id),
    }
    return render(request, "challenges/bank/admin/desk.html", context)


@require_http_methods(["GET", "POST"])
@only(KEEP)
def create(request: HttpRequest) -> HttpResponse:
    first = {"starts_on": timezone.localdate(), "site": site_here(request)}
    form = ScheduleForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        return redirect("bank:queue", _keep(form).pk)
    return _form_page(request, form, _("New queue"))


@require_http_methods(["GET", "POST"])
@keepers
def edit(request: HttpRequest, queue: BankSchedule) -> HttpResponse:
    form = ScheduleForm(request.POST or None, instance=queue)
    if request.method == "POST" and form.is_valid():
        _keep(form)
        messages.success(request, _("The queue is changed; what comes next was planned anew."))
        return redirect("bank:queue", queue.pk)
    return _form_page(request, form, _("Settings of the queue"))


@transaction.atomic
def _keep(form: ScheduleForm) -> BankSchedule:
    queue: BankSchedule = form.save()
    reschedule([queue], now=timezone.now())
    return queue


def _form_page(request: HttpRequest, form: ScheduleForm, title: str) -> HttpResponse:
    name = form.instance.name if form.instance.pk else ""
    context = {
        "page_title": title,
        "page_subtitle": name,
        "header_icon": "list-ul",
        "form": form,
        "queue": form.instance if form.instance.pk else None,
    }
    return render(request, "challenges/bank/admin/form.html", context)


@require_GET
@keepers
def queue_page(request: HttpRequest, queue: BankSchedule) -> HttpResponse:
    return _queue_page(request, queue, AddForm(schedule=queue))


def _queue_page(
    request: HttpRequest, queue: BankSchedule, form: AddForm, status: int = 200
) -> HttpResponse:
    now = timezone.now()
    entries = queue.entries.waiting().select_related("challenge__locale")
    ready = entries.launchable().count()
    context = {
        "page_title": queue.name,
        "page_subtitle": cadence_in_words(queue),
        "header_icon": "list-ul",
        "queue": queue,
        "entries": entries.order_by("position", "pk"),
        "stock": ready,
        "is_low": ready < queue.low_stock,
        "coming": coming_launches(now=now, until=now + FAR, schedules=[queue])[:NEXT],
        "past": queue.slots.exclude(outcome="")
        .filter(due_at__lte=now)
        .select_related("launch__challenge")
        .order_by("-due_at")[:NEXT],
        "form": form,
    }
    return render(request, "challenges/bank/admin/queue.html", context, status=status)


@require_POST
@keepers
def add(request: HttpRequest, queue: BankSchedule) -> HttpResponse:
    form = AddForm(request.POST, schedule=queue)
    if not form.is_valid():
        return _queue_page(request, queue, form, status=400)
    added = add_to_queue(queue, form.cleaned_data["challenges"], by=cast(User, request.user))
    warn_of_low_stock(timezone.now())
    told = ", ".join(f"“{entry.challenge.title}”" for entry in added)
    messages.success(request, _("Added to the queue: %(titles)s.") % {"titles": told})
    return _back(queue, "waiting")


@require_POST
@keepers
def shift(request: HttpRequest, queue: BankSchedule, *, entry: int, to: str) -> HttpResponse:
    shift_entry(get_object_or_404(BankEntry.objects.filter(schedule=queue), pk=entry), SHIFTS[to])
    return _back(queue, f"entry-{entry}")


@require_POST
@keepers
def reorder(request: HttpRequest, queue: BankSchedule) -> HttpResponse:
    """The whole queue as it was dragged: `entry`, many times, the first to go out first."""
    reorder_queue(queue, [int(pk) for pk in request.POST.getlist("entry") if pk.isdecimal()])
    if request.headers.get("X-Requested-With"):
        return HttpResponse(status=204)
    return _back(queue, "waiting")


@require_POST
@keepers
def remove(request: HttpRequest, queue: BankSchedule, *, entry: int) -> HttpResponse:
    found = get_object_or_404(BankEntry.objects.filter(schedule=queue), pk=entry)
    if remove_from_queue(found):
        told = _("“%(title)s” is out of the queue.") % {"title": found.challenge.title}
        messages.success(request, told)
    return _back(queue, "waiting")


@require_http_methods(["GET", "POST"])
@keepers
def delete(request: HttpRequest, queue: BankSchedule) -> HttpResponse:
    """What it launched stays launched; what it planned is withdrawn."""
    if request.method == "POST":
        with transaction.atomic():
            pause_queue(queue, now=timezone.now())
            queue.delete()
        messages.success(request, _("The queue “%(name)s” is gone.") % {"name": queue.name})
        return redirect("bank:desk")
    context = {
        "page_title": _("Delete the queue"),
        "page_subtitle": queue.name,
        "header_icon": "bin",
        "queue": queue,
    }
    return render(request, "challenges/bank/admin/delete.html", context)


def _back(queue: BankSchedule, anchor: str) -> HttpResponseRedirect:
    address = redirect("bank:queue", queue.pk)
    return HttpResponseRedirect(f"{address.url}#{anchor}")

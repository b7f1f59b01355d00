"""What curators do at the desk. A script gets JSON (what is decided, what to say); a plain form
gets the page back."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from curation.deciding import (
    AlreadyDecided,
    Decided,
    change_pick,
    drop_items,
    edit_item,
    pick_item,
    publish_items,
    return_items,
    snooze_items,
    sort_items,
    take_back,
)
from curation.links.joining import part_items
from curation.models import Item, Pick, Sifting
from curation.sifting.deskwords import told
from curation.sifting.doors import Curator, curators, must, too_fast
from curation.sifting.forms import DecideForm, EditForm, PickForm
from curation.sifting.listing import count_waiting, forget_count
from curation.sifting.preview import context_of, item_in_view, look_at, said_already
from curation.undoing import undo_batch, undo_last

SLOW = 429


def is_scripted(request: HttpRequest) -> bool:
    return request.headers.get("X-Desk") == "1"


def answer(
    request: HttpRequest,
    curator: Curator,
    words: str,
    *,
    level: int = messages.SUCCESS,
    gone: Iterable[int] = (),
    back: Iterable[int] = (),
    undoable: bool = False,
    status: int = 200,
) -> HttpResponse:
    """`gone`: off this list; `back`: on it again."""
    forget_count(curator.site.pk)
    if not is_scripted(request):
        messages.add_message(request, level, words)
        return redirect(_next(request))
    waiting = count_waiting(curator.site.pk, now=timezone.now())
    toast = {
        "words": words,
        "tag": messages.DEFAULT_TAGS[level],
        "undoable": undoable,
        "waiting": waiting,
    }
    data = {
        "gone": list(gone),
        "back": list(back),
        "waiting": waiting,
        "toast": render_to_string("curation/sifting/_toast.html", toast, request),
    }
    return JsonResponse(data, status=status)


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if ours and wanted else reverse("curation:review")


def _slow_down(request: HttpRequest, curator: Curator) -> HttpResponse:
    words = gettext("That was a lot at once. Breathe, then go on in a minute.")
    return answer(request, curator, words, level=messages.WARNING, status=SLOW)


@require_POST
@curators
def decide(request: HttpRequest, curator: Curator) -> HttpResponse:
    """`decision` about each `item`."""
    if too_fast(request):
        return _slow_down(request, curator)
    form, now = DecideForm(request.POST), timezone.now()
    if not form.is_valid():
        words = gettext("Choose at least one item, and what is to happen to it.")
        return answer(request, curator, words, level=messages.WARNING, status=400)
    decision = form.cleaned_data["decision"]
    must(curator.rights.drop if decision == "drop" else curator.rights.decide)
    items = list(Item.objects.filter(site=curator.site, pk__in=form.cleaned_data["item"]))
    until = form.wakes_at(now)
    if decision == "snooze" and until is None:
        words = gettext("Choose a day to come, within a year.")
        return answer(request, curator, words, level=messages.WARNING, status=400)
    by: dict[str, Any] = {"by": curator.user, "now": now}
    if decision == "publish":
        decided = publish_items(items, **by)
    elif decision == "drop":
        decided = drop_items(items, **by)
    elif decision == "snooze":
        decided = snooze_items(items, until=until or now, **by)
    elif decision == "back":
        decided = return_items(items, **by)
    else:
        topics, axis = form.cleaned_data["topics"], form.cleaned_data["axis"] or None
        decided = sort_items(items, topics=topics, axis=axis, **by)
    return _say(request, curator, decision, decided)


def _say(request: HttpRequest, curator: Curator, decision: str, decided: Decided) -> HttpResponse:
    late = _late(curator, decision, decided)
    words = told(decision, len(decided.items)) if decided.items or not late else ""
    if late:
        words = f"{words} {_too_late(late)}".strip()
    moved = [item.pk for item in decided.items] if decision != "sort" else []
    level = messages.SUCCESS if decided.items or not late else messages.INFO
    gone = [*moved, *decided.late]
    return answer(request, curator, words, level=level, gone=gone, undoable=bool(decided.items))


def _late(curator: Curator, decision: str, decided: Decided) -> list[Item]:
    """Without those that this very person decided just so: a double click is harmless."""
    items = list(Item.objects.filter(pk__in=decided.late))
    batches = [item.decided_in for item in items if item.decided_in]
    same = Sifting.objects.standing().filter(
        batch__in=batches, user=curator.user, decision=decision
    )
    mine = set(same.values_list("item_id", flat=True))
    return [item for item in items if item.pk not in mine]


def _too_late(late: list[Item]) -> str:
    if len(late) == 1:
        return said_already(late[0])
    return ngettext(
        "%(count)s had been decided by somebody else already.",
        "%(count)s had been decided by somebody else already.",
        len(late),
    ) % {"count": len(late)}


@require_POST
@curators
def pick(request: HttpRequest, curator: Curator, pk: int) -> HttpResponse:
    """Its own pick, or (with `pick`) better words for somebody's."""
    must(curator.rights.pick)
    if too_fast(request):
        return _slow_down(request, curator)
    item, now = item_in_view(pk, curator.site.pk), timezone.now()
    form = PickForm(request.POST)
    if not form.is_valid():
        context = context_of(look_at(item), curator, pick_form=form)
        return _again(request, context)
    there = Pick.objects.filter(item=item, pk=_number(request.POST.get("pick", ""))).first()
    values = form.cleaned_data
    try:
        if there is not None and there.user_id != curator.user.pk:
            must(curator.rights.decide)
            change_pick(there, by=curator.user, now=now, **values)
            if item.state != Item.State.PUBLISHED:
                publish_items([item], by=curator.user, now=now)
        else:
            anyway = curator.rights.decide and "anyway" in request.POST
            pick_item(item, by=curator.user, now=now, anyway=anyway, **values)
    except AlreadyDecided:
        if curator.rights.decide:
            return _all_the_same(request, curator, pk, form)
        words = said_already(item)
        return answer(request, curator, words, level=messages.INFO, gone=[item.pk])
    if curator.rights.appears:
        words = gettext("Picked. Thank you: it is on our page now.")
    else:
        words = gettext("Thank you! It appears as soon as somebody has looked at it.")
    return answer(request, curator, words, gone=[item.pk], undoable=True)


def _all_the_same(request: HttpRequest, curator: Curator, pk: int, form: PickForm) -> HttpResponse:
    """Somebody was quicker; the sentence isn't lost, and a second press means it."""
    item = item_in_view(pk, curator.site.pk)
    view = look_at(item)
    words = [said_already(item)]
    if view.pick is None:
        words.append(gettext("Your words are still here: pick it again to put it forward anyway."))
    else:
        said = gettext("They wrote: “%(sentence)s” Keep yours, and they take its place.")
        words.append(said % {"sentence": view.pick.sentence})
    form.add_error("sentence", " ".join(words))
    context = context_of(view, curator, pick_form=form)
    return _again(request, context | {"may_write": True, "anyway": True})


def _again(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    context |= {"here": _next(request), "alone": not is_scripted(request)}
    part = is_scripted(request)
    template = "curation/sifting/_pane.html" if part else "curation/sifting/in_view.html"
    return render(request, template, context, status=422)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0


@require_POST
@curators
def edit(request: HttpRequest, curator: Curator, pk: int) -> HttpResponse:
    must(curator.rights.decide)
    if too_fast(request):
        return _slow_down(request, curator)
    item = item_in_view(pk, curator.site.pk)
    form = EditForm(request.POST, auto_id="edit_%s")
    if not form.is_valid():
        return _again(request, context_of(look_at(item), curator, edit_form=form))
    fields = dict(form.cleaned_data)
    topics = fields.pop("topics")
    edit_item(item, fields, by=curator.user, topics=topics, now=timezone.now())
    words = gettext("Written down. No feed overwrites it.")
    return answer(request, curator, words, back=[item.pk], undoable=True)


@require_POST
@curators
def take_back_pick(request: HttpRequest, curator: Curator, pk: int) -> HttpResponse:
    """One's own; whoever decides takes back anybody's."""
    item = item_in_view(pk, curator.site.pk)
    there = get_object_or_404(Pick, item=item)
    must(curator.rights.decide or there.user_id == curator.user.pk)
    take_back(there, by=curator.user, now=timezone.now())
    words = gettext("Taken back.")
    return answer(request, curator, words, back=[item.pk], undoable=True)


@require_POST
@curators
def off(request: HttpRequest, curator: Curator, pk: int) -> HttpResponse:
    """What is published leaves our page."""
    item, now = item_in_view(pk, curator.site.pk), timezone.now()
    must(curator.rights.drop)
    decided = drop_items([item], by=curator.user, now=now, shown=True)
    return _say(request, curator, "drop", decided)


@require_POST
@curators
def undo(request: HttpRequest, curator: Curator) -> HttpResponse:
    """The last decision of one's own at this desk, or the one with `row`."""
    now, row = timezone.now(), _number(request.POST.get("row", ""))
    if row:
        wanted = get_object_or_404(Sifting, pk=row, item__site=curator.site)
        if wanted.user_id != curator.user.pk:
            raise PermissionDenied
        undone = undo_batch(wanted.batch, by=curator.user, now=now)
    else:
        last = undo_last(by=curator.user, site_id=curator.site.pk, now=now)
        if last is None:
            words = gettext("There is nothing of yours left to undo today.")
            return answer(request, curator, words, level=messages.INFO)
        undone = last
    words = gettext("Undone: it is as it was before.")
    if undone.kept:
        words = gettext("Somebody decided anew meanwhile: that stays. The rest is undone.")
    return answer(request, curator, words, back=[item.pk for item in undone.items])


@require_POST
@curators
def part(request: HttpRequest, curator: Curator, pk: int) -> HttpResponse:
    """What was taken for another item stands by itself again. Of two who ask, the second is told
    that it does."""
    must(curator.rights.decide)
    if too_fast(request):
        return _slow_down(request, curator)
    item = get_object_or_404(Item, site=curator.site, pk=pk)
    try:
        part_items(item, by=curator.user, now=timezone.now())
    except ValueError:
        words = gettext("These two stand apart already.")
        return answer(request, curator, words, level=messages.INFO)
    return answer(request, curator, gettext("Two items again, each with who brought it."))

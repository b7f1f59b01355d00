"""The review desk's pages: what waits, one item in view, what was decided."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from curation.models import Item, Sifting, Source
from curation.sifting.deskwords import pile_tabs, selects
from curation.sifting.doors import Curator, curators
from curation.sifting.listing import Key, Wish, count_waiting, read_desk
from curation.sifting.preview import context_of, item_in_view, look_at
from curation.undoing import FOR

SOURCES = 300
LOGGED = 50


@require_GET
@curators
def desk(request: HttpRequest, curator: Curator) -> HttpResponse:
    """?part=list: the list alone, for the script of an open page."""
    now, wish = timezone.now(), Wish.read(request.GET.dict())
    after = Key.parse(request.GET.get("after", ""))
    page = read_desk(wish, site_id=curator.site.pk, now=now, after=after)
    path = reverse("curation:review")
    context: dict[str, Any] = {
        "rights": curator.rights,
        "wish": wish,
        "items": page.items,
        "because": reasons_of(page.items) if wish.pile in {"asleep", "dropped"} else {},
        "here": path + wish.query(after=str(after) if after else ""),
        "older_url": path + wish.query(after=page.older) if page.older else "",
        "newer_url": path + wish.query() if after else "",
        "waiting": count_waiting(curator.site.pk, now=now),
    }
    if "part" in request.GET:
        return render(request, "curation/sifting/_list.html", context)
    sources = Source.objects.filter(site=curator.site)[:SOURCES]
    context |= {"selects": selects(wish, sources), "piles": pile_tabs(wish, path)}
    return render(request, "curation/sifting/desk.html", context)


def reasons_of(items: list[Item]) -> dict[int, Sifting]:
    """The decision that stands on each, by item. One query."""
    batches = {item.decided_in for item in items if item.decided_in}
    rows = Sifting.objects.standing().filter(batch__in=batches).select_related("user", "rule")
    placed = rows.exclude(decision__in=[Sifting.Decision.SORT, Sifting.Decision.EDIT])
    return {row.item_id: row for row in placed}


@require_GET
@curators
def in_view(request: HttpRequest, curator: Curator, pk: int) -> HttpResponse:
    """?part=pane: without the frame, beside the list."""
    item = item_in_view(pk, curator.site.pk)
    context = context_of(look_at(item), curator)
    part = "part" in request.GET
    context["here"] = reverse("curation:review")
    template = "curation/sifting/_pane.html" if part else "curation/sifting/in_view.html"
    return render(request, template, context)


@require_GET
@curators
def decisions(request: HttpRequest, curator: Curator) -> HttpResponse:
    """The latest of everybody; one's own of today can be undone."""
    rows = Sifting.objects.filter(item__site=curator.site).select_related("item", "user", "rule")
    context = {
        "rows": rows[:LOGGED],
        "rights": curator.rights,
        "me": curator.user,
        "since": timezone.now() - FOR,
        "piles": pile_tabs(None, reverse("curation:review")),
    }
    return render(request, "curation/sifting/decisions.html", context)

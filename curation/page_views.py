"""The veille as everybody reads it: its page, and one page an item."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Site

from curation.choosing import Wanted
from curation.reading import cards_of, shown_items
from curation.walking import walk

PAGE = 20


def site_id_of(request: HttpRequest) -> int:
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    return int(site.pk)


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    wanted = Wanted.read(request.GET)
    leaf = walk(
        wanted, site_id=site_id_of(request), before=request.GET.get("before", ""), most=PAGE
    )
    context = {"wanted": wanted, "cards": cards_of(leaf.pks), "older": leaf.older}
    return render(request, "curation/page.html", context)


@require_safe
def item(request: HttpRequest, pk: int) -> HttpResponse:
    shown = shown_items(site_id_of(request)).filter(pk=pk)
    cards = cards_of([pk], named=50) if shown.exists() else []
    if not cards:
        raise Http404
    return render(request, "curation/item.html", {"card": cards[0], "item": cards[0].item})

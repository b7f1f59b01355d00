"""The search's doors: its page, and what is suggested while one types."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_ratelimit.decorators import ratelimit

from cms.searching.engine import Kind, best
from cms.searching.facets import Facet
from cms.searching.finding import Found, Wish, find, said
from cms.searching.hits import hits_of
from cms.searching.showing import sort_pages
from curation.page_views import site_of

SUGGESTED = 6
FEWEST_SIGNS = 2


@require_safe
@ratelimit(key="ip", rate="60/m", method=ratelimit.ALL)
def search(request: HttpRequest) -> HttpResponse:
    """?q=, ?in= (a facet), ?language=any, ?page=."""
    wish = Wish.read(request.GET)
    found = find(wish, site=site_of(request), request=request)
    here = reverse("cms:search")
    context = {
        "query": wish.query,
        "wish": wish,
        "found": found,
        "facets": _facets(wish, found),
        "filters": _filters(wish),
        "sections": [
            (group, f"{here}{wish.but(facet=group.facet).address}") for group in found.groups
        ],
        "instead": f"{here}{wish.but(query=found.meant).address}",
        "everywhere": f"{here}{wish.but(any_language=True, facet=Facet.EVERYTHING).address}",
        "newer_url": here + wish.but(number=found.newer).address if found.newer else "",
        "older_url": here + wish.but(number=found.older).address if found.older else "",
        "examples": [(word, here + Wish(query=word).address) for word in _examples()],
    }
    return render(request, "cms/search.html", context)


def _examples() -> list[str]:
    """Words that a newcomer may look for."""
    return [_("hashtag"), _("photo"), _("first post"), _("reply")]


def _facets(wish: Wish, found: Found) -> list[dict[str, Any]]:
    """Those that have something, and the one that the reader is in."""
    shown = [facet for facet in Facet if found.counts.get(facet) or facet is wish.facet]
    if Facet.EVERYTHING not in shown:
        shown.insert(0, Facet.EVERYTHING)
    return [
        {
            "label": facet.label,
            "count": said(found.counts.get(facet, 0) if facet else found.total),
            "url": reverse("cms:search") + wish.but(facet=facet).address,
            "current": facet is wish.facet,
        }
        for facet in shown
    ]


def _filters(wish: Wish) -> list[dict[str, Any]]:
    here = reverse("cms:search")
    ways = [(_("my language"), False), (_("all languages"), True)]
    options = [
        {
            "label": label,
            "url": here + wish.but(any_language=any_language).address,
            "current": wish.any_language is any_language,
        }
        for label, any_language in ways
    ]
    return [{"name": _("Language"), "options": options}]


@require_safe
@ratelimit(key="ip", rate="120/m", method=ratelimit.ALL)
def suggest(request: HttpRequest) -> HttpResponse:
    """A few pages whose words begin like that, for below the field."""
    wish = Wish.read(request.GET)
    pks = best(Kind.PAGES, wish.query, is_typed=True) if len(wish.query) >= FEWEST_SIGNS else []
    sorted_out = sort_pages(pks, site=site_of(request), language=get_language() or "")
    shown = {pk for facet in sorted_out.values() for pk in facet}
    first = [pk for pk in pks if pk in shown][:SUGGESTED]
    hits = hits_of({Facet.PAGES: first}, wish.query, request)[Facet.PAGES]
    return render(request, "cms/parts/suggestions.html", {"hits": hits, "query": wish.query})

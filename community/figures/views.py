"""The public page of figures, its files, and the network looked at closely."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from django_ratelimit.decorators import ratelimit

from community.figures.asking import Asked, ask, choices
from community.figures.drawing import INTEGRATION, NETWORK, name_of
from community.figures.export import COLUMNS, as_csv, as_document
from community.figures.joining_in import draw_ways
from community.figures.lives import challenge_lives
from community.figures.picture import GRID, show_picture
from community.figures.reading import counted_under
from community.figures.sections import draw_sections
from community.figures.weaving import alone
from community.models import Drawing, Participant
from community.sites import site_here
from community.tutoring.access import may_tutor

OFTEN = "60/m"
PARTS = GRID * GRID
MOST_ALONE = 50


@require_safe
@ratelimit(key="ip", rate=OFTEN, method=ratelimit.ALL)
def figures(request: HttpRequest) -> HttpResponse:
    now, here = timezone.now(), site_here(request)
    site = counted_under(here)
    asked = ask(request.GET.dict(), now=now, site=site)
    drawings = _drawings(site)
    sections = draw_sections(asked.figures, asked.wanted)
    if INTEGRATION in drawings:
        starts = [span.start for span in asked.figures.spans]
        ways = draw_ways(drawings[INTEGRATION].content, asked.wanted, starts)
        sections += [ways] if ways else []
    context = {
        "asked": asked,
        "whole": asked.figures.whole,
        "filters": choices(asked),
        "sections": sections,
        "lives": challenge_lives(get_language() or "", now, here),
        "columns": COLUMNS,
    }
    context |= _network(drawings.get(NETWORK), part=0)
    if may_tutor(request.user):
        context["alone"] = _alone(now, site)
    return render(request, "community/figures/figures.html", context)


def _asked(request: HttpRequest) -> Asked:
    site = counted_under(site_here(request))
    return ask(request.GET.dict(), now=timezone.now(), site=site)


def _drawings(site: int) -> dict[str, Drawing]:
    """By kind."""
    kinds = {name_of(kind, site): kind for kind in (NETWORK, INTEGRATION)}
    return {kinds[one.name]: one for one in Drawing.objects.filter(name__in=kinds)}


def _network(drawing: Drawing | None, *, part: int) -> dict[str, Any]:
    if drawing is None:
        return {"drawing": None}
    return {
        "drawing": drawing,
        "picture": show_picture(drawing.content, part=part),
        "part": part,
        "grid": [list(range(row, row + GRID)) for row in range(1, PARTS, GRID)],
    }


def _alone(now: datetime, site: int) -> list[Participant]:
    """Newcomers with nobody, for tutors; only those who are shown have a name here."""
    people = Participant.objects.showing().filter(pk__in=alone(now, site).values("person"))
    return list(people.order_by("name").prefetch_related("links__account")[:MOST_ALONE])


@require_safe
@ratelimit(key="ip", rate=OFTEN, method=ratelimit.ALL)
def network(request: HttpRequest, part: int = 0) -> HttpResponse:
    """The picture alone; a part of it is a ninth, seen three times closer."""
    if part > PARTS:
        raise Http404
    drawing = _drawings(counted_under(site_here(request))).get(NETWORK)
    return render(request, "community/figures/network.html", _network(drawing, part=part))


@require_safe
@ratelimit(key="ip", rate="30/m", method=ratelimit.ALL)
def as_table(request: HttpRequest) -> HttpResponse:
    asked = _asked(request)
    answer = HttpResponse(as_csv(asked.figures), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="figures.csv"'
    return answer


@require_safe
@ratelimit(key="ip", rate="30/m", method=ratelimit.ALL)
def as_json(request: HttpRequest) -> JsonResponse:
    asked = _asked(request)
    return JsonResponse(
        as_document(asked.figures, asked.wanted),
        json_dumps_params={"indent": 2, "ensure_ascii": False},
    )

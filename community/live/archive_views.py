"""The archive's page, with a tab for each way to read it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from community.live import archive
from community.live.articles import article_door
from community.live.audiences import audience_of, find_event
from community.live.belonging import Telling
from community.models import LiveEvent

ALL = "all"


@require_GET
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """?by= order, person, pictures, links or thanks; ?page= a number, or all of it for printing."""
    event = find_event(request, slug)
    telling = archive.read_archive(event, with_practice=audience_of(request).with_practice)
    way = request.GET.get("by", "order")
    way = way if way in _WAYS else "order"
    context = {
        "event": event,
        "numbers": archive.count(event, telling),
        "is_over": event.is_over(timezone.now()),
        "way": way,
        "tabs": _tabs(request, way),
        "query": f"by={way}",
        "article": event.article if event.article and event.article.live else None,
        "article_door": article_door(request, event),
        **_WAYS[way](event, telling, request.GET.get("page", "1")),
    }
    return render(request, "community/live/archive.html", context)


def _in_order(event: LiveEvent, telling: Telling, number: str) -> dict[str, Any]:
    many = archive.MOST_PRINTED if number == ALL else archive.THREADS_ON_A_PAGE
    page, chapters = archive.in_order(event, telling, number, per_page=many)
    return {"page": page, "chapters": chapters, "may_print": number != ALL}


def _by_person(event: LiveEvent, telling: Telling, number: str) -> dict[str, Any]:
    page, tellers = archive.by_person(telling, number)
    return {"page": page, "tellers": tellers}


_WAYS: dict[str, Callable[[LiveEvent, Telling, str], dict[str, Any]]] = {
    "order": _in_order,
    "person": _by_person,
    "pictures": lambda event, telling, number: {"page": archive.pictures(telling, number)},
    "links": lambda event, telling, number: {"page": archive.links(telling, number)},
    "thanks": lambda event, telling, number: {"page": archive.thanks(event, number)},
}


def _tabs(request: HttpRequest, way: str) -> list[dict[str, object]]:
    labels = {
        "order": _("In order"),
        "person": _("By person"),
        "pictures": _("Pictures"),
        "links": _("Links"),
        "thanks": _("Who helped whom"),
    }
    return [
        {"label": label, "url": f"{request.path}?by={name}", "current": name == way}
        for name, label in labels.items()
    ]

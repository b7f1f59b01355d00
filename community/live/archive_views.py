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
from community.live.gist import Gist, gist_of
from community.models import LiveEvent

ALL = "all"


@require_GET
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """?by= order, person, pictures, links or thanks; ?page= a number, or all of it for printing."""
    event = find_event(request, slug)
    now = timezone.now()
    gist = gist_of(event, with_practice=audience_of(request).with_practice, now=now)
    way = request.GET.get("by", "order")
    way = way if way in _WAYS else "order"
    context = {
        "event": event,
        "numbers": gist.numbers,
        "is_over": event.is_over(now),
        "way": way,
        "tabs": _tabs(request, way),
        "query": f"by={way}",
        "article": event.article if event.article and event.article.live else None,
        "article_door": article_door(request, event),
        **_WAYS[way](event, gist, request.GET.get("page", "1")),
    }
    return render(request, "community/live/archive.html", context)


def _in_order(event: LiveEvent, gist: Gist, number: str) -> dict[str, Any]:
    many: dict[str, int] = {}
    if number == ALL:
        many = {"threads": archive.MOST_PRINTED, "posts": archive.MOST_POSTS_PRINTED}
    page, chapters = archive.in_order(event, gist, number, **many)
    return {"page": page, "chapters": chapters, "may_print": number != ALL}


def _by_person(event: LiveEvent, gist: Gist, number: str) -> dict[str, Any]:
    page, tellers = archive.by_person(gist, number)
    return {"page": page, "tellers": tellers}


_WAYS: dict[str, Callable[[LiveEvent, Gist, str], dict[str, Any]]] = {
    "order": _in_order,
    "person": _by_person,
    "pictures": lambda event, gist, number: {"page": archive.pictures(gist, number)},
    "links": lambda event, gist, number: {"page": archive.links(gist, number)},
    "thanks": lambda event, gist, number: {"page": archive.thanks(event, number)},
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

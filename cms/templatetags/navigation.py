"""What the frame of a page asks: where to go, and in which languages."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import template
from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.models import Page

from cms.models import HomePage
from cms.navigation import (
    FRAME_SECONDS,
    Entry,
    Translation,
    frame_of,
    homes_elsewhere,
    translations_of,
)
from community.sites import site_here
from community.tutoring.access import may_tutor
from community.tutoring.piles import counted_waiting

register = template.Library()

REMEMBERED = "envol_languages"


@dataclass(frozen=True, slots=True)
class Languages:
    """`switch` is for people and names every language; the others are for machines. `doorway`: of
    home pages, where a reader's browser is asked for a language; else ""."""

    switch: Sequence[Translation]
    alternates: Sequence[Translation]
    canonical: str
    doorway: str


@register.simple_tag(takes_context=True)
def main_navigation(context: template.Context) -> list[Entry]:
    request: HttpRequest = context["request"]
    frame = frame_of(request)
    entries = [
        (_("Challenges"), frame.challenges),
        (_("Tutorials"), frame.tutorials),
        (_("Worth reading"), reverse("curation:page")),
        (pgettext("navigation", "Live"), reverse("live:list")),
        (_("Timeline"), reverse("microblog:local_timeline")),
    ]
    if request.user.is_authenticated:
        entries.append((_("My logbook"), reverse("community:logbook")))
    if _reviews(request):
        entries.append((_("Review"), reverse("review:waiting")))
    return [Entry(label, url, _how_current(request.path, url)) for label, url in entries if url]


@register.simple_tag(takes_context=True)
def translations(context: template.Context) -> Languages:
    """Asked three times on a page (head, header, footer) and read once."""
    request: HttpRequest = context["request"]
    remembered: Languages | None = getattr(request, REMEMBERED, None)
    if remembered is None:
        page = context.get("page")
        found = translations_of(request, page if isinstance(page, Page) else None)
        remembered = Languages(
            switch=[*found, *homes_elsewhere(request, besides={one.code for one in found})],
            alternates=found if len(found) > 1 else [],
            canonical=request.build_absolute_uri(request.path),
            doorway=request.build_absolute_uri("/") if isinstance(page, HomePage) else "",
        )
        setattr(request, REMEMBERED, remembered)
    return remembered


def _reviews(request: HttpRequest) -> bool:
    """Whether the review queue is theirs to open; asked of the database once a minute."""
    if not request.user.is_authenticated:
        return False
    key = f"envol:reviews:{request.user.pk}"
    found: bool | None = cache.get(key)
    if found is None:
        found = request.user.has_perm("challenges.review_submission")
        cache.set(key, found, FRAME_SECONDS)
    return found


@register.simple_tag(takes_context=True)
def newcomers_waiting(context: template.Context) -> int | None:
    """How many newcomers wait for a person; None for whoever isn't a tutor."""
    request: HttpRequest | None = context.get("request")
    if request is None or not request.user.is_authenticated:
        return None
    key = f"envol:tutors:{request.user.pk}"
    tutors: bool | None = cache.get(key)
    if tutors is None:
        tutors = may_tutor(request.user)
        cache.set(key, tutors, FRAME_SECONDS)
    return counted_waiting(timezone.now(), site_here(request)) if tutors else None


def _how_current(path: str, url: str) -> str:
    if path == url:
        return "page"
    return "true" if path.startswith(url) else ""

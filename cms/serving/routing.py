"""From an address straight to its page, in one query: Wagtail asks for the root, for its
translation, for each level on the way and for what is restricted."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from wagtail import views
from wagtail.models import Page, PageViewRestriction, Site

from challenges.models import ChallengePage
from challenges.models.pages import KINDS
from cms.models import HomePage

RIDDLE, MINI = (f"challengepage__{kind}" for kind in KINDS)
ROUTED = (
    *("tutorialindexpage", "tutorialpage__author", "toolpage__author", "contentpage"),
    *("articleindexpage", "articlepage__author", "articlepage__photo"),
    *("portraitindexpage", "portraitpage__person", "portraitpage__photo"),
    *("lexiconpage", "termpage", "charterpage", "faqpage"),
    *("guideindexpage", "guidepage", "welcomekitpage", "challengeindexpage"),
    *(f"{kind}__{name}" for kind in (RIDDLE, MINI) for name in ("photo", "proposed_by")),
    f"{RIDDLE}__reveal_photo",
)
"""Read with the page itself, whichever of them it is, and with what it always shows."""


def serve(request: HttpRequest, path: str) -> HttpResponse:
    page = _page_at(request, path)
    if page is not None:
        request._wagtail_route_for_request = page.route(request, [])  # type: ignore[attr-defined]
    answer: HttpResponse = views.serve(request, path)
    return answer


def _page_at(request: HttpRequest, path: str) -> Any:
    """None where Wagtail must look for itself: there is no such root, or no such page."""
    root = _root_path(request)
    if not root:
        return None
    names = [name for name in path.split("/") if name]
    way = _way(root, names)
    pages = Page.objects.select_related(*ROUTED) if names else HomePage.objects.all()
    here = pages.filter(live=True, url_path=way[-1]).select_related("locale")
    found = here.annotate(is_closed=_is_closed(way)).first()
    if found is None:
        return None
    page: Any = _in_particular(found)
    page.locale = found.locale
    page.is_surely_open = not found.is_closed
    return page


def _root_path(request: HttpRequest) -> str:
    """Of this site's pages in the language of the address; "" where it doesn't speak it."""
    site, language = Site.find_for_request(request), get_language()
    roots = {(one.site_id, one.language_code): one.root_path for one in Site.get_site_root_paths()}
    return roots.get((site.pk, language or ""), "") if site else ""


def _way(root: str, names: Sequence[str]) -> list[str]:
    """The addresses of all that is above the page, from the trunk of the tree, and its own."""
    steps = [*root.strip("/").split("/"), *names]
    return ["/", *("/".join(["", *steps[:end], ""]) for end in range(1, len(steps) + 1))]


def _is_closed(way: Sequence[str]) -> Any:
    """Something is restricted on the way, or is an alias: what that stands for may be."""
    restricted = PageViewRestriction.objects.filter(page__url_path__in=way)
    aliases = Page.objects.filter(url_path__in=way, alias_of__isnull=False)
    return Exists(restricted) | Exists(aliases)


def _in_particular(page: Page) -> Page:
    kind = page.specific_class
    if kind is None or isinstance(page, kind):
        return page.specific
    if issubclass(kind, ChallengePage):
        return page.challengepage.in_particular
    name = kind._meta.model_name
    return getattr(page, name) if page._state.fields_cache.get(name) else page.specific

"""From an address straight to its page, in one query: Wagtail asks for the root, for its
translation, for each level on the way and for what is restricted."""

from collections.abc import Sequence
from hashlib import blake2b
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.db.models import Exists, Q
from django.http import HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse
from django.utils.translation import get_language
from wagtail import views
from wagtail.models import Page, PageViewRestriction, Site

from challenges.models import MiniChallengePage, PhotoRiddlePage
from cms.links import links_read
from cms.models import ArticlePage, PortraitPage, ToolPage, TutorialPage

SHOWN_WITH: dict[type[Page], Sequence[str]] = {
    TutorialPage: ("author",),
    ToolPage: ("author",),
    ArticlePage: ("author", "photo"),
    PortraitPage: ("author", "person", "photo"),
    PhotoRiddlePage: ("photo", "reveal_photo", "proposed_by"),
    MiniChallengePage: ("photo", "proposed_by"),
}
"""What a page of this kind always shows besides itself."""
REMEMBERED = 3600  # seconds that a process knows which kind of page stood at an address


def serve(request: HttpRequest, path: str) -> HttpResponse:
    page = _page_at(request, path)
    if page is None:
        return _served(request, path)
    request._wagtail_route_for_request = page.route(request, [])  # type: ignore[attr-defined]
    with links_read(page):
        return _served(request, path)


def _served(request: HttpRequest, path: str) -> HttpResponse:
    """Written out at once, while what was read for it is at hand."""
    answer: HttpResponse = views.serve(request, path)
    return answer.render() if isinstance(answer, SimpleTemplateResponse) else answer


def _page_at(request: HttpRequest, path: str) -> Any:
    """None where Wagtail must look for itself: there is no such root, or no such page."""
    root = _root_path(request)
    if not root:
        return None
    way = _way(root, [name for name in path.split("/") if name])
    near, key = caches[settings.NEAR_CACHE], _key(way[-1])
    kind = near.get(key)
    found = _found(kind, way) if kind else None
    if found is None:
        kind = _kind_at(way[-1])
        found = _found(kind, way) if kind else None
        if found is not None:
            near.set(key, kind, REMEMBERED)
    return found


def _key(address: str) -> str:
    return f"envol:kind:{blake2b(address.encode(), digest_size=16).hexdigest()}"


def _root_path(request: HttpRequest) -> str:
    """Of this site's pages in the language of the address; "" where it doesn't speak it."""
    site, language = Site.find_for_request(request), get_language()
    roots = {(one.site_id, one.language_code): one.root_path for one in Site.get_site_root_paths()}
    return roots.get((site.pk, language or ""), "") if site else ""


def _way(root: str, names: Sequence[str]) -> list[str]:
    """The addresses of all that is above the page, from the trunk of the tree, and its own."""
    steps = [*root.strip("/").split("/"), *names]
    return ["/", *("/".join(["", *steps[:end], ""]) for end in range(1, len(steps) + 1))]


def _kind_at(address: str) -> int | None:
    """The id of its content type: joining all the tables that it might be in costs more."""
    rows = Page.objects.filter(live=True, url_path=address)
    return rows.values_list("content_type_id", flat=True).first()


def _found(kind: int, way: Sequence[str]) -> Any:
    """None where another kind of page, or none, stands there by now."""
    model = ContentType.objects.get_for_id(kind).model_class()
    if model is None or not issubclass(model, Page):
        return None
    here = model._default_manager.filter(live=True, url_path=way[-1])
    shown = here.select_related("locale", *SHOWN_WITH.get(model, ()))
    page = shown.annotate(is_closed=_is_closed(way)).first()
    if page is not None:
        page.is_surely_open = not page.is_closed
    return page


def _is_closed(way: Sequence[str]) -> Q:
    """Something is restricted on the way, or is an alias: what that stands for may be."""
    restricted = PageViewRestriction.objects.filter(page__url_path__in=way)
    aliases = Page.objects.filter(url_path__in=way, alias_of__isnull=False)
    return Q(Exists(restricted) | Exists(aliases))

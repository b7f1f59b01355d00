"""Stands behind the CSRF guard, which gives each visitor a token, and before all that asks the
database."""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers

from cms.serving.front import note_copy
from cms.serving.shelf import Kept, edition, keep_page, kept_page, name_of

PERSONAL = ("sessionid", "messages")
"""Cookies of people who are somebody here, or whom something is to be told."""
LONGEST_ADDRESS = 500
_LEAF = re.compile(r"[1-9][0-9]?")


class KeptPages:
    """Serves visitors the page that the last visitor got; nobody who signed in ever gets one, or
    leaves one.

    Views opt in: those named in PAGE_CACHE_VIEWS. What a view marks as private, or where it starts
    a session or sets a cookie, isn't kept.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not settings.FRONT_CACHE:
            return self._answer(request)
        # As it is before the page is made: what changes meanwhile isn't on it.
        before = edition()
        answer = self._answer(request)
        is_old = edition() != before
        note_copy(request, answer, edition=before, is_old=is_old, now=timezone.now())
        return answer

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        if not settings.PAGE_CACHE_SECONDS or not _is_plain(request):
            return self._get_response(request)
        name = name_of(request)
        kept = kept_page(name)
        if kept is not None:
            return _served(kept, request)
        answer = self._get_response(request)
        if _may_be_kept(request, answer):
            _mark(answer, keep_page(name, answer))
        return answer


def _is_plain(request: HttpRequest) -> bool:
    """A visitor who asks for a page by its address, and at most for a leaf of it."""
    return (
        request.method in ("GET", "HEAD")
        and not any(_cookie(name) in request.COOKIES for name in PERSONAL)
        and _is_a_leaf(request.GET)
        and "HX-Request" not in request.headers
        and len(request.get_full_path()) <= LONGEST_ADDRESS
    )


def _is_a_leaf(asked: QueryDict) -> bool:
    """By a number, once: whoever makes addresses up fills no shelf with pages that look alike."""
    leaves = asked.getlist("page")
    return set(asked) <= {"page"} and len(leaves) <= 1 and all(map(_LEAF.fullmatch, leaves))


def _cookie(name: str) -> str:
    return settings.SESSION_COOKIE_NAME if name == "sessionid" else name


def _may_be_kept(request: HttpRequest, answer: HttpResponse) -> bool:
    match = request.resolver_match
    return (
        request.method == "GET"
        and match is not None
        and match.view_name in settings.PAGE_CACHE_VIEWS
        and answer.status_code == 200
        and not answer.streaming
        and not answer.cookies
        and not request.session.modified
        and "Cache-Control" not in answer
        and answer.get("Content-Type", "").startswith("text/html")
    )


def _served(kept: Kept, request: HttpRequest) -> HttpResponseBase:
    if kept.tokens:
        answer: HttpResponseBase = HttpResponse(kept.dressed(get_token(request)))
    else:
        known = get_conditional_response(request, etag=kept.mark)
        if known is not None and known.status_code == 304:
            _mark(known, kept)
            return known
        answer = HttpResponse(kept.body)
    for name, value in kept.headers.items():
        answer[name] = value
    _mark(answer, kept)
    return answer


def _mark(answer: HttpResponseBase, kept: Kept) -> None:
    """Servers in between may keep what holds no token; browsers ask again each time."""
    patch_vary_headers(answer, ["Cookie"])
    if kept.tokens:
        patch_cache_control(answer, private=True, no_cache=True)
    else:
        answer["ETag"] = kept.mark
        patch_cache_control(answer, public=True, max_age=0, s_maxage=settings.PAGE_CACHE_SECONDS)

"""Who may come in: readers, unless the timeline is closed; speakers, wherever one writes."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django_ratelimit.core import is_ratelimited

from microblog.gateways.base import Visibility
from microblog.models import Account, Post, TimelineSettings
from microblog.timeline.identity import speaker_of
from microblog.timeline.streams import OPEN

P = ParamSpec("P")
Reading = Callable[Concatenate[HttpRequest, P], HttpResponse]
Writing = Callable[Concatenate[HttpRequest, Account, P], HttpResponse]

WRITING = "30/m"
REACTING = "120/m"
ASKING = "240/m"


def readers(view: Reading[P]) -> Reading[P]:
    """Everybody, unless the site has closed its timeline to strangers."""

    @wraps(view)
    def door(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.user.is_authenticated or TimelineSettings.for_request(request).is_open:
            return view(request, *args, **kwargs)
        return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)

    return door


def speakers(view: Writing[P]) -> Reading[P]:
    """Signed-in people with a practice account, which the view gets; others are led to one."""

    @wraps(view)
    def door(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            # What was to be written can't be written by coming back with GET: back to the page.
            here = request.get_full_path() if request.method == "GET" else next_page(request)
            return _go(request, redirect_to_login(here, settings.LOGIN_URL))
        account = speaker_of(request)
        if account is None:
            return _go(request, redirect("microblog:open_account"))
        answer = view(request, account, *args, **kwargs)
        # A shared computer's back button must not show what was mine.
        add_never_cache_headers(answer)
        return answer

    return door


def _go(request: HttpRequest, away: HttpResponse) -> HttpResponse:
    """htmx would put another page into this one: it is told to leave instead."""
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": away["Location"]})
    return away


def too_fast(request: HttpRequest, group: str, rate: str) -> bool:
    return is_ratelimited(
        request, group=f"timeline:{group}", key="user_or_ip", rate=rate, increment=True
    )


def slow_down(request: HttpRequest) -> HttpResponse:
    return render(request, "microblog/slow_down.html", status=429)


def page_of(request: HttpRequest) -> str:
    """The page that the visitor looks at: a part of it is asked for under another address."""
    current = request.headers.get("HX-Current-URL", "")
    if current and url_has_allowed_host_and_scheme(current, {request.get_host()}):
        parts = urlsplit(current)
        return parts.path + (f"?{parts.query}" if parts.query else "")
    return request.get_full_path()


def next_page(request: HttpRequest, fallback: str = "microblog:local_timeline") -> str:
    """Where the visitor came from, by their own word, if that is a page of this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(
        wanted, {request.get_host()}, require_https=request.is_secure()
    ):
        return wanted
    return resolve_url(fallback)


def find_account(handle: str) -> Account:
    """Raises Http404."""
    account = Account.objects.practice().filter(handle__iexact=_sayable(handle)).first()
    if account is None:
        raise Http404(handle)
    return account


def _sayable(part: str) -> str:
    """A part of an address. Raises Http404 for what no database could hold."""
    if "\x00" in part:
        raise Http404
    return part


def find_post(handle: str, number: str, *, reader: Account | None) -> Post:
    """One that the reader may read, also after it was taken back. Raises Http404."""
    author = find_account(handle)
    found = Post.objects.practice().readable_by(reader).select_related("parent__author")
    post = found.filter(uri=f"{author.uri}/{_sayable(number)}").first()
    if post is None:
        raise Http404(number)
    post.author = author
    return post


def find_living_post(handle: str, number: str, *, reader: Account | None) -> Post:
    """Raises Http404, also for what was taken back."""
    post = find_post(handle, number, reader=reader)
    if post.deleted_at:
        raise Http404(number)
    return post


def is_open(post: Post) -> bool:
    """Whether anybody may read it, and so pass it on."""
    return Visibility(post.visibility) in OPEN


def post_page(post: Post) -> str:
    return reverse("microblog:post", args=[post.author.handle, post.number])

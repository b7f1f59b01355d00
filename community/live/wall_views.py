"""The wall's page, what it asks for, and the page from which it is moderated."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_GET, require_POST

from community.live.audiences import audience_of, find_event, may_moderate_wall, must_be_here
from community.live.boards import find_board, show_board, tell_changes
from community.live.qr import draw_qr
from community.live.wall import WALL, decide, look_at_wall, may_be_put_up, slips_of
from community.models import LiveEvent, User, WallDecision
from community.sites import base_url
from microblog.models import Post

NOTHING_NEW, NO_MORE = 204, 286
THEMES = ("light", "dark")


@require_GET
def wall(request: HttpRequest, slug: str) -> HttpResponse:
    event, now = find_event(request, slug), timezone.now()
    seen = look_at_wall(slug, audience_of(request), now=now)
    board = find_board(seen.token)
    address = f"{base_url(event.site_id)}{reverse('live:room', args=[slug])}"
    theme = request.GET.get("theme", "")
    context = {
        "event": event,
        "board": board,
        "changes": show_board(board),
        "place": WALL,
        "ear": reverse("live:wall_posts", args=[slug]),
        "is_closed": seen.is_closed(now),
        "address": address.partition("://")[2],
        "qr": draw_qr(address),
        "theme": theme if theme in THEMES else "",
        "may_moderate": may_moderate_wall(request, event),
    }
    return render(request, "community/live/wall.html", context)


@require_GET
def wall_posts(request: HttpRequest, slug: str) -> HttpResponse:
    """What is new since the board ?since=; 204 for nothing, 286 when the wall comes down."""
    must_be_here(request, slug)
    now = timezone.now()
    try:
        seen = look_at_wall(slug, audience_of(request), now=now)
    except LiveEvent.DoesNotExist as error:
        raise Http404(slug) from error
    since, ear = request.GET.get("since", ""), reverse("live:wall_posts", args=[slug])
    is_new = since != seen.token
    told = tell_changes(since, seen.token, place=WALL, ear=ear) if is_new else ""
    nothing = NO_MORE if seen.is_closed(now) else NOTHING_NEW
    answer = HttpResponse(told) if told else HttpResponse(status=nothing)
    answer["Cache-Control"] = "private, no-store"
    return answer


@login_required
@require_GET
def moderate(request: HttpRequest, slug: str) -> HttpResponse:
    """All recent posts with what was decided about them; ?since= as an open page asks."""
    event = _to_moderate(request, slug)
    is_part = "since" in request.GET
    return _show_slips(request, event, is_part=is_part, known=request.GET.get("since", ""))


@login_required
@require_POST
def decide_view(request: HttpRequest, slug: str) -> HttpResponse:
    """POST: verdict, and the post that it is about."""
    event = _to_moderate(request, slug)
    wanted, post = request.POST.get("verdict", ""), None
    if wanted not in WallDecision.Verdict.values:
        raise Http404(wanted)
    verdict = WallDecision.Verdict(wanted)
    if verdict not in WallDecision.ABOUT_THE_WALL:
        post = _find_post(event, request.POST.get("post", ""))
    decide(event, verdict, post=post, by=cast(User, request.user), now=timezone.now())
    if request.headers.get("HX-Request"):
        return _show_slips(request, event, is_part=True)
    there = reverse("live:moderate", args=[slug])
    return redirect(f"{there}#slip-{post.pk}" if post else there)


def _show_slips(
    request: HttpRequest, event: LiveEvent, *, is_part: bool, known: str = ""
) -> HttpResponse:
    rules, slips, token = slips_of(event, audience_of(request))
    if known == token:
        return HttpResponse(status=NOTHING_NEW)
    context = {"event": event, "rules": rules, "slips": slips, "token": token}
    name = "parts/slips" if is_part else "wall_moderate"
    answer = render(request, f"community/live/{name}.html", context)
    add_never_cache_headers(answer)
    return answer


def _to_moderate(request: HttpRequest, slug: str) -> LiveEvent:
    """Raises PermissionDenied."""
    event = find_event(request, slug)
    if not may_moderate_wall(request, event):
        raise PermissionDenied
    return event


def _find_post(event: LiveEvent, wanted: str) -> Post:
    """Raises Http404 for what has no place on this wall."""
    if not wanted.isdecimal() or len(wanted) > 18 or not may_be_put_up(event, int(wanted)):
        raise Http404(wanted)
    return get_object_or_404(Post, pk=int(wanted))

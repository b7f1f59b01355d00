"""The live room's page, and what an open page asks for."""

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from community.live.audiences import audience_of, find_event, must_be_here
from community.live.boards import MARK, Board, find_board, show_board, tell_changes
from community.live.room import ROOM, look
from community.models import LiveEvent
from community.tutoring.access import may_tutor
from microblog.timeline.identity import speaker_of
from microblog.views.reading import answer_form, composer_context

NOTHING_NEW, NO_MORE = 204, 286
"""286 is htmx's own: stop asking."""


@require_GET
def room(request: HttpRequest, slug: str) -> HttpResponse:
    event, now = find_event(request, slug), timezone.now()
    seen = look(slug, audience_of(request), now=now)
    board = find_board(seen.token)
    context = {
        "event": event,
        "board": board,
        "changes": show_board(board),
        "place": ROOM,
        "ear": reverse("live:room_posts", args=[slug]),
        "is_live": event.is_live(now),
        "is_over": event.is_over(now),
        "is_closed": seen.is_closed(now),
        **_composer(request, event),
    }
    page = render_to_string("community/live/room.html", context, request)
    for_tutors = request.user.is_authenticated and may_tutor(request.user)
    answer = HttpResponse(_mark_newcomers(page, board) if for_tutors else MARK.sub("", page))
    if request.user.is_authenticated:
        add_never_cache_headers(answer)
    return answer


@require_GET
def room_posts(request: HttpRequest, slug: str) -> HttpResponse:
    """What is new since the board ?since=, as htmx puts it into the page; 204 for nothing, 286 when
    the room is closed."""
    must_be_here(request, slug)
    now = timezone.now()
    try:
        seen = look(slug, audience_of(request), now=now)
    except LiveEvent.DoesNotExist as error:
        raise Http404(slug) from error
    since = request.GET.get("since", "")
    told = _tell(request, slug, since, seen.token) if since != seen.token else ""
    nothing = NO_MORE if seen.is_closed(now) else NOTHING_NEW
    answer = HttpResponse(told) if told else HttpResponse(status=nothing)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _tell(request: HttpRequest, slug: str, since: str, token: str) -> str:
    ear = reverse("live:room_posts", args=[slug])
    if not request.user.is_authenticated or not may_tutor(request.user):
        return tell_changes(since, token, place=ROOM, ear=ear)
    told = tell_changes(since, token, place=ROOM, ear=ear, marks=True)
    return _mark_newcomers(told, find_board(token))


def _mark_newcomers(html: str, board: Board | None) -> str:
    """Written into the copy of a tutor, never into what all share."""
    newcomers = board.newcomers if board else frozenset()
    mark = render_to_string("community/live/parts/newcomer.html") if newcomers else ""
    return MARK.sub(lambda place: mark if int(place[1]) in newcomers else "", html)


def _composer(request: HttpRequest, event: LiveEvent) -> dict[str, object]:
    """With the hashtag filled in, for people with an account on the practice timeline."""
    me = speaker_of(request)
    if me is None or event.is_cancelled:
        return {}
    again = f" #{event.said_hashtag}"
    form = answer_form(request, me, None, text=again)
    return {
        "me": me,
        "again": again,
        "next": request.path,
        **composer_context(request, form),
        "submit_label": _("Post"),
    }

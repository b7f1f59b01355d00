"""Going through a past event alone: before, during, after, each in one's own time."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from django_ratelimit.decorators import ratelimit

from community.joining import person_of
from community.live.audiences import find_event, may_read_practice
from community.live.chat.reading import Chat, Part, fill_by_question, read_chat
from community.live.chat.writing import doors, replay_text, servers_of
from community.live.replay_comparing import others_then
from community.live.replaying import (
    ENOUGH_POSTS,
    NothingToReplay,
    Progress,
    may_replay,
    read_replay,
    start_replay,
)
from community.models import Consent, LiveEvent, Participant, Replay, User

STEPS = ("before", "during", "after")


@require_GET
@never_cache
def replay(request: HttpRequest, slug: str) -> HttpResponse:
    """?step= before, during or after; without it, where the reader is."""
    event = find_event(request, slug)
    if not may_replay(event, now=timezone.now()):
        raise Http404(slug)
    me = person_of(request.user) if request.user.is_authenticated else None
    mine, progress = read_replay(event, me) if me else (None, Progress())
    step = request.GET.get("step", "")
    step = step if step in STEPS else _where(mine)
    context = {
        "event": event,
        "me": me,
        "keeps_nothing": bool(me and me.consent == Consent.NOTHING),
        "replay": mine,
        "progress": progress,
        "enough": ENOUGH_POSTS,
        "step": step,
        "tabs": _tabs(request, step),
        "doors": doors(replay_text(event), servers_of(me)),
        **_chat(request, event, me),
        "others": _others(request, event, me, progress) if step == "after" else [],
    }
    return render(request, "community/live/replay.html", context)


def _where(mine: Replay | None) -> str:
    if mine is None:
        return "before"
    return "after" if mine.finished_at else "during"


def _tabs(request: HttpRequest, step: str) -> list[dict[str, object]]:
    labels = {"before": _("Before"), "during": _("During"), "after": _("After")}
    return [
        {"label": labels[one], "url": f"{request.path}?step={one}", "current": one == step}
        for one in STEPS
    ]


def _chat(request: HttpRequest, event: LiveEvent, me: Participant | None) -> dict[str, object]:
    """For a tweetchat: the question the reader is at, and what others said to those answered."""
    if event.kind != LiveEvent.Kind.TWEETCHAT:
        return {"is_chat": False}
    chat = read_chat(
        event,
        me=me,
        language=get_language() or event.language,
        with_practice=may_read_practice(request),
    )
    answered = [part for part in chat.parts if part.is_answered]
    fill_by_question(Chat(answered, 0), most=5)
    current: Part | None = next((part for part in chat.parts if part not in answered), None)
    return {"is_chat": True, "chat": chat, "answered": answered, "current": current}


def _others(
    request: HttpRequest, event: LiveEvent, me: Participant | None, progress: Progress
) -> list[object]:
    """Only for those who have spoken first: one's own words come easier before reading others."""
    if me is None or not (progress.posts or progress.answered):
        return []
    return list(others_then(event, besides=me, with_practice=may_read_practice(request)))


@require_POST
@login_required
@ratelimit(key="user", rate="30/h", block=True)
def start(request: HttpRequest, slug: str) -> HttpResponse:
    event, me = find_event(request, slug), person_of(cast(User, request.user))
    if me.consent == Consent.NOTHING:
        messages.info(request, _("You asked us to keep nothing: change that first, if you like."))
        return redirect("community:settings")
    try:
        start_replay(event, me, now=timezone.now())
    except NothingToReplay as error:
        raise Http404(slug) from error
    return redirect(reverse("live:replay", args=[slug]) + "?step=during")

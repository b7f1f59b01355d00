"""The pages of a tweetchat: its questions and answers, one question, the transcript."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from community.joining import person_of
from community.live.audiences import find_event, may_read_practice
from community.live.chat.reading import (
    MOST_SHOWN,
    Chat,
    by_person,
    fill_by_question,
    pages_of,
    read_chat,
)
from community.live.chat.transcribing import as_text, as_values, leave_secrets_out
from community.live.replaying import may_replay
from community.models import LiveEvent, Participant


def find_chat(request: HttpRequest, slug: str) -> LiveEvent:
    """Raises Http404."""
    event = find_event(request, slug)
    if event.kind != LiveEvent.Kind.TWEETCHAT:
        raise Http404(slug)
    return event


def reader(request: HttpRequest) -> Participant | None:
    return person_of(request.user) if request.user.is_authenticated else None


@require_GET
def questions(request: HttpRequest, slug: str) -> HttpResponse:
    """?by=person groups by person (?page= from 1); by question otherwise."""
    event, me = find_chat(request, slug), reader(request)
    chat = _read(request, event, me)
    people_first = request.GET.get("by") == "person"
    context = _context(request, event, chat, me)
    if people_first:
        page = _page(request)
        speakers, goes_on = by_person(chat, page)
        context |= {
            "speakers": speakers,
            "older_url": f"?by=person&page={page + 1}" if goes_on else "",
            "newer_url": f"?by=person&page={page - 1}" if page > 1 else "",
        }
    else:
        fill_by_question(chat)
    context |= {"people_first": people_first, "tabs": _tabs(request, people_first)}
    return render(request, "community/live/questions.html", context)


@require_GET
def question(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Every answer to one question."""
    event, me = find_chat(request, slug), reader(request)
    chat = _read(request, event, me)
    parts = [part for part in chat.parts if part.question.number == number]
    if not parts:
        raise Http404(slug)
    only = Chat(parts, 0)
    fill_by_question(only, most=MOST_SHOWN)
    return render(
        request,
        "community/live/questions_one.html",
        {**_context(request, event, only, me), "part": parts[0]},
    )


@require_GET
def transcript(request: HttpRequest, slug: str, form: str = "") -> HttpResponse:
    """`form`: "" for a page to print, of as many questions as have room; "txt" or "json" for a
    file."""
    event = find_chat(request, slug)
    chat = _read(request, event, None)
    if not form:
        return _transcript_page(request, event, chat)
    fill_by_question(chat, most=MOST_SHOWN)
    leave_secrets_out(chat)
    if form == "json":
        response: HttpResponse = JsonResponse(
            as_values(event, chat), json_dumps_params={"ensure_ascii": False, "indent": 1}
        )
    else:
        response = HttpResponse(as_text(event, chat), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{event.slug}.{form}"'
    return response


def _transcript_page(request: HttpRequest, event: LiveEvent, chat: Chat) -> HttpResponse:
    page = Paginator(pages_of(chat, most=MOST_SHOWN), 1).get_page(request.GET.get("page"))
    shown = Chat(page.object_list[0] if page.object_list else [], chat.to_come)
    fill_by_question(shown, most=MOST_SHOWN)
    leave_secrets_out(shown)
    context = {
        "event": event,
        "chat": shown,
        "people": chat.people,
        "page": page,
        "is_over": event.is_over(timezone.now()),
    }
    return render(request, "community/live/transcript.html", context)


def _read(request: HttpRequest, event: LiveEvent, me: Participant | None) -> Chat:
    return read_chat(
        event,
        me=me,
        language=get_language() or event.language,
        with_practice=may_read_practice(request),
    )


def _context(
    request: HttpRequest, event: LiveEvent, chat: Chat, me: Participant | None
) -> dict[str, object]:
    now = timezone.now()
    return {
        "event": event,
        "chat": chat,
        "me": me,
        "is_live": event.is_live(now),
        "is_over": event.is_over(now),
        "may_replay": may_replay(event, now=now),
        "may_conduct": request.user.has_perm("community.change_liveevent"),
    }


def _page(request: HttpRequest) -> int:
    wanted = request.GET.get("page", "1")
    return int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 6 else 1


def _tabs(request: HttpRequest, people_first: bool) -> list[dict[str, object]]:
    return [
        {"label": _("By question"), "url": request.path, "current": not people_first},
        {"label": _("By person"), "url": f"{request.path}?by=person", "current": people_first},
    ]

"""Timelines, threads and what is new in them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from microblog.forms import ComposeForm
from microblog.hashtags import normalise
from microblog.models import Account, Post, TimelineSettings
from microblog.text import clean_text, read_text
from microblog.timeline.conversations import read_conversation
from microblog.timeline.identity import may_moderate, speaker_of
from microblog.timeline.streams import (
    MOST_NEW,
    Key,
    Timeline,
    hashtag_timeline,
    home_timeline,
    local_timeline,
)
from microblog.views.doors import ASKING, find_post, readers, speakers, too_fast


@readers
def local(request: HttpRequest) -> HttpResponse:
    me = speaker_of(request)
    return show_timeline(request, local_timeline(me), "microblog/local.html", **_frame(request, me))


@speakers
def home(request: HttpRequest, me: Account) -> HttpResponse:
    return show_timeline(request, home_timeline(me), "microblog/home.html", **_frame(request, me))


@readers
def hashtag(request: HttpRequest, name: str) -> HttpResponse:
    timeline = hashtag_timeline(speaker_of(request), normalise(clean_text(name)))
    return show_timeline(request, timeline, "microblog/hashtag.html", name=name.lstrip("#"))


def show_timeline(
    request: HttpRequest, timeline: Timeline, template: str, **context: Any
) -> HttpResponse:
    """A page of it; or, for the script of an open page, what is new since its newest post."""
    after = Key.parse(request.GET.get("after", ""))
    if "part" in request.GET:
        return _show_news(request, timeline, after)
    before = Key.parse(request.GET.get("before", ""))
    page = timeline.page(before=before)
    context |= {
        "me": timeline.reader,
        "entries": page.entries,
        "newest": str(page.newest or Key.beginning()),
        "is_first": before is None,
        "newer_url": request.path if before else "",
        "older_url": f"{request.path}?before={page.older}" if page.older else "",
        "may_moderate": may_moderate(request),
    }
    return render(request, template, context)


def _show_news(request: HttpRequest, timeline: Timeline, after: Key | None) -> HttpResponse:
    """part=count: how many are new, nothing (204) for none; part=posts: they themselves."""
    if after is None or too_fast(request, "news", ASKING):
        return HttpResponse(status=204)
    if request.GET["part"] == "count":
        count = timeline.count_newer(after)
        if not count:
            return HttpResponse(status=204)
        context = {"count": count, "many": count >= MOST_NEW, "newest": str(after)}
        return render(request, "microblog/parts/news_button.html", context)
    page = timeline.newer(after)
    context = {
        "me": timeline.reader,
        "entries": page.entries,
        "newest": str(page.newest or after),
        "may_moderate": may_moderate(request),
    }
    return render(request, "microblog/parts/news.html", context)


@readers
def post(request: HttpRequest, handle: str, number: str) -> HttpResponse:
    """A post in its thread, with room for an answer."""
    me = speaker_of(request)
    found = find_post(handle, number, reader=me)
    after = request.GET.get("after", "")
    conversation = read_conversation(
        found, reader=me, after=int(after) if after.isdecimal() and len(after) < 19 else 0
    )
    context = {
        "me": me,
        "conversation": conversation,
        "may_moderate": may_moderate(request),
        "description": found.content_warning or found.text[:200],
    }
    if me is not None and not found.deleted_at:
        context |= composer_context(request, answer_form(request, me, conversation.post))
    return render(request, "microblog/post.html", context, status=410 if found.deleted_at else 200)


def character_limit(request: HttpRequest) -> int:
    return TimelineSettings.for_request(request).character_limit


def answer_form(
    request: HttpRequest, me: Account, parent: Post | None, *, text: str = ""
) -> ComposeForm:
    """An empty composer; an answer begins with those whom it is for, as on other networks."""
    if parent is not None:
        named = [parent.author.handle] if parent.author_id != me.pk else []
        named += read_text(parent.text).handles
        known = dict.fromkeys(handle.casefold() for handle in named)
        known.pop(me.handle.casefold(), None)
        text = " ".join([*(f"@{handle}" for handle in known), text]) if known else text
    return ComposeForm(
        author=me, limit=character_limit(request), in_reply_to=parent, text=text[:5000]
    )


def composer_context(request: HttpRequest, form: ComposeForm) -> dict[str, Any]:
    parent = form.in_reply_to
    continues = parent is not None and parent.author_id == form.author.pk
    labels = {None: _("Post"), True: _("Add to your thread"), False: _("Answer")}
    return {
        "form": form,
        "limit": form.limit,
        "in_reply_to": parent,
        "continues": continues,
        "action": reverse("microblog:compose"),
        "submit_label": labels[None if parent is None else continues],
    }


def _frame(request: HttpRequest, me: Account | None) -> dict[str, Any]:
    """Tabs and, on the first page, the composer; nothing for strangers."""
    if me is None:
        return {}
    frame: dict[str, Any] = {"tabs": _tabs(request)}
    if not {"before", "part"} & request.GET.keys():
        frame |= composer_context(request, answer_form(request, me, None))
    return frame


def _tabs(request: HttpRequest) -> list[dict[str, object]]:
    pages = [
        (_("People I follow"), reverse("microblog:home_timeline")),
        (_("Everybody here"), reverse("microblog:local_timeline")),
    ]
    return [{"label": label, "url": url, "current": url == request.path} for label, url in pages]

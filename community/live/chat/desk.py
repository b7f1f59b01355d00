"""The organisers' page from which a tweetchat is conducted, in the Wagtail admin."""

from collections.abc import Callable, Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList
from wagtail.admin.widgets import Button

from community.live.chat.answering import confirm_answer
from community.live.chat.asking import NotNow, ask_question, words_of
from community.live.chat.conducting import (
    change_interval,
    pause,
    read_score,
    resume,
    skip,
    take_up,
)
from community.models import ChatAnswer, ChatQuestion, ChatRhythm, LiveEvent
from community.moocs import Moocs
from microblog.models import Connection

RIGHT = "community.change_liveevent"
MOST_DOUBTS = 30
may_conduct = permission_required(RIGHT, raise_exception=True)

QUESTIONS = ObjectList(
    [
        InlinePanel(
            "questions",
            label=gettext_lazy("question"),
            panels=[
                FieldRowPanel(
                    [FieldPanel("number"), FieldPanel("planned_minute"), FieldPanel("by_hand")]
                ),
                FieldPanel("text_fr"),
                FieldPanel("text_en"),
                FieldPanel("tip_fr"),
                FieldPanel("tip_en"),
            ],
        )
    ],
    heading=gettext_lazy("Questions"),
    help_text=gettext_lazy("For a tweetchat: Q1, Q2… in the order in which they are asked."),
)
"""A tab of the event's editor."""


class IntervalForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = ChatRhythm
        fields = ["interval"]


class ConfirmForm(forms.Form):
    """Which question a post answers."""

    question = forms.ModelChoiceField(ChatQuestion.objects.none())

    def __init__(self, *args: Any, event: LiveEvent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["question"].queryset = event.questions.all()  # type: ignore[attr-defined]


def _chat(pk: int) -> LiveEvent:
    return get_object_or_404(LiveEvent, pk=pk, kind=LiveEvent.Kind.TWEETCHAT)


def _question(pk: int, number: int) -> ChatQuestion:
    questions = ChatQuestion.objects.select_related("event")
    return get_object_or_404(
        questions, event=pk, event__kind=LiveEvent.Kind.TWEETCHAT, number=number
    )


@require_GET
@may_conduct
def conduct(request: HttpRequest, pk: int) -> HttpResponse:
    event, now = _chat(pk), timezone.now()
    score = read_score(event, now=now)
    moocs = Moocs.read()
    mooc = moocs.of_site(event.site_id)
    connections = moocs.voices_of(mooc, Connection.objects.enabled())
    said = []
    if score.next:
        score.next.event = event
        for connection in connections:
            text, language = words_of(score.next, connection, mooc=mooc)
            said.append({"connection": connection, "text": text, "language": language})
    context = {
        "page_title": _("Conduct the chat"),
        "page_subtitle": event.title,
        "header_icon": "date",
        "event": event,
        "score": score,
        "said": said,
        "connections": connections,
        "form": IntervalForm(instance=score.rhythm),
        "doubts": _doubts(event),
        "is_over": event.is_over(now),
    }
    return render(request, "community/live/admin/conduct.html", context)


def _doubts(event: LiveEvent) -> list[ChatAnswer]:
    """Posts that may be answers, the newest first, for a person to decide."""
    likely = ChatAnswer.objects.shown().filter(question__event=event, how=ChatAnswer.How.LIKELY)
    found = likely.select_related("post__author", "question").order_by("-post__said_at")
    return list(found[:MOST_DOUBTS])


def _back(event_pk: int) -> HttpResponse:
    return redirect("chat_conduct", event_pk)


@require_POST
@may_conduct
def ask(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    question = _question(pk, number)
    try:
        asked = ask_question(question, now=timezone.now())
    except NotNow as problem:
        messages.error(request, str(problem))
    else:
        told = _("Q%(number)s is on its way.") if asked else _("Q%(number)s was asked already.")
        messages.success(request, told % {"number": number})
    return _back(pk)


@require_POST
@may_conduct
def leave_out(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    if skip(_question(pk, number), now=timezone.now()):
        messages.success(request, _("Q%(number)s is left out.") % {"number": number})
    return _back(pk)


@require_POST
@may_conduct
def take_back_in(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    if take_up(_question(pk, number)):
        messages.success(request, _("Q%(number)s has its turn again.") % {"number": number})
    return _back(pk)


@require_POST
@may_conduct
def rest(request: HttpRequest, pk: int) -> HttpResponse:
    pause(_chat(pk), now=timezone.now())
    messages.success(request, _("The rhythm rests: questions wait for you."))
    return _back(pk)


@require_POST
@may_conduct
def go_on(request: HttpRequest, pk: int) -> HttpResponse:
    resume(_chat(pk), now=timezone.now())
    messages.success(request, _("The rhythm goes on."))
    return _back(pk)


@require_POST
@may_conduct
def interval(request: HttpRequest, pk: int) -> HttpResponse:
    event = _chat(pk)
    form = IntervalForm(request.POST)
    if form.is_valid():
        change_interval(event, minutes=form.cleaned_data["interval"], now=timezone.now())
        messages.success(request, _("The interval is changed."))
    else:
        messages.error(request, _("Give a number of minutes, one at least."))
    return _back(pk)


@require_POST
@may_conduct
def confirm(request: HttpRequest, pk: int, answer: int) -> HttpResponse:
    event = _chat(pk)
    found = get_object_or_404(
        ChatAnswer.objects.counted().select_related("post__author"),
        pk=answer,
        question__event=event,
    )
    form = ConfirmForm(request.POST, event=event)
    if form.is_valid():
        question = form.cleaned_data["question"]
        confirm_answer(found, question=question)
        messages.success(
            request, _("It is an answer to Q%(number)s now.") % {"number": question.number}
        )
    return _back(pk)


def listing_buttons(snippet: object, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """Beside each tweetchat in the list of live events."""
    is_chat = isinstance(snippet, LiveEvent) and snippet.kind == LiveEvent.Kind.TWEETCHAT
    if is_chat and user.has_perm(RIGHT):
        yield Button(
            _("Conduct the chat"),
            reverse("chat_conduct", args=[snippet.pk]),  # type: ignore[attr-defined]
            icon_name="comment",
            priority=15,
        )


def _at(address: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
    return path(f"chats/<int:pk>/{address}", view, name=name)


URLS = [
    _at("", conduct, "chat_conduct"),
    _at("ask/<int:number>/", ask, "chat_ask"),
    _at("skip/<int:number>/", leave_out, "chat_skip"),
    _at("take-up/<int:number>/", take_back_in, "chat_take_up"),
    _at("pause/", rest, "chat_pause"),
    _at("resume/", go_on, "chat_resume"),
    _at("interval/", interval, "chat_interval"),
    _at("confirm/<int:answer>/", confirm, "chat_confirm"),
]

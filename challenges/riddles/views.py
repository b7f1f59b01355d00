"""The questions that wait, and the clicks that answer them."""

from collections.abc import Callable, Sequence
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from challenges.models import PhotoRiddlePage, Question
from challenges.riddles.answering import (
    answer_question,
    change_answer,
    may_answer,
    set_aside,
    take_up,
    undo_answer,
)
from challenges.riddles.forms import AnswerForm
from challenges.riddles.reading import answered_lately, waiting_questions
from community.models import User
from community.sites import site_here

View = Callable[..., HttpResponse]


class AnswerRequest(HttpRequest):
    """One that has passed `answerers`."""

    user: User


def answerers(view: View) -> View:
    """Hands the question over. Raises PermissionDenied."""

    @wraps(view)
    def guarded(request: HttpRequest, pk: int = 0) -> HttpResponse:
        if not may_answer(request.user):
            raise PermissionDenied
        if not pk:
            return view(request)
        return view(request, get_object_or_404(Question.objects.select_related("post"), pk=pk))

    return login_required(guarded)


@require_GET
@answerers
def questions(request: AnswerRequest) -> HttpResponse:
    site_id = site_here(request)
    riddles = waiting_questions(site_id)
    context = {
        "riddles": riddles,
        "answered": answered_lately(site_id),
        "form": AnswerForm(auto_id=False),
        "first": riddles[0].groups[0].first.pk if riddles else None,
        "goes_on": "next" in request.GET,
    }
    return render(request, "challenges/riddles/questions.html", context)


@require_POST
@answerers
def answer(request: AnswerRequest, question: Question) -> HttpResponse:
    form = AnswerForm(request.POST, secret=_secret(question))
    if not form.is_valid():
        return _say_errors(request, form)
    told = answer_question(
        question,
        Question.Answer(form.cleaned_data["answer"]),
        by=request.user,
        words=form.cleaned_data["words"],
        told_as=form.cleaned_data["told_as"],
        now=timezone.now(),
    )
    if told:
        words = ngettext(
            "Answered. You can take it back for twenty seconds, and change it later.",
            "Answered %(count)s people at once. You can take it back for twenty seconds, and "
            "change it later.",
            told,
        )
        messages.success(request, words % {"count": told})
    else:
        messages.info(request, _("Somebody answered already."))
    return _to_the_next()


@require_POST
@answerers
def change(request: AnswerRequest, question: Question) -> HttpResponse:
    form = AnswerForm(request.POST, secret=_secret(question))
    if not form.is_valid():
        return _say_errors(request, form)
    if change_answer(
        question,
        Question.Answer(form.cleaned_data["answer"]),
        by=request.user,
        words=form.cleaned_data["words"],
        told_as=form.cleaned_data["told_as"],
        now=timezone.now(),
    ):
        messages.success(request, _("Changed. What was said already is being edited."))
    return _to_the_next()


@require_POST
@answerers
def undo(request: AnswerRequest, question: Question) -> HttpResponse:
    if undo_answer(question):
        messages.success(request, _("Taken back: the question waits again."))
    else:
        messages.info(request, _("It was said already: you can still change it."))
    return _to_the_next()


@require_POST
@answerers
def aside(request: AnswerRequest, question: Question) -> HttpResponse:
    if set_aside(question):
        messages.success(request, _("Set aside: it was no question."))
    else:
        messages.info(request, _("Somebody answered already."))
    return _to_the_next()


@require_POST
@answerers
def again(request: AnswerRequest, question: Question) -> HttpResponse:
    take_up(question)
    return _to_the_next()


def _secret(question: Question) -> Sequence[str]:
    """Nothing is secret after the reveal."""
    riddle = PhotoRiddlePage.objects.filter(
        translation_key=question.challenge_key, revealed_at=None
    ).first()
    return riddle.secrets[0] if riddle else ()


def _say_errors(request: AnswerRequest, form: AnswerForm) -> HttpResponse:
    for errors in form.errors.values():
        for error in errors:
            messages.error(request, str(error))
    return redirect("review:questions")


def _to_the_next() -> HttpResponse:
    return redirect(f"{reverse('review:questions')}?next=1")

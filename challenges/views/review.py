"""Answers that wait for a person, and what a person decides about them."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from challenges.catalogue import all_challenges
from challenges.models import Screening, Submission
from challenges.review_forms import AcceptForm, AskForm, AttachForm, DetachForm
from challenges.review_pages import (
    beside_tasks,
    decisions_about,
    latest_decisions,
    with_posts,
)
from challenges.reviewing import (
    PostNotFound,
    accept_answer,
    answers_to_review,
    ask_for_more,
    attach_post,
    detach_post,
    find_post,
    may_review,
)
from community.models import User
from community.sites import site_here
from microblog.models import Post

View = Callable[..., HttpResponse]
A_PAGE = 20


class ReviewRequest(HttpRequest):
    """One that has passed `reviewers`."""

    user: User


def reviewers(view: View) -> View:
    """Raises PermissionDenied."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not may_review(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return login_required(guarded)


@require_GET
@reviewers
def waiting(request: ReviewRequest) -> HttpResponse:
    waiting = with_posts(answers_to_review(site_here(request)))
    page = Paginator(waiting, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "answers": beside_tasks(page.object_list),
        "accept_form": AcceptForm(auto_id=False),
        "ask_form": AskForm(auto_id=False),
    }
    return render(request, "challenges/review/waiting.html", context)


@require_GET
@reviewers
def decisions(request: ReviewRequest) -> HttpResponse:
    found = latest_decisions(site_here(request))
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    return render(request, "challenges/review/decisions.html", {"page": page})


@require_GET
@reviewers
def post(request: ReviewRequest, pk: int) -> HttpResponse:
    screened = Screening.objects.select_related("challenge")
    screening = get_object_or_404(screened, post=pk)
    found = Submission.objects.filter(post=pk).order_by("level_number")
    context = {
        "screening": screening,
        "post": Post.objects.with_faces().get(pk=pk),
        "answers": beside_tasks(with_posts(found)),
        "decisions": decisions_about(pk),
        "accept_form": AcceptForm(auto_id=False),
        "ask_form": AskForm(auto_id=False),
        "detach_form": DetachForm(),
    }
    return render(request, "challenges/review/post.html", context)


@require_POST
@reviewers
def accept(request: ReviewRequest, pk: int) -> HttpResponse:
    submission = get_object_or_404(Submission.objects.select_related("account", "post"), pk=pk)
    form = AcceptForm(request.POST)
    if not form.is_valid():
        return _say_errors(request, form, submission.post_id)
    note = form.cleaned_data["note"]
    if accept_answer(submission, by=request.user, note=note, now=timezone.now()):
        messages.success(request, _("Accepted. They will hear the good news."))
    else:
        messages.info(request, _("Somebody accepted it already."))
    return redirect("review:waiting")


@require_POST
@reviewers
def ask(request: ReviewRequest, pk: int) -> HttpResponse:
    submission = get_object_or_404(Submission.objects.select_related("account", "post"), pk=pk)
    form = AskForm(request.POST)
    if not form.is_valid():
        return _say_errors(request, form, submission.post_id)
    note = form.cleaned_data["note"]
    if ask_for_more(submission, by=request.user, note=note, now=timezone.now()):
        messages.success(request, _("Your words are on their way."))
    else:
        messages.info(request, _("Somebody decided already."))
    return redirect("review:waiting")


def _say_errors(request: ReviewRequest, form: AcceptForm | AskForm, post_id: int) -> HttpResponse:
    for errors in form.errors.values():
        for error in errors:
            messages.error(request, str(error))
    return redirect("review:post", pk=post_id)


@require_http_methods(["GET", "POST"])
@reviewers
def attach(request: ReviewRequest) -> HttpResponse:
    site_id = site_here(request)
    own = [one for one in all_challenges() if site_id in (None, one.site_id)]
    form = AttachForm(request.POST or None, challenges=own)
    if request.method == "POST" and form.is_valid():
        asked, now = form.cleaned_data, timezone.now()
        try:
            found = find_post(asked["address"], now=now)
        except PostNotFound as error:
            form.add_error("address", str(error))
        else:
            screening = attach_post(
                found, asked["challenge"], by=request.user, note=asked["note"], now=now
            )
            _say_what_came_of_it(request, screening)
            return redirect("review:post", pk=found.pk)
    return render(request, "challenges/review/attach.html", {"form": form})


def _say_what_came_of_it(request: ReviewRequest, screening: Screening) -> None:
    if screening.decision == Screening.Match.MATCHED:
        messages.success(request, _("Attached and judged."))
    else:
        reason = screening.get_decision_display()
        messages.warning(request, _("It can't be attached: %(reason)s.") % {"reason": reason})


@require_POST
@reviewers
def detach(request: ReviewRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Post, pk=pk)
    form = DetachForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    if detach_post(found, by=request.user, note=note, now=timezone.now()):
        messages.success(request, _("It is no answer any more."))
    return redirect("review:post", pk=pk)

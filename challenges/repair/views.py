"""Doors of repair: taking back a decision, judging one post anew, judging a challenge anew."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from challenges.models import ChallengePage, Decision, Rejudgement, Submission
from challenges.repair.rejudging import (
    AlreadyUnderWay,
    Preview,
    preview_rejudgement,
    rejudge_challenge,
    rejudge_post,
)
from challenges.repair.undoing import CannotUndo, ask_to_undo, undo_decision
from challenges.views.organising import conductors
from challenges.views.review import ReviewRequest, reviewers
from microblog.models import Post

MOST_DECISIONS = 50


@require_POST
@reviewers
def undo(request: ReviewRequest, pk: int) -> HttpResponse:
    decision = get_object_or_404(Decision, pk=pk)
    try:
        undo_decision(decision, by=request.user, now=timezone.now())
    except CannotUndo as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("Undone: all is as it was before."))
    return redirect("review:post", pk=decision.post_id)


@require_POST
@reviewers
def rejudge_one(request: ReviewRequest, pk: int) -> HttpResponse:
    post = get_object_or_404(Post.objects.alive(), pk=pk)
    changes = rejudge_post(post, by=request.user, now=timezone.now())
    if changes:
        messages.success(request, _("Judged anew: something changed."))
    else:
        messages.info(request, _("Judged anew: nothing changed."))
    return redirect("review:post", pk=pk)


@require_http_methods(["GET", "POST"])
@conductors
def rejudge(request: HttpRequest, page: ChallengePage) -> HttpResponse:
    """GET: what would change. POST: have it done."""
    if request.method == "POST":
        return _begin(request, page)
    preview = preview_rejudgement(page, now=timezone.now())
    runs = Rejudgement.objects.filter(challenge_key=page.translation_key)
    context = {
        "page_title": _("Judge anew"),
        "page_subtitle": page.title,
        "header_icon": "rotate",
        "challenge": page,
        "preview": preview,
        "sentences": _sentences(preview),
        "runs": runs.select_related("requested_by")[:5],
    }
    return render(request, "challenges/admin/rejudge.html", context)


def _begin(request: HttpRequest, page: ChallengePage) -> HttpResponse:
    by = request.user
    try:
        run = rejudge_challenge(page, by=by, now=timezone.now())  # type: ignore[arg-type]
    except AlreadyUnderWay as error:
        messages.warning(request, str(error))
        runs = Rejudgement.objects.filter(challenge_key=page.translation_key)
        run = runs.latest("pk")
    return redirect("challenge_rejudgement", pk=page.pk, number=run.pk)


def _sentences(preview: Preview) -> list[str]:
    """The figures as an organiser says them, the good news first."""
    order = {"accepted": 0, "with_tutor": 1, "not_yet": 2, "": 3}
    told = sorted(preview.counts.items(), key=lambda item: (order[item[0][1]], item[0]))
    return [
        _("%(before)s → %(after)s: %(count)s")
        % {"before": _outcome(before), "after": _outcome(after), "count": count}
        for (before, after), count in told
    ]


def _outcome(outcome: str) -> str:
    names = dict(Submission.OUTCOMES)
    return str(names[outcome]) if outcome else _("no answer")


@require_GET
@conductors
def rejudgement(request: HttpRequest, page: ChallengePage, number: int) -> HttpResponse:
    """How far it is, and what it changed."""
    run = get_object_or_404(Rejudgement, pk=number, challenge_key=page.translation_key)
    decisions = run.decisions.select_related("post__author", "undone").order_by("pk")
    context = {
        "page_title": _("Judge anew"),
        "page_subtitle": page.title,
        "header_icon": "rotate",
        "challenge": page,
        "run": run,
        "is_under_way": not run.finished_at or bool(run.undo_asked_at and not run.undone_at),
        "decisions": decisions[:MOST_DECISIONS],
    }
    return render(request, "challenges/admin/rejudgement.html", context)


@require_POST
@conductors
def undo_rejudgement(request: HttpRequest, page: ChallengePage, number: int) -> HttpResponse:
    run = get_object_or_404(Rejudgement, pk=number, challenge_key=page.translation_key)
    now = timezone.now()
    if not ask_to_undo(run, by=request.user, now=now):  # type: ignore[arg-type]
        messages.info(request, _("That was asked for already, or it isn't finished yet."))
    return redirect("challenge_rejudgement", pk=page.pk, number=number)

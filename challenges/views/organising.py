"""The organisers' desk in the admin: all challenges, and the buttons that conduct them."""

from collections.abc import Callable
from functools import wraps
from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from challenges.conducting import (
    NotNow,
    close_challenge,
    reopen_challenge,
    reveal_riddle,
    send_hint,
)
from challenges.forms import LaunchForm
from challenges.launching import LaunchRefused, latest_round, launch_challenge, preview_launch
from challenges.models import ChallengePage, PhotoRiddlePage
from challenges.overview import overview
from challenges.posts import NoPicture
from community.models import User
from community.moocs import Moocs
from community.sites import site_here, site_of_page
from microblog.models import Connection

View = Callable[..., HttpResponse]


def may_conduct(user: object, page: ChallengePage) -> bool:
    """Who may publish a challenge may launch, close and reveal it."""
    return bool(page.permissions_for_user(user).can_publish())


def conductors(view: View) -> View:
    """Hands the specific page to the view. Raises PermissionDenied."""

    @wraps(view)
    def guarded(request: HttpRequest, pk: int, **kwargs: object) -> HttpResponse:
        page = get_object_or_404(ChallengePage.objects.select_related("locale"), pk=pk)
        if not may_conduct(request.user, page):
            raise PermissionDenied
        return view(request, page.specific, **kwargs)

    return guarded


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    lines = [line for line in overview(site_here(request)) if may_conduct(request.user, line.page)]
    context = {
        "page_title": _("Challenges"),
        "header_icon": "pick",
        "lines": lines,
        "connections": Connection.objects.enabled().select_related("account"),
    }
    return render(request, "challenges/admin/desk.html", context)


@require_http_methods(["GET", "POST"])
@conductors
def launch(request: HttpRequest, page: ChallengePage) -> HttpResponse:
    """GET: what would be said where. POST: launch the round that the form means."""
    following = latest_round(page) + 1
    form = LaunchForm(
        request.POST or None, initial={"round": following}, site_id=site_of_page(page)
    )
    if request.method == "POST" and form.is_valid():
        return _launch(request, page, form, following)
    context = {
        "page_title": _("Launch"),
        "page_subtitle": page.title,
        "header_icon": "pick",
        "challenge": page,
        "form": form,
        "round": following,
        **_preview(page, following),
    }
    return render(request, "challenges/admin/launch.html", context)


def _launch(
    request: HttpRequest, page: ChallengePage, form: LaunchForm, following: int
) -> HttpResponse:
    wanted = form.cleaned_data["round"]
    try:
        launched = launch_challenge(
            page,
            by=cast(User, request.user),
            connections=form.chosen,
            at=form.cleaned_data["at"],
            round=wanted,
            now=timezone.now(),
        )
    except LaunchRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("challenge_desk")
    if wanted < following:
        messages.info(request, _("“%(title)s” was launched already.") % {"title": page.title})
    elif launched.due_at > timezone.now():
        messages.success(request, _("“%(title)s” will be launched then.") % {"title": page.title})
    else:
        messages.success(request, _("“%(title)s” is on its way.") % {"title": page.title})
    return redirect("challenge_desk")


def _preview(page: ChallengePage, round: int) -> dict[str, object]:
    moocs = Moocs.read()
    mooc = moocs.of_site(site_of_page(page))
    in_use = Connection.objects.enabled().select_related("account")
    try:
        said = preview_launch(page, moocs.voices_of(mooc, in_use), round=round, mooc=mooc)
    except NoPicture as error:
        return {"said": [], "picture_error": str(error)}
    return {"said": [{"connection": connection, "post": post} for connection, post in said]}


@require_POST
@conductors
def close(request: HttpRequest, page: ChallengePage) -> HttpResponse:
    if close_challenge(page, now=timezone.now()):
        messages.success(request, _("“%(title)s” is closed.") % {"title": page.title})
    return redirect("challenge_desk")


@require_POST
@conductors
def reopen(request: HttpRequest, page: ChallengePage) -> HttpResponse:
    if reopen_challenge(page):
        messages.success(request, _("“%(title)s” is open again.") % {"title": page.title})
    return redirect("challenge_desk")


@require_POST
@conductors
def hint(request: HttpRequest, page: ChallengePage, *, number: int) -> HttpResponse:
    try:
        given = isinstance(page, PhotoRiddlePage) and send_hint(
            page, number=number, now=timezone.now()
        )
    except (NotNow, NoPicture) as problem:
        messages.error(request, str(problem))
    else:
        told = (
            _("Hint %(number)s is on its way.")
            if given
            else _("Hint %(number)s was given already.")
        )
        messages.success(request, told % {"number": number})
    return redirect("challenge_desk")


@require_POST
@conductors
def reveal(request: HttpRequest, page: ChallengePage) -> HttpResponse:
    try:
        told = isinstance(page, PhotoRiddlePage) and reveal_riddle(page, now=timezone.now())
    except (NotNow, NoPicture) as problem:
        messages.error(request, str(problem))
    else:
        words = _("The answer is told.") if told else _("The answer was told already.")
        messages.success(request, words)
    return redirect("challenge_desk")

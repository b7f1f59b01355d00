"""Favourites, boosts, follows and reports."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from microblog.forms import ReportForm
from microblog.models import Account, Post, Report
from microblog.timeline.identity import may_moderate
from microblog.timeline.services import (
    follow as begin_to_follow,
)
from microblog.timeline.services import (
    report as send_report,
)
from microblog.timeline.services import (
    toggle_boost,
    toggle_favourite,
    unfollow,
)
from microblog.timeline.streams import fetch_posts
from microblog.views.doors import (
    REACTING,
    WRITING,
    find_account,
    find_living_post,
    is_open,
    next_page,
    post_page,
    slow_down,
    speakers,
    too_fast,
)


@require_POST
@speakers
def favourite(request: HttpRequest, me: Account, handle: str, number: str) -> HttpResponse:
    post = find_living_post(handle, number, reader=me)
    if too_fast(request, "react", REACTING):
        return slow_down(request)
    toggle_favourite(me, post, now=timezone.now())
    return _show_actions(request, me, post)


@require_POST
@speakers
def boost(request: HttpRequest, me: Account, handle: str, number: str) -> HttpResponse:
    post = find_living_post(handle, number, reader=me)
    if not is_open(post):
        raise Http404(number)
    if too_fast(request, "react", REACTING):
        return slow_down(request)
    toggle_boost(me, post, now=timezone.now())
    return _show_actions(request, me, post)


def _show_actions(request: HttpRequest, me: Account, post: Post) -> HttpResponse:
    if not request.headers.get("HX-Request"):
        return HttpResponseRedirect(f"{next_page(request, post_page(post))}#post-{post.pk}")
    context = {
        "me": me,
        "post": fetch_posts([post.pk], reader=me)[post.pk],
        "may_moderate": may_moderate(request),
    }
    return render(request, "microblog/parts/actions.html", context)


@require_POST
@speakers
def follow(request: HttpRequest, me: Account, handle: str) -> HttpResponse:
    """wanted=0 ends it; anything else begins it."""
    other = find_account(handle)
    if too_fast(request, "react", REACTING):
        return slow_down(request)
    wanted = request.POST.get("wanted") != "0"
    if wanted:
        begin_to_follow(me, other, now=timezone.now())
    else:
        unfollow(me, other)
    if not request.headers.get("HX-Request"):
        page = reverse("microblog:profile", args=[other.handle])
        return HttpResponseRedirect(next_page(request, page))
    other.is_followed = wanted
    return render(request, "microblog/parts/follow.html", {"me": me, "account": other})


@require_http_methods(["GET", "POST"])
@speakers
def report(request: HttpRequest, me: Account, handle: str, number: str) -> HttpResponse:
    post = find_living_post(handle, number, reader=me)
    return _report(request, me, post.author, post)


@require_http_methods(["GET", "POST"])
@speakers
def report_account(request: HttpRequest, me: Account, handle: str) -> HttpResponse:
    return _report(request, me, find_account(handle), None)


def _report(request: HttpRequest, me: Account, account: Account, post: Post | None) -> HttpResponse:
    form = ReportForm(request.POST or None)
    if request.method == "POST" and too_fast(request, "write", WRITING):
        return slow_down(request)
    if request.method == "POST" and form.is_valid():
        send_report(
            me,
            account,
            reason=Report.Reason(form.cleaned_data["reason"]),
            post=post,
            comment=form.cleaned_data["comment"],
        )
        messages.success(
            request, _("Thank you. The organisers will read your report; nobody else sees it.")
        )
        return HttpResponseRedirect(reverse("microblog:local_timeline"))
    context = {"me": me, "account": account, "post": post, "form": form}
    return render(request, "microblog/report.html", context, status=422 if form.errors else 200)

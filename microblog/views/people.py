"""Profiles: other people's, and one's own to be changed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from microblog.forms import OpenAccountForm, ProfileForm
from microblog.models import Account, Follow
from microblog.text import clean_text
from microblog.timeline.identity import speaker_of
from microblog.timeline.profiles import change_profile, count_ties, mark_followed
from microblog.timeline.services import open_practice_account
from microblog.timeline.streams import profile_timeline
from microblog.views.doors import (
    ASKING,
    WRITING,
    find_account,
    readers,
    slow_down,
    speakers,
    too_fast,
)
from microblog.views.reading import show_timeline

PEOPLE_ON_A_PAGE = 30
SUGGESTIONS = 6


@readers
def profile(request: HttpRequest, handle: str) -> HttpResponse:
    me = speaker_of(request)
    account = find_account(handle)
    ties = count_ties(account, reader=me)
    account.is_followed = ties.pop("is_followed") > 0
    timeline = profile_timeline(me, account)
    return show_timeline(request, timeline, "microblog/profile.html", account=account, **ties)


@readers
def following(request: HttpRequest, handle: str) -> HttpResponse:
    account = find_account(handle)
    people = Account.objects.filter(followers__follower=account).order_by("-followers__pk")
    return _show_people(request, account, people, title=_("Followed by %(name)s"))


@readers
def followers(request: HttpRequest, handle: str) -> HttpResponse:
    account = find_account(handle)
    people = Account.objects.filter(following__followed=account).order_by("-following__pk")
    return _show_people(request, account, people, title=_("Who follows %(name)s"))


def _show_people(
    request: HttpRequest, account: Account, people: QuerySet[Account], *, title: str
) -> HttpResponse:
    me = speaker_of(request)
    page = Paginator(people, PEOPLE_ON_A_PAGE).get_page(request.GET.get("page"))
    mark_followed(page.object_list, reader=me)
    context = {
        "me": me,
        "account": account,
        "page": page,
        "title": title % {"name": account.name},
    }
    return render(request, "microblog/people.html", context)


@require_GET
@speakers
def suggest(request: HttpRequest, me: Account) -> HttpResponse:
    """Options for ?q=, the beginning of a handle or name; those whom one follows come first."""
    begun = clean_text(request.GET.get("q", "")).lstrip("@")[:30]
    if not begun or too_fast(request, "suggest", ASKING):
        return HttpResponse(status=204)
    mine = Follow.objects.filter(follower=me, followed=OuterRef("pk"))
    people = (
        Account.objects.practice()
        .filter(Q(handle__istartswith=begun) | Q(display_name__istartswith=begun))
        .exclude(pk=me.pk)
        .order_by(Exists(mine).desc(), "handle")[:SUGGESTIONS]
    )
    return render(request, "microblog/parts/suggestions.html", {"people": people})


@require_http_methods(["GET", "POST"])
@speakers
def edit_profile(request: HttpRequest, me: Account) -> HttpResponse:
    form = ProfileForm(request.POST or None, request.FILES or None, instance=me)
    if request.method == "POST":
        if too_fast(request, "write", WRITING):
            return slow_down(request)
        if form.is_valid():
            change_profile(
                me,
                display_name=form.cleaned_data["display_name"],
                note=form.cleaned_data["note"],
                picture=form.cleaned_data["picture"],
                drop_picture=form.cleaned_data["drop_picture"],
            )
            messages.success(request, _("Your profile is changed."))
            return redirect("microblog:profile", me.handle)
    context = {"me": me, "form": form}
    return render(
        request, "microblog/edit_profile.html", context, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "POST"])
@login_required
def open_account(request: HttpRequest) -> HttpResponse:
    """For logins that came without a practice account, an administrator's for one."""
    me = speaker_of(request)
    if me is not None:
        return redirect("microblog:home_timeline")
    form = OpenAccountForm(
        request.POST or None, initial={"handle": request.user.get_username().lower()}
    )
    if request.method == "POST" and form.is_valid():
        try:
            open_practice_account(request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("handle", error)
        else:
            messages.success(request, _("Your account is open. Say hello!"))
            return HttpResponseRedirect(reverse("microblog:home_timeline"))
    status = 422 if form.errors else 200
    return render(request, "microblog/open_account.html", {"form": form}, status=status)

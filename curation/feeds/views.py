"""A member's own blog: added, looked at, paused and let go by themself."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from django_ratelimit.decorators import ratelimit
from wagtail.models import Site

from community.joining import person_of
from community.models import Consent, Participant, User
from curation.feeds.forms import AddressForm
from curation.feeds.sources import add_source, pause_source, remove_source, resume_source
from curation.models import Source

MOST_BLOGS = 5


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
@ratelimit(key="user", rate="20/h", method="POST")
def my_blog(request: HttpRequest) -> HttpResponse:
    person, site = _me(request), Site.find_for_request(request)
    mine = Source.objects.filter(site=site, owner=person)
    form = AddressForm(request.POST or None)
    found = []
    if request.method == "POST" and mine.count() >= MOST_BLOGS:
        messages.error(request, _("You have added as many blogs as there is room for."))
        return redirect("curation:my_blog")
    if request.method == "POST" and form.is_valid():
        found = form.found
        if len(found) == 1:
            _add(request, form, site, person)
            return redirect("curation:my_blog")
    context = {"mine": mine, "form": form, "found": found, "shows": person.consent == Consent.SHOW}
    return render(request, "curation/feeds/my_blog.html", context)


def _add(request: HttpRequest, form: AddressForm, site: Site, person: Participant) -> None:
    source, is_new = add_source(
        form.found[0],
        site=site,
        by=cast(User, request.user),
        owner=person,
        language=form.cleaned_data["language"],
        now=timezone.now(),
    )
    if is_new:
        messages.success(request, _("Your blog is followed. What you write there is read soon."))
    elif source.owner_id == person.pk:
        messages.info(request, _("Your blog is followed already."))
    else:
        messages.info(
            request,
            _("This blog is followed already. If it is yours, tell an organiser."),
        )


@login_required
@require_POST
def pause(request: HttpRequest, pk: int) -> HttpResponse:
    pause_source(_mine(request, pk), now=timezone.now())
    return redirect("curation:my_blog")


@login_required
@require_POST
@ratelimit(key="user", rate="20/h")
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    resume_source(_mine(request, pk), now=timezone.now())
    return redirect("curation:my_blog")


@login_required
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    remove_source(_mine(request, pk))
    messages.success(request, _("Your blog is no longer followed."))
    return redirect("curation:my_blog")


def _me(request: HttpRequest) -> Participant:
    return person_of(cast(User, request.user))


def _mine(request: HttpRequest, pk: int) -> Source:
    site = Site.find_for_request(request)
    return get_object_or_404(Source, pk=pk, site=site, owner=_me(request))

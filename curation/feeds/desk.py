"""The desk of sources in the admin: who is followed, how it goes, lists in and out."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.models import Site

from community.models import User
from curation.feeds.forms import AddForm, SourceForm
from curation.feeds.sources import (
    add_source,
    pause_source,
    read_soon,
    remove_source,
    resume_source,
)
from curation.models import Item, Source

MANAGE = "curation.change_source"
PAGE = 50
STATES = {
    "": gettext_lazy("All"),
    "troubled": gettext_lazy("In trouble"),
    "paused": gettext_lazy("Paused"),
    "members": gettext_lazy("Blogs of members"),
}
View = Callable[..., HttpResponse]


def managers(view: View) -> View:
    """Raises PermissionDenied for everybody else."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(MANAGE):  # type: ignore[union-attr]
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def of_site(request: HttpRequest, pk: int) -> Source:
    return get_object_or_404(
        Source.objects.select_related("owner"), pk=pk, site=Site.find_for_request(request)
    )


@require_GET
@managers
def index(request: HttpRequest) -> HttpResponse:
    state = request.GET.get("state", "")
    words = request.GET.get("q", "").strip()
    sources = _sources(request, state, words)
    context = {
        "page_title": _("Sources"),
        "header_icon": "link",
        "sources": Paginator(sources, PAGE).get_page(request.GET.get("p")),
        "states": STATES,
        "state": state,
        "words": words,
    }
    return render(request, "curation/sources/index.html", context)


def _sources(request: HttpRequest, state: str, words: str) -> QuerySet[Source]:
    sources = Source.objects.filter(site=Site.find_for_request(request)).select_related("owner")
    if state == "troubled":
        sources = sources.failing_or_gone()
    elif state == "paused":
        sources = sources.exclude(paused_at=None)
    elif state == "members":
        sources = sources.exclude(owner=None)
    if words:
        sources = sources.filter(Q(title__icontains=words) | Q(feed_url__icontains=words))
    waiting = Q(finds__item__state=Item.State.WAITING, finds__item__united_with=None)
    return sources.annotate(
        brought=Count("finds"), to_review=Count("finds", filter=waiting)
    ).order_by("title", "id")


@require_http_methods(["GET", "POST"])
@managers
def add(request: HttpRequest) -> HttpResponse:
    """Any page's address; where it has several feeds, a person chooses."""
    form = AddForm(request.POST or None)
    found = []
    if request.method == "POST" and form.is_valid():
        found = form.found
        if len(found) == 1:
            return redirect("sources:source", _add(request, form).pk)
    context = {
        "page_title": _("New source"),
        "header_icon": "link",
        "form": form,
        "found": found,
    }
    return render(request, "curation/sources/add.html", context)


def _add(request: HttpRequest, form: AddForm) -> Source:
    chosen = {name: form.cleaned_data[name] for name in ("language", "axis", "publishing")}
    source, is_new = add_source(
        form.found[0],
        site=Site.find_for_request(request),
        by=cast(User, request.user),
        now=timezone.now(),
        **chosen,
    )
    if is_new:
        messages.success(request, _("“%(title)s” is followed.") % {"title": source})
    else:
        messages.info(request, _("“%(title)s” is followed already.") % {"title": source})
    return source


@require_http_methods(["GET", "POST"])
@managers
def source(request: HttpRequest, pk: int) -> HttpResponse:
    """Its settings, and what came of the last readings."""
    one = of_site(request, pk)
    form = SourceForm(request.POST or None, instance=one)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The source is changed."))
        return redirect("sources:source", one.pk)
    context = {
        "page_title": str(one),
        "header_icon": "link",
        "source": one,
        "form": form,
        "log": one.log.all(),
        "subscription": getattr(one, "subscription", None),
        "now": timezone.now(),
    }
    return render(request, "curation/sources/source.html", context)


@require_POST
@managers
def act(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    one, now = of_site(request, pk), timezone.now()
    if action == "remove":
        remove_source(one)
        messages.success(request, _("“%(title)s” is no longer followed.") % {"title": one})
        return redirect("sources:index")
    verb = {"pause": pause_source, "resume": resume_source, "read": read_soon}[action]
    verb(one, now=now)
    if action == "read":
        messages.success(request, _("It is read in a moment."))
    return redirect("sources:source", one.pk)

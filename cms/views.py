"""Doors of the house that are no pages of the CMS."""

import re
from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cms.articles import NoHome, draft_article, may_draft
from cms.dressing import colours_address, palettes
from cms.picking import NoPlace, make_challenge, may_make_challenge
from cms.specimens import specimens
from community.live.audiences import find_event
from community.models import User
from curation.page_views import site_of
from curation.reading import shown_items

_COLOUR = re.compile(r"[0-9a-f]{6}")


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """The living page: every piece in every state, made of objects that were never saved.
    `?accent=1f3a5f` shows all of it in another colour."""
    wanted = request.GET.get("accent", "").removeprefix("#").lower()
    tried = colours_address(wanted) if _COLOUR.fullmatch(wanted) else ""
    context = {**specimens(), "palettes": palettes(), "tried": tried, "accent": wanted}
    return render(request, "cms/style.html", context)


@require_POST
def live_article(request: HttpRequest, slug: str) -> HttpResponse:
    """To the editor of an event's article, which is drafted out of the archive the first time."""
    event = find_event(request, slug)
    if not may_draft(request.user, event):
        raise PermissionDenied
    is_new = event.article is None
    try:
        page = draft_article(event, by=cast(User, request.user))
    except NoHome:
        messages.error(request, _("There is no home page yet, under which the article could lie."))
        return redirect("live:archive", slug)
    if is_new:
        messages.success(request, _("Here is a draft. It is yours now: shorten it, tell it."))
    return redirect("wagtailadmin_pages:edit", page.pk)


@require_POST
def challenge_of_item(request: HttpRequest, pk: int) -> HttpResponse:
    """To the editor of the challenge that something to read became, drafted the first time."""
    item = get_object_or_404(shown_items(site_of(request).pk), pk=pk)
    if not may_make_challenge(request.user, item):
        raise PermissionDenied
    try:
        page, is_new = make_challenge(item, by=cast(User, request.user))
    except NoPlace:
        messages.error(request, _("There is no list of challenges yet, where it could stand."))
        return redirect("curation:item", pk)
    if is_new:
        messages.success(request, _("Here is a draft. It is yours now: make it a good challenge."))
    return redirect("wagtailadmin_pages:edit", page.pk)

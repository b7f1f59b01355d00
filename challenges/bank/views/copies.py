"""Duplicate and translate, from the desk."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from challenges.bank.copying import duplicate_challenge, offer_for_translation
from challenges.models import ChallengePage
from community.models import User


@require_POST
def duplicate(request: HttpRequest, pk: int) -> HttpResponse:
    """For whoever may write challenges beside this one. Raises PermissionDenied."""
    page = get_object_or_404(ChallengePage, pk=pk).specific
    beside = page.get_parent().permissions_for_user(request.user)
    if not page.permissions_for_user(request.user).can_edit() or not beside.can_add_subpage():
        raise PermissionDenied
    copy = duplicate_challenge(page, by=cast(User, request.user))
    told = _("This is the copy, a draft.")
    if page.hashtags:
        told += " " + _("It has no hashtags of its own yet: those of the first stay with it.")
    messages.success(request, told)
    return redirect("wagtailadmin_pages:edit", copy.pk)


@require_POST
def translate(request: HttpRequest, pk: int) -> HttpResponse:
    """For whoever may submit translations. Raises PermissionDenied."""
    page = get_object_or_404(ChallengePage, pk=pk).specific
    user = cast(User, request.user)
    may_edit = page.permissions_for_user(user).can_edit()
    if not (may_edit and user.has_perm("wagtail_localize.submit_translation")):
        raise PermissionDenied
    made = offer_for_translation(page, by=user)
    if not made:
        messages.info(request, _("It is there in every language already."))
        return redirect("challenge_desk")
    links = format_html_join(
        " · ",
        '<a href="{}">{}</a>',
        (
            (reverse("wagtailadmin_pages:edit", args=[one.pk]), one.locale.get_display_name())
            for one in made
        ),
    )
    messages.success(request, format_html("{} {}", _("Translate side by side:"), links))
    if len(made) == 1:
        return redirect("wagtailadmin_pages:edit", made[0].pk)
    return redirect("challenge_desk")

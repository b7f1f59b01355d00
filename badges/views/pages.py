"""Pages for people: all badges, one badge, one award."""

from collections.abc import Sequence
from itertools import zip_longest
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from badges import addresses
from badges.forms import VisibilityForm
from badges.identity import account_of
from badges.models import Award, BadgeClass, Issuer
from badges.permissions import is_recipient, may_read
from badges.progress import BadgeProgress, progress_of
from badges.rules import RULES
from badges.services import choose_visibility
from badges.verifying import check_award
from community.models import Participant
from rulebook import Finding, Message


@require_safe
def badge_list(request: HttpRequest) -> HttpResponse:
    me = _me(request)
    progress = progress_of(me)
    held = [one for one in progress if one.award]
    return render(
        request,
        "badges/list.html",
        {
            "me": me,
            "held": held,
            "ahead": [one for one in progress if not one.award],
        },
    )


@require_safe
def badge(request: HttpRequest, slug: str) -> HttpResponse:
    badges = BadgeClass.objects.published().with_medallions()
    shown = get_object_or_404(badges, slug=slug)
    me = _me(request)
    mine = next((one for one in progress_of(me) if one.badge_class == shown), None) if me else None
    return render(
        request,
        "badges/badge.html",
        {
            "badge": shown,
            "image_address": addresses.class_image_address(shown.slug),
            "conditions": _conditions(shown, mine),
            "holders": shown.awards.standing().count(),
            "mine": mine,
        },
    )


def _conditions(
    shown: BadgeClass, mine: BadgeProgress | None
) -> Sequence[tuple[Message, Finding | None]]:
    """What is asked, each with what was found about the reader while the badge is ahead of them."""
    findings = mine.findings if mine else ()
    return list(zip_longest(RULES.summaries(shown.specs), findings))


@require_safe
@never_cache
def award(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Anybody may read it, unless its owner keeps it to themselves. What was revoked stays, and
    says why."""
    shown = _award(pk)
    if not may_read(request, shown):
        return render(request, "badges/private.html", status=403)
    return render(request, "badges/award.html", _award_context(request, shown))


@require_POST
def visibility(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Its owner shows or hides it."""
    shown = _award(pk)
    if not is_recipient(request, shown):
        raise Http404
    form = VisibilityForm(request.POST)
    if form.is_valid():
        choose_visibility(shown, form.cleaned_data["visibility"])
        messages.success(request, _("Noted."))
    response = redirect("badges:award", pk=pk)
    if key := request.POST.get("key"):
        response["Location"] += f"?{urlencode({'key': key})}"
    return response


def _award(pk: UUID) -> Award:
    awards = Award.objects.select_related("recipient__user").prefetch_related(
        "evidence", "recipient__links__account", Prefetch("badge_class", _badges())
    )
    return get_object_or_404(awards, pk=pk)


def _award_context(request: HttpRequest, award: Award) -> dict[str, object]:
    mine = is_recipient(request, award)
    return {
        "award": award,
        "badge": award.badge_class,
        "account": account_of(award.recipient),
        "issuer": Issuer.load(request_or_site=request),
        "checks": check_award(award),
        "mine": mine,
        "key": request.GET.get("key", "") if mine else "",
        "form": VisibilityForm(initial={"visibility": award.visibility}) if mine else None,
        "page_address": addresses.award_page_address(award.pk),
        "document_address": addresses.assertion_address(award.pk),
        "image_address": addresses.award_image_address(award.pk),
        "social_image": addresses.class_image_address(award.badge_class.slug),
        "linkedin": linkedin_address(award, Issuer.load(request_or_site=request)),
    }


def linkedin_address(award: Award, issuer: Issuer) -> str:
    """Adds the badge to one's profile there."""
    query = {
        "startTask": "CERTIFICATION_NAME",
        "name": award.badge_class.name,
        "organizationName": issuer.name,
        "issueYear": award.awarded_at.year,
        "issueMonth": award.awarded_at.month,
        "certUrl": addresses.award_page_address(award.pk),
        "certId": str(award.pk),
    }
    return f"https://www.linkedin.com/profile/add?{urlencode(query)}"


def _badges() -> QuerySet[BadgeClass]:
    return BadgeClass.objects.with_medallions()


def _me(request: HttpRequest) -> Participant | None:
    if not request.user.is_authenticated:
        return None
    return Participant.objects.filter(user=request.user).first()

"""The public pages of live events: what is on, what comes, and each event by itself."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_ratelimit.decorators import ratelimit

from community.joining import person_of
from community.live.pages import cards_of, read_event
from community.live.signing_up import NotOpen, Role, toggle_sign_up
from community.models import LiveEvent, Participant, User
from community.sites import belongs_to, site_here

PAST_ON_A_PAGE = 12
MOST_COMING = 60


def _reader(request: HttpRequest) -> Participant | None:
    if not request.user.is_authenticated:
        return None
    return Participant.objects.filter(user_id=request.user.pk).first()


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    events = LiveEvent.objects.announced().filter(belongs_to(site_here(request)))
    live = list(events.accepted().live(now).order_by("ends_at"))
    coming = list(events.coming(now).order_by("starts_at")[:MOST_COMING])
    past = events.accepted().past(now).order_by("-starts_at")
    page = Paginator(past, PAST_ON_A_PAGE).get_page(request.GET.get("page"))
    cards = cards_of([*live, *coming, *page.object_list], now)
    context = {
        "live": cards[: len(live)],
        "coming": cards[len(live) : len(live) + len(coming)],
        "past": cards[len(live) + len(coming) :],
        "page_of_past": page,
        **_calendar(request, reverse("live:calendar")),
    }
    return render(request, "community/live/list.html", context)


def _calendar(request: HttpRequest, path: str) -> dict[str, str]:
    """The address of a calendar, and the one that makes a device subscribe to it."""
    return {"calendar": path, "webcal": f"webcal://{request.get_host()}{path}"}


@require_safe
def event(request: HttpRequest, slug: str) -> HttpResponse:
    now, reader = timezone.now(), _reader(request)
    here = LiveEvent.objects.filter(belongs_to(site_here(request)))
    found = get_object_or_404(here.select_related("proposed_by", "article"), slug=slug)
    if not _may_see(found, request, reader):
        raise Http404(slug)
    context = {
        "here": read_event(found, reader, now=now),
        "event": found,
        "reader": reader,
        "may_change": request.user.has_perm("community.change_liveevent"),
        **_calendar(request, reverse("live:event_calendar", args=[slug])),
    }
    answer = render(request, "community/live/event.html", context)
    if request.user.is_authenticated:
        patch_cache_control(answer, private=True, no_cache=True)
    return answer


def _may_see(found: LiveEvent, request: HttpRequest, reader: Participant | None) -> bool:
    """Everybody once it is announced; before, its proposer and whoever answers proposals."""
    if found.state in {LiveEvent.State.ACCEPTED, LiveEvent.State.CANCELLED}:
        return True
    if reader is not None and found.proposed_by_id == reader.pk:
        return True
    return request.user.has_perm("community.change_liveevent")


@require_POST
@login_required
@ratelimit(key="user", rate="60/h")
def sign_up(request: HttpRequest, slug: str) -> HttpResponse:
    """POST `role`: signs up, or takes it back."""
    found = get_object_or_404(
        LiveEvent.objects.announced().filter(belongs_to(site_here(request))), slug=slug
    )
    role = request.POST.get("role", "")
    if role not in Role.values:
        raise Http404(role)
    person = person_of(cast(User, request.user))
    try:
        is_in = toggle_sign_up(found, person, Role(role), now=timezone.now())
    except NotOpen:
        messages.info(request, _("Nobody can sign up for this event any more."))
    else:
        messages.success(request, _told(Role(role), is_in))
    return redirect(f"{found.get_absolute_url()}#sign-up")


def _told(role: Role, is_in: bool) -> str:
    if not is_in:
        return _("Taken back. You are welcome all the same.")
    if role == Role.HELP:
        return _("Thank you! Newcomers will not be alone. You will be reminded here.")
    return _("See you there! You will be reminded here.")

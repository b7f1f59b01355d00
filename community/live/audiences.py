"""Who looks at a live event's pages, and what they may see and do there."""

from django.conf import settings
from django.core.cache import caches
from django.http import Http404, HttpRequest
from django.utils.translation import get_language

from community.live.boards import Audience
from community.models import LiveEvent
from community.sites import belongs_to, several_sites, site_here
from microblog.models import TimelineSettings

REMEMBERED = 10  # seconds until a timeline that was closed is closed here too


def audience_of(request: HttpRequest) -> Audience:
    return Audience(get_language() or "", may_read_practice(request))


def may_read_practice(request: HttpRequest) -> bool:
    """Everybody, unless the site has closed its timeline to strangers."""
    key = f"live:open:{request.get_host()}"
    near = caches[settings.NEAR_CACHE]
    is_open: bool | None = near.get(key)
    if is_open is None:
        is_open = TimelineSettings.for_request(request).is_open
        near.set(key, is_open, REMEMBERED)
    return is_open or request.user.is_authenticated


def may_moderate_wall(request: HttpRequest, event: LiveEvent) -> bool:
    """Moderators, and whoever organises the event."""
    user = request.user
    is_organiser = user.is_authenticated and event.organiser_id == user.pk
    return is_organiser or user.has_perm("community.moderate_wall")


def find_event(request: HttpRequest, slug: str) -> LiveEvent:
    """One of this MOOC that takes place. Raises Http404."""
    here = LiveEvent.objects.accepted().filter(belongs_to(site_here(request)))
    try:
        return here.select_related("article").get(slug=slug)
    except LiveEvent.DoesNotExist as error:
        raise Http404(slug) from error


def must_be_here(request: HttpRequest, slug: str) -> None:
    """Pages that ask for news again and again do so at their own MOOC's address: another one may
    show more to strangers. Raises Http404."""
    if not several_sites():
        return
    key, near = f"live:here:{request.get_host()}:{slug}", caches[settings.NEAR_CACHE]
    is_here: bool | None = near.get(key)
    if is_here is None:
        is_here = LiveEvent.objects.filter(belongs_to(site_here(request)), slug=slug).exists()
        near.set(key, is_here, REMEMBERED)
    if not is_here:
        raise Http404(slug)

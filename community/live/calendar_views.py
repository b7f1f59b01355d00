"""Calendars to subscribe to: cheap to ask for, for phones ask often."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from community.live.calendars import in_calendar, mark_of, write_calendar
from community.models import LiveEvent
from community.moocs import mooc_of
from community.sites import belongs_to, site_here

FRESH = 15 * 60  # seconds


@require_safe
def calendar(request: HttpRequest) -> HttpResponseBase:
    """All that comes, and what was lately."""
    site_id = site_here(request)
    found = in_calendar(timezone.now(), site_id=site_id)

    def write() -> bytes:
        name = _("%(mooc)s: live events") % {"mooc": mooc_of(site_id).name}
        return write_calendar(found, name=name)

    return _answer(request, mark_of(found, get_language() or ""), write, file="envol")


@require_safe
def one_event(request: HttpRequest, slug: str) -> HttpResponseBase:
    found = LiveEvent.objects.announced().filter(belongs_to(site_here(request)), slug=slug)
    event = get_object_or_404(found)
    mark = mark_of(found, get_language() or "")
    return _answer(
        request, mark, lambda: write_calendar([event], name=event.title), file=event.slug
    )


def _answer(
    request: HttpRequest, mark: str, write: Callable[[], bytes], *, file: str
) -> HttpResponseBase:
    """Nothing at all for a phone that has this version already."""
    known = get_conditional_response(request, etag=mark)
    if known is not None and known.status_code == NOT_MODIFIED:
        answer: HttpResponseBase = known
    else:
        answer = HttpResponse(write(), content_type="text/calendar; charset=utf-8")
        answer["Content-Disposition"] = f'inline; filename="{file}.ics"'
        answer["Content-Language"] = get_language() or ""
    answer["ETag"] = mark
    patch_cache_control(answer, public=True, max_age=FRESH)
    return answer


NOT_MODIFIED = 304

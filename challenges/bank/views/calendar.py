"""The calendar in the admin, and the rounds to come for everybody."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from challenges.bank.calendar import month_of
from challenges.bank.public import coming_rounds
from challenges.bank.views.doors import KEEP, only
from challenges.bank.wording import weekday_name
from community.sites import site_here

YEARS = range(2000, 2100)
WEEKS_AHEAD = timedelta(days=35)


@require_GET
@only(KEEP)
def calendar(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    asked = _asked(request.GET.get("month", ""))
    month = month_of(
        asked or timezone.localdate(now).replace(day=1),
        now=now,
        zone=timezone.get_current_timezone(),
        site_id=site_here(request),
    )
    context = {
        "page_title": _("Calendar"),
        "header_icon": "date",
        "month": month,
        "weekdays": [weekday_name(day) for day in range(7)],
    }
    return render(request, "challenges/bank/admin/calendar.html", context)


def _asked(text: str) -> date | None:
    """A month as in 2026-05; None for what is none."""
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    return first if first.year in YEARS else None


@require_GET
def coming(request: HttpRequest) -> HttpResponse:
    """For everybody: when the next rounds are, without telling what isn't public yet."""
    now = timezone.now()
    context = {"days": coming_rounds(now=now, until=now + WEEKS_AHEAD, site_id=site_here(request))}
    return render(request, "challenges/bank/coming.html", context)

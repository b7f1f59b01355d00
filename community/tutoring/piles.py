"""Newcomers who wait for a person, as the organisers' desk and the page's head count them."""

from datetime import datetime

from django.core.cache import cache
from django.db.models import Min
from django.utils.translation import gettext_lazy as _

from community.aboard import said_in
from community.models import Need
from community.tutoring.access import may_tutor
from community.tutoring.listing import count_waiting
from microblog.waiting import Waiting, enter_waiting

REMEMBERED = 20  # seconds
_KEY = "community:needs"


def oldest_waiting(now: datetime, site_id: int | None) -> datetime | None:
    needs = Need.objects.shown(now=now).filter(said_in(site_id))
    found: datetime | None = needs.aggregate(at=Min("since"))["at"]
    return found


def counted_waiting(now: datetime, site_id: int | None = None) -> int:
    """Every page of a tutor's shows it, so it is remembered for a moment."""
    key = f"{_KEY}:{site_id}"
    count: int | None = cache.get(key)
    if count is None:
        count = count_waiting(now=now, site_id=site_id)
        cache.set(key, count, REMEMBERED)
    return count


enter_waiting(
    Waiting(
        key="needs",
        label=_("newcomers who wait for a person"),
        permission=may_tutor,
        url_name="tutoring:console",
        count=lambda now, site_id: count_waiting(now=now, site_id=site_id),
        oldest=oldest_waiting,
    )
)

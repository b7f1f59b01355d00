"""What waits at the desk, as the dashboard counts it."""

from datetime import datetime

from django.db.models import Min
from django.utils.translation import gettext_lazy as _

from community.sites import belongs_to
from curation.access import may_review
from curation.models import Item
from curation.sifting.listing import count_waiting
from microblog.waiting import Waiting, enter_waiting


def oldest_waiting(now: datetime, site_id: int | None) -> datetime | None:
    waiting = Item.objects.waiting(now).filter(belongs_to(site_id))
    oldest: datetime | None = waiting.aggregate(at=Min("first_seen_at"))["at"]
    return oldest


enter_waiting(
    Waiting(
        key="curation",
        label=_("links to sift"),
        permission=may_review,
        url_name="curation:review",
        count=lambda now, site_id: count_waiting(site_id, now=now),
        oldest=oldest_waiting,
    )
)

"""What this room tells the dashboard: reports, connections in trouble, and the next promises. All
of it is the installation's, whatever MOOC one looks after."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Min, QuerySet
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from microblog.models import Connection, OutboxPost, Report
from microblog.waiting import Planned, Waiting, enter_planned, enter_waiting

LONGEST_WORDS = 120


def _reports() -> QuerySet[Report]:
    return Report.objects.filter(handled_at=None)


def _oldest_report(now: datetime, site_id: int | None) -> datetime | None:
    found: datetime | None = _reports().aggregate(at=Min("created_at"))["at"]
    return found


def _in_trouble() -> QuerySet[Connection]:
    return Connection.objects.enabled().filter(failures__gt=0)


def _oldest_trouble(now: datetime, site_id: int | None) -> datetime | None:
    found: datetime | None = _in_trouble().aggregate(at=Min("last_error_at"))["at"]
    return found


def _given_up() -> QuerySet[OutboxPost]:
    """What nobody heard, and nobody will unless a person looks at it."""
    return OutboxPost.objects.exclude(given_up_at=None)


def _oldest_given_up(now: datetime, site_id: int | None) -> datetime | None:
    found: datetime | None = _given_up().aggregate(at=Min("given_up_at"))["at"]
    return found


def _promises(now: datetime, most: int, site_id: int | None) -> Iterable[Planned]:
    waiting = OutboxPost.objects.waiting().select_related("connection").order_by("due_at", "id")
    for promise in waiting[:most]:
        yield Planned(
            at=promise.due_at,
            what=promise.get_kind_display(),
            title=Truncator(promise.text).chars(LONGEST_WORDS),
            where=promise.connection.name,
            url=reverse("outbox:edit", args=[promise.pk]),
        )


enter_waiting(
    Waiting(
        "reports",
        _("Reported posts"),
        "microblog.change_report",
        "reports:index",
        lambda now, site_id: _reports().count(),
        _oldest_report,
    )
)
enter_waiting(
    Waiting(
        "connections",
        _("Connections in trouble"),
        "microblog.change_connection",
        "connections:index",
        lambda now, site_id: _in_trouble().count(),
        _oldest_trouble,
    )
)
enter_waiting(
    Waiting(
        "given_up",
        _("Outgoing posts that were given up"),
        "microblog.change_outboxpost",
        "outbox:index",
        lambda now, site_id: _given_up().count(),
        _oldest_given_up,
    )
)
enter_planned("outbox", permission="microblog.change_outboxpost", upcoming=_promises)

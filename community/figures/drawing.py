"""The step that draws: who answers whom, and newcomers' ways into it, once in a while.

It takes seconds with many people, so no page waits for it: pages show the latest drawing.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet

from community.figures.integration import read_integration
from community.figures.weaving import weave_network
from community.models import Drawing, FiguresMark
from community.models.figures import ALL
from community.moocs import Moocs
from microblog.steps import Backlog

EVERY = timedelta(minutes=10)
AT_LEAST_EVERY = timedelta(days=1)
"""Also where nobody says anything: weeks pass for those who came."""
LEASE = timedelta(minutes=5)
NETWORK = "network"
INTEGRATION = "integration"


def draw(now: datetime) -> int:
    """Draw anew if counts have moved since; returns 1 if it did."""
    # Moving the lease forward is the claim: two workers never draw at once.
    if not _due(now).update(drawing_until=now + LEASE):
        return 0
    made: dict[str, Any] = {}
    for site in _sites():
        made[name_of(NETWORK, site)] = weave_network(now=now, site=site)
        made[name_of(INTEGRATION, site)] = read_integration(now=now, site=site)
    Drawing.objects.exclude(name__in=made).delete()
    Drawing.objects.bulk_create(
        (Drawing(name=name, made_at=now, content=content) for name, content in made.items()),
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["made_at", "content"],
    )
    FiguresMark.objects.filter(pk=1).update(drawn_at=now, drawing_until=None)
    return 1


def name_of(kind: str, site: int) -> str:
    """Under which a drawing of one MOOC is kept."""
    return f"{kind}:{site}" if site else kind


def _sites() -> list[int]:
    moocs = Moocs.read()
    return [ALL] if moocs.is_one else [mooc.site_id for mooc in moocs.all if mooc.site_id]


def backlog(now: datetime) -> Backlog:
    due = _due(now).first()
    return Backlog(1, due.moved_at) if due else Backlog(0)


def _due(now: datetime) -> QuerySet[FiguresMark]:
    moved = Q(drawn_at=None) | Q(moved_at__gt=F("drawn_at"), drawn_at__lte=now - EVERY)
    moved |= Q(drawn_at__lte=now - AT_LEAST_EVERY)
    free = Q(drawing_until=None) | Q(drawing_until__lte=now)
    return FiguresMark.objects.filter(moved, free, moved_at__isnull=False)

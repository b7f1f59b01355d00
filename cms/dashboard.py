"""The first page of the admin: what waits for a person, what goes out next, how alive it is."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, Sum
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component

from cms.first_steps import FirstStepsPanel, is_new
from community.figures.counting import day_of
from community.models import DailyTally, LiveEvent
from community.models.figures import ALL
from community.sites import belongs_to, site_here
from microblog.waiting import piles_for, planned_for

NEXT = 10
WEEK = timedelta(days=7)
UNHELPFUL = {"whats_new_in_wagtail_version"}
"""Wagtail's own panels that tell organisers nothing."""
TO_APPROVE = "workflow_objects_to_moderate"
JUST_BELOW = 15
"""Pages to approve wait for a person too: right under the piles."""


class Panel(Component):
    """`now` is the moment that the page is about."""

    def __init__(self, request: HttpRequest, *, now: datetime) -> None:
        self.request, self.now = request, now


class WaitingPanel(Panel):
    name = "envol_waiting"
    template_name = "cms/admin/waiting.html"
    order = 10

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Two queries a pile at most."""
        piles = piles_for(self.request.user, self.now, site_id=site_here(self.request))
        return {
            "piles": [pile for pile in piles if pile.count],
            "empty": [pile for pile in piles if not pile.count],
        }


class NextPanel(Panel):
    name = "envol_next"
    template_name = "cms/admin/next.html"
    order = 20

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        here = site_here(self.request)
        planned = planned_for(self.request.user, self.now, most=NEXT, site_id=here)
        return {"planned": planned, "now": self.now}


@dataclass(frozen=True, slots=True)
class Pulse:
    """One figure of life: today, and in the last seven days with today."""

    label: str | Promise
    today: int
    week: int


PULSES = (
    ("posts", _("posts")),
    ("newcomers", _("new people")),
    ("answers", _("answers to one another")),
    ("helps", _("helping hands")),
)


class AlivePanel(Panel):
    name = "envol_alive"
    template_name = "cms/admin/alive.html"
    order = 30

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        here = site_here(self.request)
        live = LiveEvent.objects.accepted().filter(belongs_to(here)).live(self.now)
        live = live.order_by("starts_at")
        return {"pulses": read_pulses(self.now, site_id=here), "live": list(live[:NEXT])}


def read_pulses(now: datetime, *, site_id: int | None = None) -> Sequence[Pulse]:
    """Of one MOOC (None: of all), from the daily tallies: one query, whatever the number of
    posts."""
    today = day_of(now)
    rows = (
        DailyTally.objects.filter(site=site_id or ALL, day__gt=today - WEEK, day__lte=today)
        .filter(kind__in=[kind for kind, _label in PULSES])
        .order_by()
        .values_list("kind")
        .annotate(week=Sum("value"), today=Sum("value", filter=Q(day=today)))
    )
    week, so_far = Counter[str](), Counter[str]()
    for kind, of_week, of_today in rows:
        week[kind], so_far[kind] = of_week or 0, of_today or 0
    return [Pulse(label, so_far[kind], week[kind]) for kind, label in PULSES]


def lay_out(request: HttpRequest, panels: list[Component]) -> None:
    """Ours first; of Wagtail's, what helps an editor."""
    now = timezone.now()
    panels[:] = [panel for panel in panels if getattr(panel, "name", "") not in UNHELPFUL]
    for panel in panels:
        if getattr(panel, "name", "") == TO_APPROVE:
            panel.order = JUST_BELOW
    panels += [kind(request, now=now) for kind in (WaitingPanel, NextPanel, AlivePanel)]
    if is_new(request):
        panels.append(FirstStepsPanel())

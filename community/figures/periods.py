"""Which stretch of time the figures are about, and how it is cut."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community.figures.counting import month_of, week_of
from community.models import Presence

WEEK, MONTH = Presence.Span.WEEK, Presence.Span.MONTH
MOST = 120
"""Steps of one chart: ten years of months, two of weeks."""


@dataclass(frozen=True, slots=True)
class Period:
    """`weeks` back from now, this one included; 0 is since the beginning."""

    key: str
    label: str | Promise
    weeks: int
    cut: Presence.Span

    def since(self, today: date, *, first: date | None) -> date:
        """The day with which it begins, which is a Monday or the first of a month."""
        if self.weeks:
            return week_of(today) - timedelta(weeks=self.weeks - 1)
        return first or today


PERIODS = {
    period.key: period
    for period in (
        Period("4w", _("4 weeks"), 4, WEEK),
        Period("6m", _("6 months"), 26, MONTH),
        Period("all", _("Since the beginning"), 0, MONTH),
    )
}
USUAL = "6m"
CUTS = {WEEK: _("by week"), MONTH: _("by month")}


def start_of(day: date, cut: Presence.Span) -> date:
    return week_of(day) if cut == WEEK else month_of(day)


def steps(since: date, today: date, cut: Presence.Span) -> list[date]:
    """The beginnings of all weeks or months up to today, oldest first; the latest MOST."""
    return list(_steps(start_of(since, cut), today, cut))[-MOST:]


def _steps(day: date, today: date, cut: Presence.Span) -> Iterator[date]:
    while day <= today:
        yield day
        after = day + timedelta(days=7 if cut == WEEK else 32)
        day = start_of(after, cut)

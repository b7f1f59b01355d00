"""When a queue launches: days and an hour on people's own clock, told as moments. Pure.

An hour that the clock leaves out in spring comes as much later as the clock jumped; one that it
shows twice in autumn comes the first time. A day that a place left out altogether has no moment.
"""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

A_DAY = timedelta(days=1)
LAST_DAY = 31
HORIZON = timedelta(days=3 * 366)
"""As far as anybody looks for the next moment: intervals and pauses end before."""


@dataclass(frozen=True, slots=True)
class Cadence:
    """`every`: days, weeks or months; `weekdays`: 0 is Monday, read for weeks only; `month_day`:
    1 to 31, read for months only; `rests`: pairs of a first and a last day without a launch."""

    every: str
    hour: time
    zone: ZoneInfo
    starts_on: date
    interval: int = 1
    weekdays: Sequence[int] = ()
    month_day: int = 1
    rests: Sequence[tuple[date, date]] = ()

    def is_on(self, day: date) -> bool:
        if day < self.starts_on or any(first <= day <= last for first, last in self.rests):
            return False
        if self.every == "days":
            return (day - self.starts_on).days % self.interval == 0
        if self.every == "weeks":
            weeks = (_monday(day) - _monday(self.starts_on)).days // 7
            return day.weekday() in self.weekdays and weeks % self.interval == 0
        return day.day == self._day_in(day) and _months(self.starts_on, day) % self.interval == 0

    def _day_in(self, month: date) -> int:
        """The 31st is the last day, and so is the 30th in February."""
        return min(self.month_day, monthrange(month.year, month.month)[1])

    def moment(self, day: date) -> datetime | None:
        """In UTC; None where the clocks of that place never showed that day."""
        there = datetime.combine(day, self.hour, tzinfo=self.zone)
        moment = there.astimezone(UTC)
        shown = moment.astimezone(self.zone).replace(tzinfo=None)
        return None if shown - there.replace(tzinfo=None) >= A_DAY else moment

    def moments(self, *, after: datetime, until: datetime) -> Iterator[datetime]:
        """Later than `after`, `until` included; the earliest first, in UTC."""
        day = max(after.astimezone(self.zone).date() - A_DAY, self.starts_on)
        last = until.astimezone(self.zone).date() + A_DAY
        while day <= last:
            moment = self.moment(day) if self.is_on(day) else None
            if moment and after < moment <= until:
                yield moment
            day += A_DAY

    def next_after(self, moment: datetime) -> datetime | None:
        """None where none comes within HORIZON."""
        start = max(moment, datetime.combine(self.starts_on, time(), tzinfo=UTC) - 2 * A_DAY)
        return next(self.moments(after=start, until=start + HORIZON), None)

    def last_before(self, moment: datetime, *, after: datetime) -> datetime | None:
        """The latest one that is not later than `moment`."""
        last = None
        for found in self.moments(after=after, until=moment):
            last = found
        return last


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _months(first: date, day: date) -> int:
    return (day.year - first.year) * 12 + day.month - first.month


def months_before(moment: datetime, months: int) -> datetime:
    """The same day so many months earlier; a shorter month gives its last day."""
    years, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    day = min(moment.day, monthrange(years, month + 1)[1])
    return moment.replace(year=years, month=month + 1, day=day)

"""At a calm pace: when the next pick may be said, by the clock of the installation."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

from community.manners import next_waking
from community.models import MoocSettings
from curation.models import CurationSettings

TRIES = 20
"""As often as hours, quiet hours and full days may push each other on."""
DAY = timedelta(days=1)


class Pace:
    """Hands out moments one after the other: within the hours, outside the quiet ones, apart from
    each other, and not too many in a day. `said`: when picks were said lately."""

    def __init__(
        self,
        settings: CurationSettings,
        mooc: MoocSettings,
        *,
        said: Iterable[datetime],
        now: datetime,
    ) -> None:
        self._settings, self._mooc, self._now = settings, mooc, now
        moments = list(said)
        self._latest = max(moments, default=None)
        self._in_a_day = Counter(_day(moment) for moment in moments)

    def take(self) -> datetime | None:
        """The next free moment, now if possible; None where hours and quiet hours leave none."""
        gap = timedelta(minutes=self._settings.relay_gap)
        moment = max(self._now, self._latest + gap) if self._latest else self._now
        for _try in range(TRIES):
            wanted = moment
            moment = next_waking(self._in_hours(moment), self._mooc)
            if self._in_a_day[_day(moment)] >= self._settings.relays_per_day:
                moment = _at(_day(moment) + DAY, moment, hour=0, minute=0)
            if moment == wanted:
                self._latest = moment
                self._in_a_day[_day(moment)] += 1
                return moment
        return None

    def _in_hours(self, moment: datetime) -> datetime:
        """`moment` itself, or when the hours begin again."""
        start, end = self._settings.relay_from, self._settings.relay_until
        clock = _local(moment).time()
        inside = start <= clock < end if start < end else clock >= start or clock < end
        if start == end or inside:
            return moment
        day = _day(moment) if clock < start else _day(moment) + DAY
        return _at(day, moment, hour=start.hour, minute=start.minute)


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment, timezone.get_default_timezone())


def _day(moment: datetime) -> date:
    return _local(moment).date()


def _at(day: date, moment: datetime, *, hour: int, minute: int) -> datetime:
    zone = _local(moment).tzinfo
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone).astimezone(UTC)

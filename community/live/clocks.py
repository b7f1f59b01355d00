"""What clocks show where an event takes place: zones to choose from, and local times made exact."""

from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, UTC, datetime
from functools import cache
from itertools import groupby
from zoneinfo import ZoneInfo, available_timezones

from babel.dates import get_timezone_location
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.formats import time_format
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from community.models import LiveEvent
from microblog.dates import date_format

REGIONS = frozenset(
    (
        "Africa",
        "America",
        "Antarctica",
        "Arctic",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
    )
)

Choices = list[tuple[str, list[tuple[str, str]]]]


def zone_choices() -> Choices:
    """Every place of the IANA database by region, for a form; names of regions are its own."""
    return _choices(get_language() or settings.LANGUAGE_CODE)


@cache
def _choices(language: str) -> Choices:
    names = sorted(name for name in available_timezones() if name.partition("/")[0] in REGIONS)
    grouped = groupby(names, key=lambda name: name.partition("/")[0])
    return [
        (region, [(name, place_of(name, language)) for name in places])
        for region, places in grouped
    ] + [("UTC", [("UTC", "UTC")])]


def place_of(zone: str, language: str = "") -> str:
    """ "Europe/Brussels" → "Bruxelles", as people of that language say it (after the Unicode
    CLDR); "America/Argentina/Buenos_Aires" → "Buenos Aires"."""
    language = language or get_language() or settings.LANGUAGE_CODE
    place: str = get_timezone_location(zone, locale=language.partition("-")[0], return_city=True)
    return place.rpartition("/")[2]


def exact(clock: datetime, zone: str, *, after: datetime | None = None) -> datetime:
    """The moment when clocks there show this (naive) time. Where they are put back and show it
    twice: the first of the two, if it comes `after`. Raises ValidationError where they are put
    forward over it, and for a year that no clock shows."""
    if clock.year in (MINYEAR, MAXYEAR):
        raise ValidationError(_("No clock shows this year."))
    moment = clock.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)
    if after is not None and moment <= after:
        moment = clock.replace(tzinfo=ZoneInfo(zone), fold=1).astimezone(UTC)
    if moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != clock:
        raise ValidationError(
            _("Clocks in %(place)s are put forward over this time: it doesn't exist that day."),
            params={"place": place_of(zone)},
        )
    return moment


def local_words(moment: datetime, zone: ZoneInfo, *, language: str) -> tuple[str, str]:
    """The day and the time that people read there, in one language."""
    there = moment.astimezone(zone)
    with override(language):
        return date_format(there, "l j F Y"), time_format(there, "TIME_FORMAT")


@dataclass(frozen=True, slots=True)
class Hours:
    """When an event takes place, as people read it where it does."""

    day: str
    start: str
    end: str
    """With its day where that is another one."""
    place: str
    offset: str
    """ "UTC+02:00", for whoever lives elsewhere."""

    @classmethod
    def of(cls, event: LiveEvent) -> "Hours":
        language = get_language() or settings.LANGUAGE_CODE
        day, start = local_words(event.starts_at, event.zone, language=language)
        last, end = local_words(event.ends_at, event.zone, language=language)
        return cls(
            day=day,
            start=start,
            end=end if last == day else f"{last}, {end}",
            place=place_of(event.time_zone),
            offset=f"UTC{event.starts_at.astimezone(event.zone).isoformat()[-6:]}",
        )

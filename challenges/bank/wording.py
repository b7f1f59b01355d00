"""A queue's cadence in a sentence."""

from datetime import date, timedelta

from django.utils.formats import time_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from challenges.bank.cadence import LAST_DAY
from challenges.models import BankSchedule
from microblog.dates import date_format

A_MONDAY = date(2026, 1, 5)
Every = BankSchedule.Every


def weekday_name(day: int) -> str:
    """0 is Monday."""
    return date_format(A_MONDAY + timedelta(days=day), "l")


def _day_of_month(day: int) -> str:
    return date_format(A_MONDAY.replace(day=day), "j")


def cadence_in_words(schedule: BankSchedule) -> str:
    return _("%(days)s at %(hour)s (%(zone)s)") % {
        "days": _days(schedule),
        "hour": time_format(schedule.hour, "H:i"),
        "zone": schedule.time_zone,
    }


def _days(schedule: BankSchedule) -> str:
    number = schedule.interval
    if schedule.every == Every.DAYS:
        return ngettext("Every day", "Every %(count)s days", number) % {"count": number}
    if schedule.every == Every.WEEKS:
        names = get_text_list([weekday_name(day) for day in sorted(schedule.weekdays)], _("and"))
        sentence = ngettext("Every %(days)s", "Every %(count)s weeks: %(days)s", number)
        return sentence % {"count": number, "days": names}
    if schedule.month_day == LAST_DAY:
        sentence = ngettext(
            "The last day of the month", "The last day of every %(count)s months", number
        )
    else:
        sentence = ngettext(
            "Day %(day)s of the month", "Day %(day)s of every %(count)s months", number
        )
    return sentence % {"count": number, "day": _day_of_month(schedule.month_day)}

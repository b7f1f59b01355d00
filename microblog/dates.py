"""Dates as people read them. Django's formats can't say what French wants: "1er novembre", then
"2 novembre". Every date for people goes through here, or through the filters of
templatetags/dates.py."""

from datetime import date, datetime, time

from django.utils.dateformat import DateFormat
from django.utils.formats import get_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

FIRST = {"fr": "1er"}
"""How languages say the first of a month, where it isn't its number."""


class SpokenDate(DateFormat):
    """Django's, with days of the month as the language of the moment says them."""

    def j(self) -> int | str:  # type: ignore[override]
        day = super().j()
        language = (get_language() or "").partition("-")[0]
        return FIRST.get(language, day) if day == 1 else day


def date_format(value: date | datetime | time, form: str = "DATE_FORMAT") -> str:
    """`form` is one of Django's names of formats, or letters as its filter `date` takes them."""
    return SpokenDate(value).format(get_format(form))


def days_between(first: date, last: date) -> str:
    """ "1 to 7 Nov.", "30 Nov. to 6 Dec."; in French « du 1er au 7 nov. »."""
    same_month = (first.year, first.month) == (last.year, last.month)
    return _("%(from)s to %(until)s") % {
        "from": date_format(first, "j" if same_month else "j N"),
        "until": date_format(last, "j N"),
    }

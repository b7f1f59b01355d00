"""Dates for people, built into every template (`builtins` in the settings), Wagtail's own too:
`date` stands in for Django's filter of that name."""

from datetime import date as Date
from datetime import datetime, time

from django import template

from microblog.dates import date_format, days_between

register = template.Library()


@register.filter(expects_localtime=True, is_safe=False)
def date(value: Date | datetime | time | str | None, form: str | None = None) -> str:
    """Like Django's: "" for what is no date."""
    if not isinstance(value, Date | time):
        return ""
    return date_format(value, form or "DATE_FORMAT")


@register.filter(is_safe=False)
def days_to(first: Date, last: Date) -> str:
    return days_between(first, last)

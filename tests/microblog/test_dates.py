"""Dates as people read them, in both languages."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils.translation import override

from microblog.dates import date_format, days_between

FIRST, SECOND = date(2026, 11, 1), date(2026, 11, 2)


@pytest.mark.parametrize(
    ("language", "form", "first", "second"),
    [
        ("fr", "DATE_FORMAT", "1er novembre 2026", "2 novembre 2026"),
        ("fr", "l j F", "dimanche 1er novembre", "lundi 2 novembre"),
        ("fr-be", "j N", "1er nov.", "2 nov."),
        ("fr", "SHORT_DATE_FORMAT", "01/11/2026", "02/11/2026"),
        ("fr", r"\j\o\u\r j", "jour 1er", "jour 2"),
        ("en", "j F Y", "1 November 2026", "2 November 2026"),
    ],
)
def test_only_french_says_the_first_in_a_way_of_its_own(language, form, first, second):
    with override(language):
        assert (date_format(FIRST, form), date_format(SECOND, form)) == (first, second)


@pytest.mark.parametrize(
    ("language", "last", "said"),
    [
        ("fr", date(2026, 11, 7), "du 1er au 7 nov."),
        ("fr", date(2026, 12, 1), "du 1er nov. au 1er déc."),
        ("en", date(2026, 11, 7), "1 to 7 Nov."),
        ("en", date(2027, 11, 7), "1 Nov. to 7 Nov."),
    ],
)
def test_a_stretch_of_days_names_its_month_once(language, last, said):
    with override(language):
        assert days_between(FIRST, last) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (datetime(2026, 10, 31, 23, 30, tzinfo=UTC), "1er novembre 2026"),  # in Brussels
        (FIRST, "1er novembre 2026"),
        (None, ""),
        ("never", ""),
    ],
)
def test_templates_say_dates_so_without_asking(value, said):
    with override("fr"):
        assert Template("{{ value|date }}").render(Context({"value": value})) == said

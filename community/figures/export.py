"""The figures as files for whoever calculates further: a row a week or month, and nobody in it."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from io import StringIO
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community.figures.reading import FEWEST, Figures, Slice, Span

Cell = str | int | None

COLUMNS: Mapping[str, str | Promise] = {
    "start": _("first day of the week (a Monday) or of the month, in the site's time zone"),
    "posts": _("public posts by people who take part"),
    "answers": _("posts that answer somebody else"),
    "conversations": _("somebody said, somebody answered, they answered back"),
    "people": _("different people who posted"),
    "aboard": _("of these, people who came aboard"),
    "newcomers": _("people who posted for the first time"),
    "answered": _("of these newcomers, people whom somebody has answered since"),
    "first_answer_median_seconds": _("from a newcomer's first post to their first answer: median"),
    "first_answer_p90_seconds": _("the same: nine in ten waited at most so long"),
    "back_after_7_days": _("of these newcomers, people who posted again 7 days later or more"),
    "back_after_30_days": _("the same, 30 days later or more"),
    "helps": _("answers that the person who was helped confirmed"),
    "helpers": _("different people who helped"),
    "helped": _("different people who were helped"),
}
"""Name → what it means. Empty (null): fewer than five people, or not known."""


def as_csv(figures: Figures) -> str:
    file = StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(row.values() for row in rows(figures.spans))
    return file.getvalue()


def as_document(figures: Figures, wanted: Slice) -> dict[str, Any]:
    return {
        "period": wanted.period.key,
        "by": str(wanted.cut),
        "network": wanted.network or None,
        "language": wanted.language or None,
        "columns": {name: str(meaning) for name, meaning in COLUMNS.items()},
        "withheld": f"null where fewer than {FEWEST} people stand behind a figure",
        "rows": list(rows(figures.spans)),
        "whole": next(rows([figures.whole])),
    }


def rows(spans: Sequence[Span]) -> Iterator[dict[str, Cell]]:
    for span in spans:
        yield {
            "start": span.start.isoformat(),
            "posts": span.posts,
            "answers": span.answers,
            "conversations": span.conversations,
            "people": span.people,
            "aboard": span.joined,
            "newcomers": span.newcomers,
            "answered": span.answered,
            "first_answer_median_seconds": _seconds(span.half_within),
            "first_answer_p90_seconds": _seconds(span.most_within),
            "back_after_7_days": span.back_7,
            "back_after_30_days": span.back_30,
            "helps": span.helps,
            "helpers": span.helpers,
            "helped": span.helped,
        }


def _seconds(wait: timedelta | None) -> int | None:
    return None if wait is None else round(wait.total_seconds())

"""What was counted: per challenge, per level, and where people get stuck. No person is named."""

import csv
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from challenges.bank.counting import recount_challenges
from challenges.bank.figures import all_figures, figures_of, rule_in_words
from challenges.bank.views.doors import COUNT, only
from challenges.models import ChallengePage
from community.sites import site_here

COLUMNS = (
    "challenge",
    "level",
    "people",
    "accepted",
    "with_tutor",
    "not_yet",
    "posts",
    "median_tries",
    "most_missed_rule",
    "people_who_missed_it",
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@require_GET
@only(COUNT)
def index(request: HttpRequest) -> HttpResponse:
    context = {
        "page_title": _("Figures of the challenges"),
        "header_icon": "table",
        "lines": [
            {"page": page, "whole": row.data.get("whole") if row else None}
            for page, row in all_figures(site_here(request))
        ],
    }
    return render(request, "challenges/bank/admin/figures.html", context)


@require_http_methods(["GET", "POST"])
@only(COUNT)
def of_challenge(request: HttpRequest, pk: int) -> HttpResponse:
    """POST counts it now, without waiting for its turn."""
    page = get_object_or_404(ChallengePage.objects.select_related("locale"), pk=pk).specific
    if request.method == "POST":
        recount_challenges([page.translation_key], now=timezone.now())
    context = {
        "page_title": _("Figures"),
        "page_subtitle": page.title,
        "header_icon": "table",
        "shown": figures_of(page),
    }
    return render(request, "challenges/bank/admin/figures_of.html", context)


@require_GET
@only(COUNT)
def table(request: HttpRequest) -> HttpResponse:
    """A line for each challenge as a whole, and one for each of its levels."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="challenges.csv"'
    response.write("\ufeff")  # or spreadsheets take it for Latin-1
    writer = csv.writer(response)
    writer.writerow(COLUMNS)
    writer.writerows(_lines(site_here(request)))
    return response


def _lines(site_id: int | None) -> Iterator[list[Any]]:
    for page, row in all_figures(site_id):
        if row is None or not row.data:
            continue
        yield _line(page, "", row.data["whole"], [], None)
        levels = {str(level.id): level for level in page.level_specs()}
        for key, told in sorted(row.data["levels"].items(), key=lambda one: one[1]["number"]):
            yield _line(page, told["number"], told, told["missed"], levels.get(key))


def _line(page: ChallengePage, level: Any, told: Any, missed: Any, spec: Any) -> list[Any]:
    worst = missed[0] if missed else None
    return [
        _cell(page.title),
        level,
        told["people"],
        told["accepted"],
        told["with_tutor"],
        told["not_yet"],
        told["posts"],
        "" if told["tries"] is None else told["tries"],
        _cell(rule_in_words(worst["rule"], spec)) if worst else "",
        worst["people"] if worst else "",
    ]


def _cell(text: str) -> str:
    """A title that begins like a formula is no formula."""
    return f"'{text}" if text.startswith(FORMULA) else text

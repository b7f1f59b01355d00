"""Newcomers' ways into the group, as the page tells them: read from the latest drawing."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.figures.charts import Value, draw_lines
from community.figures.integration import WEEKS
from community.figures.periods import WEEK, start_of
from community.figures.reading import FEWEST, Slice
from community.figures.sections import Section, Table
from community.figures.sentences import say_number, say_share, say_step
from community.models import Presence

Way = Counter[str]
""" "newcomers"; and after 1, 2 and 4 weeks "seen:<n>", "joined:<n>", "several:<n>": of those who
have been here so long, how many are linked to the group, and answered by several people."""


def gather(cohorts: Iterable[Mapping[str, Any]], cut: Presence.Span) -> dict[date, Way]:
    """The drawing's weeks, by week or by the month in which they begin."""
    found: dict[date, Way] = {}
    for cohort in cohorts:
        way = found.setdefault(start_of(date.fromisoformat(cohort["week"]), cut), Counter())
        way["newcomers"] += cohort["newcomers"]
        for after, seen in cohort["after"].items():
            way[f"seen:{after}"] += cohort["newcomers"]
            way[f"joined:{after}"] += seen["joined"]
            way[f"several:{after}"] += seen["several"]
    return found


def draw_ways(
    cohorts: Iterable[Mapping[str, Any]], wanted: Slice, starts: Sequence[date]
) -> Section | None:
    """None where nobody came. Of every network and language: a group knows no such borders."""
    ways = gather(cohorts, wanted.cut)
    known = [ways.get(start, Counter()) for start in starts]
    whole: Way = sum(known, Counter())
    if not whole["newcomers"]:
        return None
    steps = [say_step(start, wanted.cut) for start in starts]
    lines = [
        (_after(weeks), [_percent(way, f"joined:{weeks}", weeks) for way in known])
        for weeks in WEEKS
    ]
    first = _("Week of") if wanted.cut == WEEK else _("Month")
    return Section(
        key="ways",
        title=_("Finding one’s place"),
        sentence=_sentence(whole),
        chart=draw_lines(lines, top=100),
        table=Table(
            [
                first,
                _("Newcomers"),
                *(label for label, _values in lines),
                _("Answered by several, after 4 weeks"),
            ],
            [[step, *_cells(way)] for step, way in zip(steps, known, strict=True)],
        ),
        top=say_share(1, 1),
        ends=[*steps[:1], *steps[1:][-1:]],
    )


def _after(weeks: int) -> str:
    return ngettext("after %(count)d week", "after %(count)d weeks", weeks) % {"count": weeks}


def _cells(way: Way) -> list[str]:
    newcomers = way["newcomers"]
    shares = [_share(way, f"joined:{weeks}", weeks) for weeks in WEEKS]
    told = newcomers if newcomers == 0 or newcomers >= FEWEST else None
    return [say_number(told), *shares, _share(way, f"several:{WEEKS[-1]}", WEEKS[-1])]


def _percent(way: Way, kind: str, weeks: int) -> Value:
    seen = way[f"seen:{weeks}"]
    return 100 * way[kind] / seen if seen >= FEWEST else None


def _share(way: Way, kind: str, weeks: int) -> str:
    seen = way[f"seen:{weeks}"]
    return say_share(way[kind], seen) if seen >= FEWEST else "–"


def _sentence(whole: Way) -> str:
    weeks = WEEKS[-1]
    if whole[f"seen:{weeks}"] < FEWEST:
        return _("Too few newcomers have been here for a month to say where they stand.")
    return _(
        "Four weeks after they came, %(joined)s of the newcomers are linked to the largest group "
        "of people who answer each other; %(several)s were answered by two people or more."
    ) % {
        "joined": _share(whole, f"joined:{weeks}", weeks),
        "several": _share(whole, f"several:{weeks}", weeks),
    }

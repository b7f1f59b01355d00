"""The parts of the page that follow weeks or months: each a sentence, a chart, and a table."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.figures import sentences
from community.figures.charts import Bars, Lines, Value, draw_bars, draw_lines
from community.figures.periods import WEEK
from community.figures.reading import Figures, Slice, Span
from community.figures.sentences import say_number, say_share, say_step, say_wait

Column = tuple[str | Promise, Callable[[Span], str]]
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Table:
    heads: Sequence[str | Promise]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Section:
    """`legend`: what a bar and its dark part are; lines say it themselves. `top`: what the highest
    place stands for. `ends`: the first and the last step."""

    key: str
    title: str
    sentence: str
    chart: Bars | Lines
    table: Table
    top: str
    ends: Sequence[str]
    legend: Sequence[str] = ()

    @property
    def has_lines(self) -> bool:
        return isinstance(self.chart, Lines)


def _number(name: str) -> Callable[[Span], str]:
    return lambda span: say_number(getattr(span, name))


def _wait(name: str) -> Callable[[Span], str]:
    return lambda span: say_wait(getattr(span, name)) or "–"


def _share(name: str) -> Callable[[Span], str]:
    return lambda span: say_share(getattr(span, name), span.newcomers) or "–"


COLUMNS: Mapping[str, Sequence[Column]] = {
    "said": (
        (gettext_lazy("Posts"), _number("posts")),
        (gettext_lazy("Answers"), _number("answers")),
        (gettext_lazy("Conversations"), _number("conversations")),
    ),
    "people": (
        (gettext_lazy("People"), _number("people")),
        (gettext_lazy("Aboard"), _number("joined")),
        (gettext_lazy("For the first time"), _number("newcomers")),
    ),
    "waits": (
        (gettext_lazy("Newcomers"), _number("newcomers")),
        (gettext_lazy("Answered"), _number("answered")),
        (gettext_lazy("Half within"), _wait("half_within")),
        (gettext_lazy("Nine in ten within"), _wait("most_within")),
    ),
    "help": (
        (gettext_lazy("Helps"), _number("helps")),
        (gettext_lazy("People who helped"), _number("helpers")),
        (gettext_lazy("People who were helped"), _number("helped")),
    ),
    "back": (
        (gettext_lazy("Newcomers"), _number("newcomers")),
        (gettext_lazy("Back after a week"), _share("back_7")),
        (gettext_lazy("Back after a month"), _share("back_30")),
    ),
}


def draw_sections(figures: Figures, wanted: Slice) -> list[Section]:
    return [draw(figures, **_frame(key, figures, wanted)) for key, draw in SECTIONS.items()]


def _frame(key: str, figures: Figures, wanted: Slice) -> dict[str, Any]:
    """What all sections share: their table and the ends of their axis."""
    steps = [say_step(span.start, wanted.cut) for span in figures.spans]
    rows = [
        [step, *(column(span) for _head, column in COLUMNS[key])]
        for step, span in zip(steps, figures.spans, strict=True)
    ]
    first = _("Week of") if wanted.cut == WEEK else _("Month")
    heads = [first, *(head for head, _column in COLUMNS[key])]
    return {"key": key, "table": Table(heads, rows), "ends": [*steps[:1], *steps[1:][-1:]]}


def _draw_said(figures: Figures, **frame: Any) -> Section:
    chart = draw_bars(_of("posts", figures), _of("answers", figures))
    return Section(
        title=_("What was said"),
        sentence=sentences.of_posts(figures.whole),
        chart=chart,
        top=say_number(int(chart.top)),
        legend=[_("posts"), _("answers among them")],
        **frame,
    )


def _draw_people(figures: Figures, **frame: Any) -> Section:
    chart = draw_bars(_of("people", figures), _of("newcomers", figures))
    return Section(
        title=_("Who took part"),
        sentence=sentences.of_people(figures.whole),
        chart=chart,
        top=say_number(int(chart.top)),
        legend=[_("people"), _("for the first time")],
        **frame,
    )


def _draw_waits(figures: Figures, **frame: Any) -> Section:
    half = [_minutes(wait) for wait in _of("half_within", figures)]
    most = [_minutes(wait) for wait in _of("most_within", figures)]
    chart = draw_lines([(_("half"), half), (_("nine in ten"), most)], logarithmic=True)
    return Section(
        title=_("A newcomer’s first answer"),
        sentence=" ".join([sentences.of_waits(figures.whole), *sentences.of_latest_wait(figures)]),
        chart=chart,
        top=say_wait(chart.top * MINUTE) if chart.top else "",
        **frame,
    )


def _draw_help(figures: Figures, **frame: Any) -> Section:
    chart = draw_bars(_of("helps", figures))
    return Section(
        title=_("Helping each other"),
        sentence=sentences.of_help(figures.whole),
        chart=chart,
        top=say_number(int(chart.top)),
        legend=[_("answers that helped")],
        **frame,
    )


def _draw_back(figures: Figures, **frame: Any) -> Section:
    week = [_percent(span.back_7, span.newcomers) for span in figures.spans]
    month = [_percent(span.back_30, span.newcomers) for span in figures.spans]
    return Section(
        title=_("Coming back"),
        sentence=sentences.of_returns(figures.whole),
        chart=draw_lines([(_("after a week"), week), (_("after a month"), month)], top=100),
        top=say_share(1, 1),
        **frame,
    )


SECTIONS: Mapping[str, Callable[..., Section]] = {
    "said": _draw_said,
    "people": _draw_people,
    "waits": _draw_waits,
    "help": _draw_help,
    "back": _draw_back,
}


def _of(name: str, figures: Figures) -> list[Any]:
    return [getattr(span, name) for span in figures.spans]


def _minutes(wait: timedelta | None) -> Value:
    return None if wait is None else wait / MINUTE


def _percent(part: int | None, whole: int | None) -> Value:
    return 100 * part / whole if part is not None and whole else None

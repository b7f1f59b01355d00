"""Small charts as numbers for an SVG: bars, and lines with dots. Pure; every place is a string, so
that no language writes its own decimal point into it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 640, 160
GAP = 0.25
"""Of a bar's room, between two bars."""
WIDEST = 44
DOT = 4
FEW = 6
"""The height of what is too small to be told."""

Value = float | int | None


@dataclass(frozen=True, slots=True)
class Bar:
    """`inner`: the part of it that is drawn darker. `is_few`: too few people to say."""

    x: str
    y: str
    width: str
    height: str
    inner_y: str
    inner_height: str
    is_few: bool


@dataclass(frozen=True, slots=True)
class Bars:
    bars: Sequence[Bar]
    top: float

    width, height = WIDTH, HEIGHT


@dataclass(frozen=True, slots=True)
class Line:
    """`runs` are polylines, broken where nothing is known; `marks` says its shape and colour."""

    marks: int
    label: str
    runs: Sequence[str]
    dots: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Lines:
    lines: Sequence[Line]
    top: float

    width, height = WIDTH, HEIGHT


def draw_bars(values: Sequence[Value], inner: Sequence[Value] = ()) -> Bars:
    top = max((value for value in values if value), default=0)
    room = WIDTH / max(1, len(values))
    width = min(room * (1 - GAP), WIDEST)
    parts = list(inner) or [0] * len(values)
    return Bars([_bar(n, one, parts[n], room, width, top) for n, one in enumerate(values)], top)


def _bar(number: int, value: Value, inner: Value, room: float, width: float, top: float) -> Bar:
    height = FEW if value is None else _height(value, top)
    inside = _height(inner or 0, top)
    return Bar(
        x=_place(number * room + (room - width) / 2),
        y=_place(HEIGHT - height),
        width=_place(width),
        height=_place(height),
        inner_y=_place(HEIGHT - inside),
        inner_height=_place(inside),
        is_few=value is None,
    )


def _height(value: float, top: float) -> float:
    return value / top * (HEIGHT - DOT) if top else 0.0


def draw_lines(
    series: Sequence[tuple[str, Sequence[Value]]], *, top: float = 0, logarithmic: bool = False
) -> Lines:
    """Each with its label; all to one scale. A logarithmic one shows minutes and days alike."""
    known = [value for _label, values in series for value in values if value is not None]
    top = top or max(known, default=0)
    lines = [
        _line(number, label, values, top, logarithmic)
        for number, (label, values) in enumerate(series, 1)
    ]
    return Lines(lines, top)


def _line(number: int, label: str, values: Sequence[Value], top: float, log: bool) -> Line:
    room = WIDTH / max(1, len(values))
    runs: list[list[tuple[str, str]]] = [[]]
    for place, value in enumerate(values):
        if value is None:
            runs.append([])
            continue
        share = math.log1p(value) / math.log1p(top) if log and top else value / (top or 1)
        y = HEIGHT - DOT - min(1.0, share) * (HEIGHT - 2 * DOT)
        runs[-1].append((_place(place * room + room / 2), _place(y)))
    return Line(
        marks=number,
        label=label,
        runs=[" ".join(f"{x},{y}" for x, y in run) for run in runs if len(run) > 1],
        dots=[spot for run in runs for spot in run],
    )


def _place(value: float) -> str:
    return f"{value:.1f}"

"""The figures as people and as programs read them."""

import json
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench.measuring import Row

HEADS = ("what", "figure", "unit", "against", "reference", "ratio")
LATEST = Path(__file__).resolve().parent / "results" / "latest.json"


def draw(rows: Sequence[Row]) -> str:
    lines = [HEADS, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADS))]
    drawn = [_draw_line(line, widths) for line in lines]
    drawn.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(drawn)


def _cells(row: Row) -> tuple[str, ...]:
    verdict = " over the limit" if row.is_over else ""
    return (
        row.name,
        number(row.figure),
        row.unit,
        row.against,
        number(row.reference),
        f"{row.ratio:.3g}{verdict}",
    )


def _draw_line(cells: Sequence[str], widths: Sequence[int]) -> str:
    numbers = {1, 4}
    padded = [
        cell.rjust(width) if column in numbers else cell.ljust(width)
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return "  ".join(padded).rstrip()


def number(value: float) -> str:
    """Three figures that count, thousands apart."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def keep(rows: Sequence[Row], *, quick: bool, database: str, path: Path = LATEST) -> None:
    document = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "machine": platform.machine(),
        "database": database,
        "quick": quick,
        "rows": [row.to_json() for row in rows],
    }
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")

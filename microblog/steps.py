"""The pipeline's steps: what `drain` runs, `status` counts, the beat wakes and doorbells ring.

Each room enters its own steps when it is loaded; the order is that of ORDER, which every reader can
check.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

ORDER = (
    "hear",
    "screen",
    "rejudge",
    "mentor",
    "assign",
    "tend",
    "fetch",
    "glean",
    "describe",
    "unite",
    "sift",
    "curate",
    "shelve",
    "index",
    "credit",
    "evaluate",
    "issue",
    "propose",
    "contribute",
    "plan",
    "launch",
    "hint",
    "remind",
    "ask",
    "gather",
    "digest",
    "relay",
    "feedback",
    "announce",
    "deliver",
    "recheck",
    "tally",
    "count",
    "draw",
    "picture",
    "purge",
)


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many rows wait for a step, and since when the oldest does (None where nothing waits)."""

    count: int
    oldest: datetime | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One drain. `run(now)` handles one batch and returns how many rows it moved: call again until
    0."""

    name: str
    run: Callable[[datetime], int]
    backlog: Callable[[datetime], Backlog]


_steps: dict[str, Step] = {}


def enter_step(step: Step) -> None:
    """Raises ValueError for a name that ORDER doesn't hold, or that is taken."""
    if step.name not in ORDER:
        raise ValueError(f"{step.name!r} has no place in the pipeline's order")
    if step.name in _steps:
        raise ValueError(f"two steps are called {step.name!r}")
    _steps[step.name] = step


def get_step(name: str) -> Step:
    """Raises KeyError."""
    return _steps[name]


def all_steps() -> list[Step]:
    return [_steps[name] for name in ORDER if name in _steps]

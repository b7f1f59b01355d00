"""One way to measure: a warm-up, then the median of several runs, beside something to compare
with."""

import math
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

Action = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Row:
    """One figure and what it is held against, in the same unit. `is_limit`: more than the reference
    is too much."""

    name: str
    figure: float
    unit: str
    against: str
    reference: float
    is_limit: bool = False

    @property
    def ratio(self) -> float:
        """Of nothing to nothing: 1."""
        if self.reference:
            return self.figure / self.reference
        return float("inf") if self.figure else 1.0

    @property
    def is_over(self) -> bool:
        return self.is_limit and self.figure > self.reference

    def to_json(self) -> dict[str, Any]:
        """An endless ratio is no JSON: null."""
        ratio = round(self.ratio, 4) if math.isfinite(self.ratio) else None
        return {**asdict(self), "ratio": ratio, "is_over": self.is_over}


@dataclass(frozen=True, slots=True)
class Effort:
    """How much to measure: `quick` says whether somebody waits for it."""

    quick: bool = False

    def choose(self, full: int, quick: int) -> int:
        return quick if self.quick else full


def seconds(action: Action) -> float:
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def per_second(
    action: Action, *, things: int = 1, rounds: int = 5, at_least: float = 0.05
) -> float:
    """How many things a second: each round repeats the action for `at_least` seconds."""
    action()
    return statistics.median(_round(action, things, at_least) for _ in range(rounds))


def _round(action: Action, things: int, at_least: float) -> float:
    calls, started = 0, time.perf_counter()
    while (spent := time.perf_counter() - started) < at_least or not calls:
        action()
        calls += 1
    return calls * things / spent


def each_once(actions: Iterator[Action]) -> float:
    """The median seconds of actions that can't be repeated, each made just before; the first warms
    up."""
    spent = [seconds(action) for action in actions]
    return statistics.median(spent[1:] or spent)

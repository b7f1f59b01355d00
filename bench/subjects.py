"""What is measured, each in a process and an installation of its own."""

import importlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

import django

from bench.measuring import Effort, Row
from bench.servers import has_redis, redis
from bench.stage import ROOT, Stage

LONGEST = 150  # seconds for one subject


@dataclass(frozen=True, slots=True)
class Subject:
    """`module` has `measure(effort)`, which returns rows."""

    module: str
    on_redis: bool = False
    longest: int = LONGEST


SUBJECTS = {
    "rules": Subject("bench.rules"),
    "hearing": Subject("bench.hearing"),
    "screening": Subject("bench.screening"),
    "feedback": Subject("bench.feedback"),
    "feedback-redis": Subject("bench.feedback", on_redis=True),
    "baking": Subject("bench.baking"),
    "pages": Subject("bench.pages"),
    "figures": Subject("bench.figures"),
    "room": Subject("bench.room"),
    "veille": Subject("bench.veille", longest=900),
    "feeds": Subject("bench.feeds", longest=600),
}


class SubjectFailed(Exception):
    """A subject ended without figures; its own words are on standard error."""


def can_run(name: str) -> bool:
    return has_redis() or not SUBJECTS[name].on_redis


def is_long(name: str) -> bool:
    """Left out of a quick run, unless it is asked for by name."""
    return SUBJECTS[name].on_redis


def run(name: str, stage: Stage, effort: Effort) -> list[Row]:
    """Raises SubjectFailed."""
    with ExitStack() as stack:
        settings = dict(stack.enter_context(stage.copy(name)))
        state = Path(settings["ENVOL_STATE"])
        if SUBJECTS[name].on_redis:
            settings["CELERY_BROKER_URL"] = stack.enter_context(redis(state))
        figures = state / "figures.json"
        words = [sys.executable, "-m", "bench.subjects", name, str(figures)]
        _run(words + ["--quick"] * effort.quick, settings, SUBJECTS[name].longest)
        if not figures.exists():
            raise SubjectFailed(name)
        return [Row(**fields) for fields in json.loads(figures.read_text(encoding="utf-8"))]


def _run(command: Sequence[str], settings: dict[str, str], longest: int) -> None:
    """In a group of its own, so that whatever it has begun ends with it."""
    process = subprocess.Popen(command, cwd=ROOT, env=settings, start_new_session=True)  # noqa: S603
    try:
        process.wait(longest)
    except subprocess.TimeoutExpired:
        sys.stderr.write(f"not done in {longest} s\n")
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def main(name: str, figures: str, *options: str) -> None:
    """In the subject's own process: measures, and leaves the rows in a file."""
    django.setup()
    module = importlib.import_module(SUBJECTS[name].module)
    rows: list[Row] = module.measure(Effort(quick="--quick" in options))
    fields = ("name", "figure", "unit", "against", "reference", "is_limit")
    plain = [{field: getattr(row, field) for field in fields} for row in rows]
    Path(figures).write_text(json.dumps(plain), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])

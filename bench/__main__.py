"""python -m bench [--quick] [NAME…]: every figure beside its reference, none of them a test."""

import argparse
import os
import sys
import time

from bench.databases import server_of
from bench.measuring import Effort, Row
from bench.stage import set_stage
from bench.subjects import SUBJECTS, SubjectFailed, can_run, is_long, run
from bench.table import LATEST, draw, keep


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(SUBJECTS))
    parser.add_argument("--quick", action="store_true", help="fewer rounds, a shorter history")
    options = parser.parse_args()
    if unknown := set(options.names) - SUBJECTS.keys():
        parser.error(f"no such subject: {', '.join(sorted(unknown))}")
    server = server_of(os.environ.get("DATABASE_URL", ""))
    names = options.names or [name for name in SUBJECTS if not (options.quick and is_long(name))]
    rows, failed = _measure(names, Effort(options.quick), server)
    sys.stdout.write(f"{draw(rows)}\n")
    keep(rows, quick=options.quick, database="postgresql" if server else "sqlite")
    _tell(f"Kept in {LATEST.relative_to(LATEST.parent.parent.parent)}")
    for name in failed:
        _tell(f"{name}: no figures")
    return len(failed)


def _measure(names: list[str], effort: Effort, server: str) -> tuple[list[Row], list[str]]:
    rows: list[Row] = []
    failed = []
    _tell("Setting the stage (a loaded demo; once for its content) …")
    with set_stage(server=server) as stage:
        for name in names:
            if not can_run(name):
                _tell(f"{name}: left out, redis-server is not installed")
                continue
            started = time.perf_counter()
            try:
                rows += run(name, stage, effort)
            except SubjectFailed:
                failed.append(name)
            _tell(f"{name}: {time.perf_counter() - started:.0f} s")
    return rows, failed


def _tell(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")


if __name__ == "__main__":
    sys.exit(main())

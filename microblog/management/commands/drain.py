"""Runs the whole pipeline in this process."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from microblog.hearing import hear_now
from microblog.steps import all_steps

MOST_ROUNDS = 200


class Command(BaseCommand):
    help = (
        "Polls every connection and runs every step of the pipeline: once, or until nothing moves. "
        "Safe beside running workers."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--until-quiet", action="store_true", help="repeat until no step moves anything"
        )
        parser.add_argument("--json", action="store_true", help="report as JSON on standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        hear_now(timezone.now())
        moved = {step.name: 0 for step in all_steps()}
        rounds, quiet = 0, False
        while not quiet and rounds < MOST_ROUNDS:
            rounds += 1
            this_round = self._round(moved, quiet_output=options["json"])
            quiet = this_round == 0 or not options["until_quiet"]
        if options["json"]:
            report = {"rounds": rounds, "moved": moved, "quiet": sum(moved.values()) == 0 or quiet}
            self.stdout.write(json.dumps(report))
        elif not quiet:
            self.stderr.write(f"Still moving after {rounds} rounds; run it again.")
        else:
            self.stdout.write(f"Done: {sum(moved.values())} rows moved in {rounds} round(s).")

    def _round(self, moved: dict[str, int], *, quiet_output: bool) -> int:
        total = 0
        for step in all_steps():
            done = step.run(timezone.now())
            moved[step.name] += done
            total += done
            if done and not quiet_output:
                self.stdout.write(f"  {step.name:<10} {done}")
                self.stdout.flush()
        return total

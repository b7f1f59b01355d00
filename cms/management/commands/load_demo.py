"""manage.py load_demo: pages, badges and a small community to begin with."""

import json
import logging
from argparse import ArgumentParser, BooleanOptionalAction
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cms.demo_loader.house import DemoRefused
from cms.demo_loader.reading import Demo
from cms.demo_loader.services import Progress, load_demo


class Command(BaseCommand):
    help = (
        "Load the demo: tutorials, challenges, pages and badges in both languages and, on one's "
        "own machine, a small community whose logins have a known password. Repeatable: what is "
        "there is never written over, what an editor threw away doesn't come back."
    )

    demo: Demo | None = None
    """As it is shipped, where no other is given."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--with-people",
            action=BooleanOptionalAction,
            default=None,
            help="the demo's people and their conversations (default: where DEMO_PEOPLE is set)",
        )
        parser.add_argument("--json", action="store_true", help="report as JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        wanted, allowed = options["with_people"], settings.DEMO_PEOPLE
        if wanted and not allowed:
            raise CommandError(
                "The demo's people have a known password: they are for one's own machine only. "
                "These settings serve others, so they stay outside."
            )
        with_people = allowed if wanted is None else wanted
        # A line for each page that is published is for editors' work, not for this.
        logging.getLogger("wagtail").setLevel(logging.WARNING)
        made = {}
        try:
            now = timezone.now()
            for progress in load_demo(now=now, with_people=with_people, demo=self.demo):
                made[progress.part] = progress.made
                if not options["json"]:
                    self._tell(progress)
        except DemoRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["json"]:
            self.stdout.write(json.dumps({"new": made, "with_people": with_people}, indent=2))
        else:
            self._sum_up(sum(made.values()), with_people)

    def _tell(self, progress: Progress) -> None:
        """A line for each part that has something new; long parts show how far they are."""
        if progress.is_finished and progress.made:
            self.stdout.write(f"  {progress.part:<11}{progress.made:>4} new")
        elif not progress.is_finished and self.stdout.isatty():
            self.stdout.write(f"  {progress.part:<11}{progress.done:>4}/{progress.of}", ending="\r")
            self.stdout.flush()

    def _sum_up(self, new: int, with_people: bool) -> None:
        self.stdout.write("The demo is loaded." if new else "The demo is there already.")
        if new and not with_people:
            self.stdout.write("Without its people: their password is known to everybody.")

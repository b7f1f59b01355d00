"""Apply the badge rules to everything that was ever done."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from badges.evaluating import evaluate_events, forget_applied_rules
from badges.models import Award


class Command(BaseCommand):
    help = (
        "Apply the rules of every badge to everybody, from the beginning. Nobody gets a badge "
        "twice; the site does the same by itself whenever a badge's rules change."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        before, moved = Award.objects.count(), 0
        forget_applied_rules()
        while done := evaluate_events(timezone.now()):
            moved += done
            if options["verbosity"] and not options["json"]:
                self.stderr.write(f"{moved} looked at…", ending="\r")
        awarded = Award.objects.count() - before
        if options["json"]:
            self.stdout.write(json.dumps({"looked_at": moved, "awarded": awarded}))
        else:
            self.stdout.write(f"Looked at {moved} events and people; {awarded} new awards.")

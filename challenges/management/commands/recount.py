"""manage.py recount: the figures of all challenges, from the start."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from challenges.bank.counting import fingerprints, recount_challenges


class Command(BaseCommand):
    help = (
        "Count the answers of every challenge anew. The step “tally” does so by itself whenever "
        "they change; this is for after a restore or an upgrade."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        counted = recount_challenges(fingerprints(), now=timezone.now())
        self.stdout.write(f"{counted} challenges counted.")

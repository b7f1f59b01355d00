"""manage.py rebuild_figures: count all posts again, from the first."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from community.figures.rebuilding import rebuild


class Command(BaseCommand):
    help = (
        "Throw away what figures counted and count every post again. Figures are incomplete until "
        "it is done; killed in between, the workers go on."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        done = 0
        for done in rebuild(now=timezone.now()):
            if self.stdout.isatty():
                self.stdout.write(f"  {done:,} posts", ending="\r")
                self.stdout.flush()
        self.stdout.write(f"{done:,} posts counted.")

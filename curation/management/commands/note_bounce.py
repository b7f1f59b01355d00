"""manage.py note_bounce: a mail server's report, on standard input."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from curation.digest.bouncing import note_report

LARGEST = 5 * 1024 * 1024


class Command(BaseCommand):
    help = (
        "Read a report that a letter of the week couldn't be handed over (RFC 3464), as a mail "
        "server pipes it in. An address of which three letters came back is forgotten."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        """What is no such report is none of our business, and no fault: the mail server would
        report it in turn."""
        counted = note_report(sys.stdin.buffer.read(LARGEST))
        self.stdout.write("A letter came back." if counted else "No letter of ours came back.")

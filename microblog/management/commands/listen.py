"""The long-running ear, for installations that want it apart from the workers."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.utils import timezone

from microblog.hearing import hear
from microblog.rechecking import recheck


class Command(BaseCommand):
    help = (
        "Reads every connection's streams as they fall due, until it is stopped (Ctrl-C, SIGTERM). "
        "The beat does the same; run this where hearing should never wait behind other work."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--every", type=float, default=2.0, help="seconds between two looks at what is due"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        self.stdout.write("Listening. Ctrl-C stops.")
        while not stop.is_set():
            close_old_connections()
            moved = hear(timezone.now()) + recheck(timezone.now())
            if moved:
                self.stdout.write(f"{timezone.now():%H:%M:%S} heard {moved}")
                self.stdout.flush()
            else:
                stop.wait(options["every"])
        self.stdout.write("Stopped.")

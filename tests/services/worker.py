"""A process that drains when told to: `python -m tests.services.worker <now>`.

Says "ready" on standard output, waits for a line on standard input, and then runs every step
until nothing moves, so that two of them begin at the same moment.
"""

import sys
from datetime import datetime

import django

django.setup()

from tests.journeys import loop  # noqa: E402 - Django is set up first

if __name__ == "__main__":
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    loop.drain(datetime.fromisoformat(sys.argv[1]))

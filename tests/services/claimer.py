"""A tutor's process that claims when told to: `python -m tests.services.claimer <need> <tutor>`.

Says "ready" on standard output, waits for a line on standard input, claims, and says "mine",
"taken" or "gone".
"""

import sys

import django

django.setup()

from django.utils import timezone  # noqa: E402 - Django is set up first

from community.models import Participant  # noqa: E402
from community.tutoring.claiming import NobodyWaits, Taken, claim_need  # noqa: E402


def claim(need: int, tutor: int) -> str:
    person = Participant.objects.get(pk=tutor)
    try:
        claim_need(need, person, now=timezone.now())
    except Taken:
        return "taken"
    except NobodyWaits:
        return "gone"
    return "mine"


if __name__ == "__main__":
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    sys.stdout.write(claim(int(sys.argv[1]), int(sys.argv[2])) + "\n")

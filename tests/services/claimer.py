"""A tutor's claim, as a process of its own makes it."""

from django.utils import timezone

from community.models import Participant
from community.tutoring.claiming import NobodyWaits, Taken, claim_need


def claim(need: int, tutor: int) -> str:
    """What the tutor is told: "mine", "taken" or "gone"."""
    person = Participant.objects.get(pk=tutor)
    try:
        claim_need(need, person, now=timezone.now())
    except Taken:
        return "taken"
    except NobodyWaits:
        return "gone"
    return "mine"

"""Doorbells of all rooms, in the lowest."""

from django.dispatch import Signal

taken_away = Signal()
"""Sent with the sender alone, inside the transaction that takes it away: what everybody could read
a moment ago isn't for everybody any more, or says something else."""

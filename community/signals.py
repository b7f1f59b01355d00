"""What rooms above must put right when it happens, within the same transaction."""

from django.dispatch import Signal

merged = Signal()
"""One person turned out to be another: sends `person` and `into` (Participants), before `person`
is deleted. Whoever holds rows of `person` moves them."""

forgotten = Signal()
"""A person wants nothing kept about them: sends `person`. Whoever holds rows of theirs removes
them."""

exported = Signal()
"""A person asks what is kept: sends `person`; receivers return a list of addresses (their
badges)."""

kept = Signal()
"""A person asks what is kept: sends `person`; receivers return what their room keeps, by name, as
plain values."""

learned_again = Signal()
"""Deeds that were undone stand again: sends `participants` (ids), whose badges may follow."""

unmerged = Signal()
"""A joining was undone: sends `person` and `out_of` (Participants), once their rows are parted."""

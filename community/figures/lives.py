"""How alive challenges are. The room above enters its own answer: this one knows no challenge."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

LATELY = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class ChallengeLife:
    """An open challenge in the reader's language, and its answers in the last thirty days."""

    title: str
    url: str
    answers: int
    was_answered: bool


Reader = Callable[[str, datetime, int | None], Sequence[ChallengeLife]]
_readers: list[Reader] = []


def enter_lives(reader: Reader) -> None:
    """`reader(language, now, site_id)`, in a constant number of queries."""
    if reader not in _readers:
        _readers.append(reader)


def challenge_lives(
    language: str, now: datetime, site_id: int | None = None
) -> list[ChallengeLife]:
    """The liveliest first; those that wait for their first answer last, by title."""
    found = [life for reader in _readers for life in reader(language, now, site_id)]
    return sorted(found, key=lambda life: (-life.answers, not life.was_answered, life.title))

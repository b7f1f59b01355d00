"""What the badge rules know about somebody: what they did, and which badges they have."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Deed:
    """One learning event, in the rules' words. `other` is the number of the person it was done
    with."""

    event: int
    kind: str
    subject: str = ""
    other: int | None = None
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class EventFacts:
    """One person's deeds from the oldest to the latest, the badges they hold, and what badges are
    called."""

    deeds: tuple[Deed, ...] = ()
    held: frozenset[int] = frozenset()
    names: Mapping[int, str] = field(default_factory=dict)

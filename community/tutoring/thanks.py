"""What came back to a tutor: helps that newcomers confirmed."""

from collections.abc import Sequence
from dataclasses import dataclass

from community.models import Help, Participant

MOST = 20


@dataclass(frozen=True, slots=True)
class Thanks:
    """`rows`: the latest, with `reply__author` and `helped`; `people`: how many different ones."""

    rows: Sequence[Help]
    helps: int
    people: int


def read_thanks(helper: Participant) -> Thanks:
    confirmed = Help.objects.confirmed().filter(helper=helper)
    rows = confirmed.filter(reply__deleted_at=None).select_related("helped", "reply__author")
    return Thanks(
        rows=list(rows.order_by("-confirmed_at", "-pk")[:MOST]),
        helps=confirmed.count(),
        people=confirmed.values("helped").distinct().count(),
    )

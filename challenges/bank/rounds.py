"""The rounds of a challenge: each launch begins one, and its answers are those said until the
next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from challenges.models import ChallengePage, Launch


@dataclass(frozen=True, slots=True)
class Round:
    """`begins` is None for the first: whoever was faster than its launch answered it too;
    `ends` is None for the latest. `is_read`: the reader asked for its answers alone."""

    number: int
    at: datetime
    begins: datetime | None
    ends: datetime | None
    is_read: bool = False

    @property
    def url(self) -> str:
        return f"{query_of(self.number)}#answers"


def query_of(number: int) -> str:
    return f"?round={number}"


def rounds_of(page: ChallengePage, *, asked: str = "") -> Sequence[Round]:
    """The latest first; `asked`: the number in the address, as it was written. One query."""
    launches = Launch.objects.filter(challenge_key=page.translation_key)
    said = list(
        launches.exclude(promised_at=None).order_by("due_at").values_list("round", "due_at")
    )
    ends = [at for _number, at in said[1:]] + [None]
    return [
        Round(number, at, None if place == 0 else at, end, str(number) == asked)
        for place, ((number, at), end) in enumerate(zip(said, ends, strict=False))
    ][::-1]


def round_read(rounds: Sequence[Round]) -> Round | None:
    return next((one for one in rounds if one.is_read), None)

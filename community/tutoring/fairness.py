"""Who is given to whom: pure, so that its fairness can be proved on thousands of made-up days."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Seat:
    """A tutor who is there: how many they said, and the places that are taken."""

    tutor: int
    places: int
    languages: frozenset[str] = frozenset()
    taken: set[int] = field(default_factory=set)

    @property
    def is_free(self) -> bool:
        """Never more than they said, also where they said more before."""
        return len(self.taken) < self.places

    def take(self) -> int:
        """The first free place, counted from 1."""
        place = next(n for n in range(1, self.places + 1) if n not in self.taken)
        self.taken.add(place)
        return place

    def speaks(self, language: str) -> bool:
        """Where nothing is known of either, nothing is in the way."""
        return not language or not self.languages or language in self.languages


@dataclass(frozen=True, slots=True)
class Wish:
    """A newcomer who waits. `past`: the tutors whom they had before."""

    mentee: int
    language: str = ""
    past: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Pair:
    mentee: int
    tutor: int
    place: int


def pair_up(wishes: Sequence[Wish], seats: Iterable[Seat]) -> Iterator[Pair]:
    """Who has waited longest comes first, `wishes` are in that order. First everybody whose
    language somebody speaks, then the others; each with the tutor who has fewest mentees for what
    they said."""
    seats = list(seats)
    left: list[Wish] = []
    for wish in wishes:
        seat = _best(wish, [seat for seat in seats if seat.speaks(wish.language)])
        if seat is None:
            left.append(wish)
        else:
            yield Pair(wish.mentee, seat.tutor, seat.take())
    for wish in left:
        seat = _best(wish, seats)
        if seat is not None:
            yield Pair(wish.mentee, seat.tutor, seat.take())


def _best(wish: Wish, seats: Iterable[Seat]) -> Seat | None:
    """Tutors of fewer languages first, so that those who speak many stay for who needs them."""
    may = [
        seat
        for seat in seats
        if seat.is_free and seat.tutor != wish.mentee and seat.tutor not in wish.past
    ]
    return min(
        may,
        key=lambda seat: (
            len(seat.taken) / seat.places,
            len(seat.languages),
            len(seat.taken),
            seat.tutor,
        ),
        default=None,
    )


def most_waiting(seats: Mapping[int, Seat]) -> int:
    """How many newcomers there is a place for."""
    return sum(max(seat.places - len(seat.taken), 0) for seat in seats.values())

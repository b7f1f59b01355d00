"""The drawn network as it is shown to a reader: shapes, ties, and the names of those who show
theirs, where there is room for them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from community.figures.layout import HEIGHT, WIDTH
from community.models import Consent, Participant

GRID = 3
"""The picture can be looked at closer in so many parts across and down."""
LETTER = 0.56
"""Width of a letter beside its height, about."""
LONGEST = 18
MOST_ROWS = 300
SIZE = 6.0


@dataclass(frozen=True, slots=True)
class Dot:
    """A person. `shape` is an SVG path of a colour and form of its own; no name: a mere dot."""

    role: str
    shape: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    x: str
    y: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """For whoever reads instead of looking: somebody, and with whom they talk. `others`: people who
    aren't named."""

    name: str
    names: Sequence[str]
    others: int


@dataclass(frozen=True, slots=True)
class Picture:
    """`one_way`, `mutual`: SVG paths of all such ties. `roles`: how many people of each role."""

    box: str
    letter: str
    dots: Sequence[Dot]
    one_way: str
    mutual: str
    labels: Sequence[Label]
    rows: Sequence[Row]
    roles: Mapping[str, int]
    people: int
    ties: int
    mutual_ties: int


@dataclass(frozen=True, slots=True)
class _Spot:
    person: int
    role: str
    x: float
    y: float


def show_picture(drawing: Mapping[str, Any], *, part: int = 0) -> Picture:
    """`part`: 0 for the whole, else 1 to 9, row by row. One query: consent is asked each time."""
    spots = [_Spot(*spot) for spot in drawing["people"]]
    names = _names([spot.person for spot in spots])
    left, top, width, height = _frame(part)
    scale = width / WIDTH
    here = [spot for spot in spots if spot.person in names]
    ties = [
        (spots[one], spots[other], is_mutual)
        for one, other, _posts, is_mutual in drawing["ties"]
        if spots[one].person in names and spots[other].person in names
    ]
    zoom = scale**0.5
    return Picture(
        box=f"{left:.0f} {top:.0f} {width:.0f} {height:.0f}",
        letter=f"{13 * scale**0.8:.1f}",
        dots=[Dot(s.role, _shape(s, SIZE * zoom), names[s.person]) for s in here],
        one_way=_strokes(tie for tie in ties if not tie[2]),
        mutual=_strokes(tie for tie in ties if tie[2]),
        labels=list(_labels(here, names, (left, top, width, height), 13 * scale**0.8)),
        rows=list(_rows(here, ties, names)),
        roles={role: sum(s.role == role for s in here) for role in ("newcomer", "helper", "other")},
        people=len(here),
        ties=len(ties),
        mutual_ties=sum(tie[2] for tie in ties),
    )


def _names(people: Sequence[int]) -> dict[int, str]:
    """Of those who are counted; "" where they aren't shown."""
    counted = Participant.objects.filter(pk__in=people).exclude(consent=Consent.NOTHING)
    return {
        pk: name if consent == Consent.SHOW else ""
        for pk, name, consent in counted.values_list("pk", "name", "consent")
    }


def _frame(part: int) -> tuple[float, float, float, float]:
    if not part:
        return 0.0, 0.0, WIDTH, HEIGHT
    down, across = divmod(part - 1, GRID)
    return across * WIDTH / GRID, down * HEIGHT / GRID, WIDTH / GRID, HEIGHT / GRID


def _shape(spot: _Spot, size: float) -> str:
    """Newcomers are rings, helpers diamonds, all others squares: told apart without colours."""
    x, y = spot.x, spot.y
    if spot.role == "newcomer":
        arc = f"a{size:.2f} {size:.2f} 0 1 0"
        return f"M{x - size:.2f} {y:.2f}{arc} {2 * size:.2f} 0{arc} {-2 * size:.2f} 0z"
    if spot.role == "helper":
        r = f"{size * 1.35:.2f}"
        return f"M{x:.2f} {y - size * 1.35:.2f}l{r} {r}l-{r} {r}l-{r} -{r}z"
    side = f"{size * 1.5:.2f}"
    return f"M{x - size * 0.75:.2f} {y - size * 0.75:.2f}h{side}v{side}h-{side}z"


def _strokes(ties: Iterator[tuple[_Spot, _Spot, bool]]) -> str:
    return "".join(f"M{a.x:.0f} {a.y:.0f}L{b.x:.0f} {b.y:.0f}" for a, b, _mutual in ties)


def _labels(
    spots: Sequence[_Spot],
    names: Mapping[int, str],
    frame: tuple[float, float, float, float],
    letter: float,
) -> Iterator[Label]:
    """Where there is room, in no order of merit: whoever chance puts first."""
    left, top, width, height = frame
    taken: list[tuple[float, float, float, float]] = []
    for spot in sorted(spots, key=lambda spot: crc32(str(spot.person).encode())):
        text = _short(names[spot.person])
        half, y = len(text) * letter * LETTER / 2, spot.y + letter + SIZE
        box = (spot.x - half, y - letter, spot.x + half, y + letter * 0.3)
        fits = (
            left <= box[0] and box[2] <= left + width and top <= box[1] and box[3] <= top + height
        )
        if text and fits and not any(_overlap(box, other) for other in taken):
            taken.append(box)
            yield Label(f"{spot.x:.1f}", f"{y:.1f}", text)


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"


def _overlap(
    one: tuple[float, float, float, float], other: tuple[float, float, float, float]
) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _rows(
    spots: Sequence[_Spot],
    ties: Sequence[tuple[_Spot, _Spot, bool]],
    names: Mapping[int, str],
) -> Iterator[Row]:
    """Of those who are named, by name; at most MOST_ROWS."""
    friends: dict[int, list[int]] = {spot.person: [] for spot in spots}
    for one, other, _mutual in ties:
        friends[one.person].append(other.person)
        friends[other.person].append(one.person)
    named = sorted((names[pk], pk) for pk in friends if names[pk])
    for name, pk in named[:MOST_ROWS]:
        known = sorted(names[friend] for friend in friends[pk] if names[friend])
        yield Row(name, known, len(friends[pk]) - len(known))

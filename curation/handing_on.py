"""Undoing a decision that isn't the last one about its item: what somebody wrote over meanwhile
stays, and whoever wrote it gives back from then on what was there before both."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from curation.models import Item, Sifting
from curation.ways_back import RESTORED, TOPICS

Decision = Sifting.Decision
PLACED = {
    Decision.PUBLISH,
    Decision.PICK,
    Decision.DROP,
    Decision.SNOOZE,
    Decision.BACK,
    Decision.TAKE_BACK,
}
"""Decisions about where an item is; they can only be undone while nobody decided anew."""

FIELDS = frozenset(field.name for field in Item._meta.concrete_fields)
EDITED, PICK, MARKED = "edited_fields", "pick", "marked"
"""In `Sifting.before`: who marked a field as a person's is `marked`, once it isn't to be read from
what was marked before."""


def later_than(rows: Mapping[int, Sifting]) -> dict[int, list[Sifting]]:
    """By item: what was decided after these and stands, the oldest first. One query."""
    found: dict[int, list[Sifting]] = {item: [] for item in rows}
    standing = Sifting.objects.standing().filter(item__in=rows)
    for one in standing.order_by("at", "pk"):
        row = rows[one.item_id]
        if (one.at, one.pk) > (row.at, row.pk):
            found[one.item_id].append(one)
    return found


def hand_on(row: Sifting, later: Sequence[Sifting]) -> dict[str, Any]:
    """In memory alone: what of `row.before` is to be given back now. `later` decisions that wrote
    the same take the rest over; the marks that go are those under "marked"."""
    wrote = written_by(row)
    left = {name: row.before[name] for name in wrote & {*row.before} - {TOPICS}}
    marks = marked_by(row)
    for name in wrote:
        heir = next((one for one in later if name in written_by(one)), None)
        if heir is None:
            continue
        if name in marks:
            marks.remove(name)
            heir.before[MARKED] = sorted({*marked_by(heir), name})
        if name in left:
            heir.before[name] = left.pop(name)
    topics = _topics_left(row, later)
    return {**left, "topics": topics, MARKED: sorted(marks)}


def written_by(row: Sifting) -> set[str]:
    """Fields of the item, and what stands beside it: its topics, the words of its pick."""
    found = {name for name in row.before if name in FIELDS or name == PICK} - {EDITED}
    if row.decision not in PLACED:
        found -= {*RESTORED}
    return found | ({TOPICS} if any(row.before.get("topics", {}).values()) else set())


def marked_by(row: Sifting) -> set[str]:
    """The fields that weren't a person's before it."""
    if MARKED in row.before:
        return {*row.before[MARKED]}
    if EDITED not in row.before:
        return set()
    return written_by(row) - {*row.before[EDITED], *RESTORED, PICK}


def _topics_left(row: Sifting, later: Iterable[Sifting]) -> dict[str, list[int]]:
    """What was put on and taken off again, or the other way round, is as it was before both."""
    left = {"added": [], "removed": []} | row.before.get("topics", {})
    for one in later:
        theirs = one.before.get("topics", {})
        for mine, other in (("added", "removed"), ("removed", "added")):
            both = {*left[mine]} & {*theirs.get(other, ())}
            left[mine] = [tag for tag in left[mine] if tag not in both]
            if both:
                theirs[other] = [tag for tag in theirs[other] if tag not in both]
    return left

"""The way back: the last decisions of a person, undone together as they were taken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from community.models import User
from curation.crediting import uncredit_items
from curation.handing_on import EDITED, MARKED, PICK, PLACED, hand_on, later_than
from curation.links.pictures import take_pictures_anew
from curation.models import Item, ItemTopic, Pick, Sifting
from curation.picking import give_back
from curation.ways_back import PICTURE, put_back
from microblog.signals import taken_away

Decision = Sifting.Decision
FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Undone:
    """`items`: as they were before. `kept`: items about which somebody decided anew meanwhile."""

    items: Sequence[Item]
    kept: int = 0


def may_be_undone(by: User, *, now: datetime) -> QuerySet[Sifting]:
    """One's own decisions of today, the latest first."""
    recent = Sifting.objects.standing().filter(user=by, at__gt=now - FOR)
    return recent.order_by("-at", "-pk")


def undo_last(*, by: User, site_id: int, now: datetime) -> Undone | None:
    """None: there is nothing left to undo."""
    last = may_be_undone(by, now=now).filter(item__site=site_id).first()
    return undo_batch(last.batch, by=by, now=now) if last else None


@transaction.atomic
def undo_batch(batch: UUID, *, by: User, now: datetime) -> Undone:
    """A second time, it undoes nothing. Queries in the number of what kinds of things there were,
    not of items; picks excepted."""
    rows = {
        row.item_id: row
        for row in may_be_undone(by, now=now).filter(batch=batch).select_for_update(of=("self",))
    }
    Sifting.objects.filter(pk__in=[row.pk for row in rows.values()]).update(undone_at=now)
    items = Item.objects.select_for_update(of=("self",)).filter(pk__in=rows).order_by("pk")
    free = [item for item in items if _stands(item, rows[item.pk])]
    before = _what_goes_back(free, rows)
    changed = {name for item in free for name in _put_back(item, before[item.pk])}
    if changed:
        Item.objects.bulk_update(free, sorted(changed))
    if PICTURE in changed:
        take_pictures_anew([item.pk for item in free if PICTURE in before[item.pk]], now=now)
    _sort_back(before)
    _unpick(free, rows, before)
    decided = [pk for pk in rows if rows[pk].decision in {Decision.PUBLISH, Decision.PICK}]
    uncredit_items([item.pk for item in free if item.pk in decided], now=now)
    taken_away.send(Item)
    return Undone(free, kept=len(rows) - len(free))


def _stands(item: Item, row: Sifting) -> bool:
    return row.decision not in PLACED or item.decided_in == row.batch


def _what_goes_back(
    items: Sequence[Item], rows: Mapping[int, Sifting]
) -> dict[int, dict[str, Any]]:
    """By item; what was written over since stays. Two queries."""
    later = later_than({item.pk: rows[item.pk] for item in items})
    before = {item.pk: hand_on(rows[item.pk], later[item.pk]) for item in items}
    Sifting.objects.bulk_update([one for some in later.values() for one in some], ["before"])
    return before


def _put_back(item: Item, before: Mapping[str, Any]) -> list[str]:
    """In memory alone; returns the names of the fields that it wrote."""
    names = put_back(item, before)
    if before[MARKED]:
        item.edited_fields = [one for one in item.edited_fields if one not in before[MARKED]]
        names.append(EDITED)
    return names


def _sort_back(before: Mapping[int, Mapping[str, Any]]) -> None:
    """By item."""
    added = {(pk, tag) for pk, told in before.items() for tag in told["topics"]["added"]}
    removed = {(pk, tag) for pk, told in before.items() for tag in told["topics"]["removed"]}
    if added:
        theirs = ItemTopic.objects.filter(
            content_object__in={item for item, _tag in added}, tag__in={tag for _item, tag in added}
        )
        pairs = theirs.values_list("pk", "content_object_id", "tag_id")
        gone = [pk for pk, item, tag in pairs if (item, tag) in added]
        ItemTopic.objects.filter(pk__in=gone).delete()
    ItemTopic.objects.bulk_create(
        (ItemTopic(content_object_id=item, tag_id=tag) for item, tag in sorted(removed)),
        ignore_conflicts=True,
    )


def _unpick(
    items: Sequence[Item], rows: Mapping[int, Sifting], before: Mapping[int, Mapping[str, Any]]
) -> None:
    """Picks made are gone, picks changed have their words again, picks taken back are there."""
    made = {Decision.PICK, Decision.PROPOSE}
    Pick.objects.filter(
        item__in=[item.pk for item in items if rows[item.pk].decision in made]
    ).delete()
    for item in items:
        if words := before[item.pk].get(PICK):
            Pick.objects.filter(item=item).update(**words)
        if taken := rows[item.pk].before.get("taken"):
            give_back(item, taken)

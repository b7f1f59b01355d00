"""Two items become one, and are parted again."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from community.models import User
from curation.finders import recount_finders
from curation.models import (
    Entry,
    Find,
    Item,
    ItemAddress,
    ItemPicture,
    ItemTopic,
    Pick,
    Snapshot,
    Uniting,
)
from curation.ways_back import TOPICS, mark_edited

_FILLED = (*Item.DESCRIBED, "published_at", "axis", "depth")
_MOVING: dict[str, type[Any]] = {
    "finds": Find,
    "addresses": ItemAddress,
    "entries": Entry,
    "snapshots": Snapshot,
    "pictures": ItemPicture,
}


def join_items(groups: Sequence[Sequence[Item]], *, now: datetime) -> list[Item]:
    """Of each group one stays: what was picked before what was published, edited, decided on, or
    seen first. What the others brought moves to it; their own decisions and picks stay with them,
    for the day when somebody parts them. To be called on locked rows, in a transaction; a constant
    number of queries."""
    if not groups:
        return []
    picked = _picked(groups)
    into: dict[int, Item] = {}
    kept = []
    for group in groups:
        stays = min(group, key=lambda item: _rank(item, picked))
        kept.append(stays)
        into |= {item.pk: stays for item in group if item.pk != stays.pk}
    others = [item for group in groups for item in group if item.pk in into]
    _join_topics(others, into)
    for item in others:
        _fill(into[item.pk], item)
    moved = _move(into)
    Item.objects.bulk_update(kept, [*_FILLED, "said_topics", "edited_fields"])
    Uniting.objects.bulk_create(
        Uniting(item_id=pk, into=stays, united_at=now, rows=moved[pk]) for pk, stays in into.items()
    )
    _mark(into)
    recount_finders({*into, *(item.pk for item in kept)})
    return kept


@transaction.atomic
def part_items(item: Item, *, by: User, now: datetime) -> Item:
    """Two again, each with what it brought; never united by itself any more. Raises ValueError for
    an item that stands by itself."""
    uniting = Uniting.objects.select_for_update(of=("self",)).filter(item=item, parted_at=None)
    found = uniting.first()
    item = Item.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if found is None or item.united_with_id is None:
        raise ValueError(f"{item.pk} isn't united with another")
    stays = item.united_with_id
    for name, model in _MOVING.items():
        rows = model._default_manager.filter(pk__in=found.rows.get(name, []), item=stays)
        rows.update(item=item)
    found.parted_at, found.parted_by, found.into_id = now, by, stays
    found.save(update_fields=["parted_at", "parted_by", "into"])
    item.united_with, item.compared_at = None, now
    item.save(update_fields=["united_with", "compared_at"])
    recount_finders({item.pk, stays})
    return item


def _picked(groups: Sequence[Sequence[Item]]) -> set[int]:
    pks = [item.pk for group in groups for item in group]
    return set(Pick.objects.filter(item__in=pks).values_list("item_id", flat=True))


def _rank(item: Item, picked: set[int]) -> tuple[Any, ...]:
    return (
        item.pk not in picked,
        item.state != Item.State.PUBLISHED,
        not item.edited_fields,
        item.decided_at is None,
        item.first_seen_at,
        item.pk,
    )


def _fill(stays: Item, other: Item) -> None:
    """What a person wrote of the other one, and what nothing says yet: what a person emptied stays
    empty. In memory alone."""
    for name in _FILLED:
        written = name in other.edited_fields and name not in stays.edited_fields
        if written:
            stays.edited_fields = [*stays.edited_fields, name]
        is_silent = not getattr(stays, name) and name not in stays.edited_fields
        if written or is_silent:
            setattr(stays, name, getattr(other, name))
    stays.said_topics = list(dict.fromkeys((*stays.said_topics, *other.said_topics)))


def _move(into: Mapping[int, Item]) -> dict[int, dict[str, list[int]]]:
    """What moved, by the item that it comes from. What both have stays where it is."""
    moved: dict[int, dict[str, list[int]]] = {pk: {} for pk in into}
    for name, model in _MOVING.items():
        rows = list(model._default_manager.filter(item__in=into).order_by("pk"))
        if model is Find:
            rows = _not_yet_there(rows, into)
        elif model in (Snapshot, ItemPicture):
            rows = _where_none_is(model, rows, into)
        for row in rows:
            moved[row.item_id].setdefault(name, []).append(row.pk)
            row.item = into[row.item_id]
        model._default_manager.bulk_update(rows, ["item"])
    return moved


def _not_yet_there(rows: Iterable[Find], into: Mapping[int, Item]) -> list[Find]:
    """A source, a post and a person bring an item once."""
    stays = {item.pk for item in into.values()}
    seen = {_who(find.item_id, find) for find in Find.objects.filter(item__in=stays)}
    kept = []
    for find in rows:
        who = _who(into[find.item_id].pk, find)
        if who not in seen:
            seen.add(who)
            kept.append(find)
    return kept


def _where_none_is(model: type[Any], rows: Iterable[Any], into: Mapping[int, Item]) -> list[Any]:
    """Of such as an item has one of."""
    stays = {item.pk for item in into.values()}
    there = set(model._default_manager.filter(item__in=stays).values_list("item_id", flat=True))
    first: dict[int, Any] = {}
    for row in rows:
        first.setdefault(into[row.item_id].pk, row)
    return [row for pk, row in first.items() if pk not in there]


def _who(item: int, find: Find) -> tuple[Any, ...]:
    nobody = find.source_id is None and find.post_id is None and find.user_id is None
    by_hand = find.source_id is None and find.post_id is None
    user = find.user_id if by_hand else None
    return item, find.source_id, find.post_id, user, find.pk if nobody else None


def _join_topics(others: Iterable[Item], into: Mapping[int, Item]) -> None:
    """What a person set stands alone; else all that was said adds up. To be called while
    `edited_fields` are still each item's own."""
    free = {stays.pk for stays in into.values() if TOPICS not in stays.edited_fields}
    told: dict[int, list[Item]] = defaultdict(list)
    for item in others:
        if (stays := into[item.pk]).pk in free:
            told[stays.pk].append(item)
    chosen: dict[int, Item] = {}
    for stays_pk, items in told.items():
        by_hand = next((one for one in items if TOPICS in one.edited_fields), None)
        if by_hand is not None:
            chosen[stays_pk] = by_hand
            mark_edited(into[by_hand.pk], TOPICS)
    sources = {
        item.pk for pk, items in told.items() for item in ([chosen[pk]] if pk in chosen else items)
    }
    rows = ItemTopic.objects.filter(content_object__in=sources)
    ItemTopic.objects.filter(content_object__in=chosen).delete()
    ItemTopic.objects.bulk_create(
        (ItemTopic(content_object=into[row.content_object_id], tag_id=row.tag_id) for row in rows),
        ignore_conflicts=True,
    )


def _mark(into: Mapping[int, Item]) -> None:
    """`united_with` always leads to an item that stands."""
    before = Item.objects.filter(united_with__in=into)
    others: dict[int, list[int]] = defaultdict(list)
    for pk, over in before.values_list("pk", "united_with"):
        others[over or 0].append(pk)
    marked = [Item(pk=pk, united_with=stays) for pk, stays in into.items()]
    marked += [Item(pk=pk, united_with=into[over]) for over, pks in others.items() for pk in pks]
    Item.objects.bulk_update(marked, ["united_with"])

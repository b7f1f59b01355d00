"""What a person decides about items: publish, pick, set aside, put off, sort, edit. Each leaves a
Sifting that knows the way back (curation.undoing); of two people at once, the second is told."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q

from community.models import User
from curation.links.pictures import take_pictures_anew
from curation.models import Item, Sifting
from curation.picking import change_pick, pick_item, take_back
from curation.topics import add_topics, set_topics
from curation.ways_back import (
    PICTURE,
    RESTORED,
    TOPICS,
    AlreadyDecided,
    By,
    a_sifting,
    mark_edited,
    show,
    snapshot_of,
    waits,
    write_edited,
)
from microblog.signals import taken_away

__all__ = [
    "AlreadyDecided",
    "Decided",
    "change_pick",
    "drop_items",
    "edit_item",
    "pick_item",
    "publish_items",
    "return_items",
    "snooze_items",
    "sort_items",
    "take_back",
]

State = Item.State
Decision = Sifting.Decision
MOST = 200
"""Items in one batch."""

EDITABLE = (*Item.DESCRIBED, "axis", "depth")


@dataclass(frozen=True, slots=True)
class Decided:
    """`late`: ids of items about which somebody else was quicker, or that are gone."""

    batch: UUID
    items: list[Item] = field(default_factory=list)
    late: list[int] = field(default_factory=list)


def publish_items(items: Iterable[Item], *, by: User, now: datetime) -> Decided:
    """As they are, without a sentence."""
    return _decide(items, Decision.PUBLISH, by=By(by), now=now, change=lambda item: show(item, now))


def drop_items(items: Iterable[Item], *, by: User, now: datetime, shown: bool = False) -> Decided:
    """`shown`: off our page, where they are; else off the desk."""

    def change(item: Item) -> None:
        item.state = State.DROPPED

    meant = Q(state=State.PUBLISHED) if shown else None
    return _decide(items, Decision.DROP, by=By(by), now=now, change=change, meant=meant)


def snooze_items(items: Iterable[Item], *, by: User, until: datetime, now: datetime) -> Decided:
    def change(item: Item) -> None:
        item.state = State.SNOOZED
        item.snoozed_until = until

    return _decide(items, Decision.SNOOZE, by=By(by), now=now, change=change)


def return_items(items: Iterable[Item], *, by: User, now: datetime) -> Decided:
    """Of those set aside or put off: back on the desk."""

    def change(item: Item) -> None:
        item.state = State.WAITING
        item.snoozed_until = None

    meant = Q(state=State.DROPPED) | Q(state=State.SNOOZED)
    return _decide(items, Decision.BACK, by=By(by), now=now, change=change, meant=meant)


@transaction.atomic
def _decide(
    items: Iterable[Item],
    decision: str,
    *,
    by: By,
    now: datetime,
    change: Callable[[Item], None],
    meant: Q | None = None,
) -> Decided:
    """Of those that are still as the person saw them (`meant`; waiting, unless told). Three
    queries."""
    batch, wanted = uuid4(), [item.pk for item in items][:MOST]
    free = Item.objects.standing().filter(meant or waits(now), pk__in=wanted)
    mine = list(free.select_for_update(of=("self",)).order_by("pk"))
    rows = []
    for item in mine:
        before = snapshot_of(item)
        change(item)
        item.decided_at, item.decided_in = now, batch
        rows.append(a_sifting(item, decision, by=by, batch=batch, before=before, now=now))
    Item.objects.bulk_update(mine, RESTORED)
    Sifting.objects.bulk_create(rows)
    if any(row.before.get("state") == State.PUBLISHED for row in rows):
        taken_away.send(Item)
    done = {item.pk for item in mine}
    return Decided(batch, mine, [pk for pk in wanted if pk not in done])


@transaction.atomic
def sort_items(
    items: Iterable[Item],
    *,
    by: User,
    topics: Sequence[str] = (),
    axis: str | None = None,
    depth: str | None = None,
    now: datetime,
) -> Decided:
    """More topics, an axis, a level for several at once; whatever their state is."""
    batch = uuid4()
    free = Item.objects.standing().filter(pk__in=[item.pk for item in items][:MOST])
    wanted = list(free.select_for_update(of=("self",)).order_by("pk"))
    added = add_topics({item.pk: topics for item in wanted}) if topics else {}
    new = {name: value for name, value in (("axis", axis), ("depth", depth)) if value is not None}
    rows = []
    for item in wanted:
        before = snapshot_of(item, (*new, "edited_fields"))
        write_edited(item, new)
        if item.pk in added:
            mark_edited(item, TOPICS)
        before["topics"] = {"added": added.get(item.pk, []), "removed": []}
        rows.append(a_sifting(item, Decision.SORT, by=By(by), batch=batch, before=before, now=now))
    if new or added:
        Item.objects.bulk_update(wanted, [*new, "edited_fields"])
    Sifting.objects.bulk_create(rows)
    return Decided(batch, wanted)


@transaction.atomic
def edit_item(
    item: Item,
    fields: Mapping[str, Any],
    *,
    by: User,
    now: datetime,
    topics: Sequence[str] | None = None,
) -> Item:
    """What is written here, no feed and no page overwrites. Raises ValueError for fields that
    aren't a person's to write."""
    if unknown := set(fields) - set(EDITABLE):
        raise ValueError(", ".join(sorted(unknown)))
    item = Item.objects.select_for_update(of=("self",)).get(pk=item.pk)
    new = {name: value for name, value in fields.items() if getattr(item, name) != value}
    before = snapshot_of(item, (*new, "edited_fields"))
    changed = set_topics(item.pk, topics) if topics is not None else {"added": [], "removed": []}
    if not new and not any(changed.values()):
        return item
    write_edited(item, new)
    if any(changed.values()):
        mark_edited(item, TOPICS)
    item.save(update_fields=[*new, "edited_fields"])
    if PICTURE in new:
        take_pictures_anew([item.pk], now=now)
    before["topics"] = changed
    a_sifting(item, Decision.EDIT, by=By(by), batch=uuid4(), before=before, now=now).save()
    if item.public_since:
        taken_away.send(Item)
    return item

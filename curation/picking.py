"""Picks: an item put forward by a person, in their own words; changed, and taken back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction

from community.models import Participant, User
from curation.access import rights_of
from curation.crediting import uncredit_items
from curation.models import Item, Pick, Sifting
from curation.topics import set_topics
from curation.ways_back import (
    RESTORED,
    TOPICS,
    AlreadyDecided,
    By,
    a_sifting,
    mark_edited,
    plain_value,
    put_back,
    show,
    snapshot_of,
    write_edited,
)
from microblog.signals import taken_away

State = Item.State
Decision = Sifting.Decision
WORDS = ("sentence", "language", "relay")
KEPT = (*WORDS, "curator_id", "user_id", "picked_at", "relayed_at")
"""Of a pick that is taken back, to give it back."""


@transaction.atomic
def pick_item(
    item: Item,
    *,
    by: User,
    sentence: str,
    language: str,
    topics: Sequence[str] | None = None,
    axis: str | None = None,
    depth: str | None = None,
    relay: bool = True,
    anyway: bool = False,
    now: datetime,
) -> Pick:
    """Put it forward; what is None stays as it is. A second time, it changes one's own pick. Picks
    of members who aren't to appear at once wait on the desk. `anyway`: even if somebody set it
    aside. Raises AlreadyDecided."""
    item = _to_pick(item, anyway=anyway)
    words = {"sentence": sentence, "language": language, "relay": relay}
    sorting = _given(axis=axis, depth=depth)
    there = Pick.objects.filter(item=item).first()
    if there is not None:
        if there.user_id != by.pk:
            raise AlreadyDecided
        return _change(there, item, by=by, words=words, topics=topics, sorting=sorting, now=now)
    before = snapshot_of(item, (*RESTORED, *sorting, "edited_fields"))
    decision, batch = Decision.PROPOSE, uuid4()
    if rights_of(by, item.site).appears:
        decision = Decision.PICK
        show(item, now)
        item.decided_at, item.decided_in = now, batch
    _sort(item, topics, sorting, before)
    a_sifting(item, decision, by=By(by), batch=batch, before=before, now=now).save()
    person = Participant.objects.filter(user=by).first()
    return Pick.objects.create(item=item, user=by, curator=person, picked_at=now, **words)


@transaction.atomic
def change_pick(
    pick: Pick,
    *,
    by: User,
    sentence: str,
    language: str,
    topics: Sequence[str] | None = None,
    axis: str | None = None,
    depth: str | None = None,
    relay: bool = True,
    now: datetime,
) -> Pick:
    """Better words; it stays its curator's. Raises AlreadyDecided where it was taken back."""
    item = _to_pick(pick.item)
    there = Pick.objects.filter(pk=pick.pk).first()
    if there is None:
        raise AlreadyDecided
    words = {"sentence": sentence, "language": language, "relay": relay}
    sorting = _given(axis=axis, depth=depth)
    return _change(there, item, by=by, words=words, topics=topics, sorting=sorting, now=now)


@transaction.atomic
def take_back(pick: Pick, *, by: User, now: datetime) -> None:
    """The item is where it was before; its curator's deed counts no more."""
    item = Item.objects.select_for_update(of=("self",)).get(pk=pick.item_id)
    there = Pick.objects.filter(pk=pick.pk).first()
    if there is None:
        return
    before = snapshot_of(item)
    before["taken"] = {name: plain_value(getattr(there, name)) for name in KEPT}
    picked = item.siftings.standing().filter(decision=Decision.PICK).first()
    batch = uuid4()
    if picked is not None and item.decided_in == picked.batch:
        put_back(item, {name: picked.before[name] for name in RESTORED if name in picked.before})
        item.decided_in = batch
        item.save(update_fields=RESTORED)
    item.siftings.standing().filter(decision__in=[Decision.PICK, Decision.PROPOSE]).update(
        undone_at=now
    )
    a_sifting(item, Decision.TAKE_BACK, by=By(by), batch=batch, before=before, now=now).save()
    there.delete()
    uncredit_items([item.pk], now=now)
    taken_away.send(Pick)


def give_back(item: Item, taken: Mapping[str, Any]) -> None:
    """The pick as it was, where nobody made another one meanwhile."""
    fields = {field.attname: field for field in Pick._meta.concrete_fields}
    values = {name: fields[name].to_python(value) for name, value in taken.items()}
    Pick.objects.get_or_create(item=item, defaults=values)


def _to_pick(item: Item, *, anyway: bool = False) -> Item:
    """Locked. Raises AlreadyDecided for what was set aside or is gone."""
    fresh = Item.objects.standing().select_for_update(of=("self",)).select_related("site")
    found = fresh.filter(pk=item.pk).first()
    if found is None or (found.state == State.DROPPED and not anyway):
        raise AlreadyDecided
    return found


def _given(**values: str | None) -> dict[str, str]:
    return {name: value for name, value in values.items() if value is not None}


def _sort(
    item: Item, topics: Sequence[str] | None, sorting: Mapping[str, str], before: dict[str, Any]
) -> None:
    if topics is not None:
        before["topics"] = set_topics(item.pk, topics)
        if any(before["topics"].values()):
            mark_edited(item, TOPICS)
    write_edited(item, sorting)
    item.save(update_fields=[*RESTORED, *sorting, "edited_fields"])


def _change(
    pick: Pick,
    item: Item,
    *,
    by: User,
    words: Mapping[str, Any],
    topics: Sequence[str] | None,
    sorting: Mapping[str, str],
    now: datetime,
) -> Pick:
    """Nothing is written where nothing is different: a double click leaves one decision."""
    new = {name: value for name, value in sorting.items() if getattr(item, name) != value}
    before = snapshot_of(item, (*new, "edited_fields"))
    before["pick"] = {name: getattr(pick, name) for name in WORDS}
    _sort(item, topics, new, before)
    is_same = before["pick"] == words and not new
    if is_same and not any(before.get("topics", {}).values()):
        return pick
    for name, value in words.items():
        setattr(pick, name, value)
    pick.changed_at = now
    pick.save(update_fields=[*words, "changed_at"])
    a_sifting(item, Decision.EDIT, by=By(by), batch=uuid4(), before=before, now=now).save()
    taken_away.send(Pick)
    return pick

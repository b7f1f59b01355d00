"""Shelving: what changed is found again under its topics, its week and its words.

The page asks small tables and indexes alone. They are kept here: an item whose `shelved_at` is
empty is written anew into the index of its topics, into the counts and into the search. Counts
change by the difference between where the item stood and where it stands, in the transaction that
writes both down.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, OuterRef, Subquery
from django.db.models.signals import pre_delete
from django.dispatch import receiver

from curation.choosing import week_of
from curation.folding import renew_words
from curation.models import Find, Item, ItemTopic, Pick, Shelf, Snapshot, Topic
from curation.searching import LONGEST, TABLE, Words, forget_words, put_words
from curation.websub.noting import finders_of, note_news
from microblog.steps import Backlog

BATCH = 300
Place = tuple[int, str, str]
"""Site, kind, key."""


def shelve(now: datetime) -> int:
    """The step: how many items were shelved. A constant number of queries."""
    with transaction.atomic():
        waiting = Item.objects.filter(shelved_at=None).order_by("pk")
        batch = list(waiting.select_for_update(of=("self",), skip_locked=True)[:BATCH])
        if batch:
            _shelve(batch, now)
    return len(batch) or int(renew_words(TABLE, _shelve_again))


def _shelve_again(after: int) -> int | None:
    items = Item.objects.filter(pk__gt=after).order_by("pk")
    batch = list(items.values_list("pk", flat=True)[:BATCH])
    Item.objects.filter(pk__in=batch).update(shelved_at=None)
    return batch[-1] if batch else None


def backlog(now: datetime) -> Backlog:
    return Backlog(Item.objects.filter(shelved_at=None).count())


def _shelve(batch: Sequence[Item], now: datetime) -> None:
    shown = [item for item in batch if item.public_since]
    before = {item.pk: item.shelves for item in shown}
    finders = finders_of(shown)
    topics = _stand_in_topics(batch)
    picks = _stand_with_people(batch)
    moved: Counter[Place] = Counter()
    for item in batch:
        moved.subtract((item.site_id, kind, key) for kind, key in item.shelves)
        item.shelves = places_of(item, topics.get(item.pk, []), picks.get(item.pk))
        moved.update((item.site_id, kind, key) for kind, key in item.shelves)
        item.shelved_at = now
    count_on_shelves(moved)
    _keep_words(batch, shown, topics, picks)
    note_news(shown, before=before, picks=picks, finders=finders, now=now)
    Item.objects.bulk_update(batch, ["shelves", "shelved_at", "noted_at"])


def places_of(item: Item, topics: Iterable[Topic], pick: Pick | None) -> list[list[str]]:
    """[[kind, key]…], as JSON keeps it; none for what isn't shown."""
    kinds, shown = Shelf.Kind, item.public_since
    if shown is None:
        return []
    found = [[kinds.ALL.value, ""], [kinds.WEEK.value, week_of(shown).isoformat()]]
    found += [[kinds.AXIS.value, item.axis]] if item.axis else []
    found += [[kinds.LANGUAGE.value, item.language]] if item.language else []
    found += [[kinds.PERSON.value, str(pick.curator_id)]] if pick and pick.curator_id else []
    return found + [[kinds.TOPIC.value, topic.slug] for topic in topics]


def _stand_in_topics(batch: Sequence[Item]) -> Mapping[int, list[Topic]]:
    """Each row of a topic knows when its item appeared, or that it doesn't. By item id."""
    rows = list(
        ItemTopic.objects.filter(content_object__in=batch).select_related("tag").order_by("pk")
    )
    items = {item.pk: item for item in batch}
    found: dict[int, list[Topic]] = {}
    for row in rows:
        item = items[row.content_object_id]
        row.shown_at, row.site_id, row.language = item.public_since, item.site_id, item.language
        found.setdefault(item.pk, []).append(row.tag)
    ItemTopic.objects.bulk_update(rows, ["shown_at", "site", "language"])
    return found


def _stand_with_people(batch: Sequence[Item]) -> Mapping[int, Pick]:
    """As above, for those who found an item and who put it forward. Picks by item id."""
    item = Item.objects.filter(pk=OuterRef("item"))
    shown = item.published().values("shown_at")
    for rows in (Find.objects, Pick.objects):
        rows.filter(item__in=batch).update(
            site=Subquery(item.values("site")), shown_at=Subquery(shown)
        )
    return {pick.item_id: pick for pick in Pick.objects.filter(item__in=batch)}


def count_on_shelves(moved: Mapping[Place, int]) -> None:
    """Change counts by these differences; three queries."""
    wanted = {place: number for place, number in moved.items() if number}
    if not wanted:
        return
    Shelf.objects.bulk_create(
        [Shelf(site_id=site, kind=kind, key=key) for site, kind, key in sorted(wanted)],
        ignore_conflicts=True,
    )
    sites, keys = {place[0] for place in wanted}, {place[2] for place in wanted}
    rows = Shelf.objects.filter(site__in=sites, key__in=keys).order_by("pk").select_for_update()
    changed = [row for row in rows if (row.site_id, row.kind, row.key) in wanted]
    for row in changed:
        row.items = F("items") + wanted[row.site_id, row.kind, row.key]
    Shelf.objects.bulk_update(changed, ["items"])


def _keep_words(
    batch: Sequence[Item],
    shown: Sequence[Item],
    topics: Mapping[int, Iterable[Topic]],
    picks: Mapping[int, Pick],
) -> None:
    kept = {item.pk for item in shown}
    forget_words([item.pk for item in batch if item.pk not in kept])
    texts = dict(Snapshot.objects.filter(item__in=shown).values_list("item_id", "text"))
    put_words(
        [
            Words(
                pk=item.pk,
                title=f"{item.title} {' '.join(topic.name for topic in topics.get(item.pk, ()))}",
                sentence=picks[item.pk].sentence if item.pk in picks else "",
                summary=f"{item.summary} {item.author} {item.site_name}",
                body=texts.get(item.pk, "")[:LONGEST],
            )
            for item in shown
        ]
    )


@receiver(pre_delete, sender=Item)
def forget(instance: Item, **told: Any) -> None:
    """It is counted and found no more. What is in memory may be older than its shelves."""
    places: Counter[Place] = Counter()
    for shelves in Item.objects.filter(pk=instance.pk).values_list("shelves", flat=True):
        places.subtract((instance.site_id, kind, key) for kind, key in shelves)
    count_on_shelves(places)
    forget_words([instance.pk])

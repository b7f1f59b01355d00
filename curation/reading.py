"""What may be read of the veille, by whom and in which order: for the page, the feeds, the weekly
letter and the search.

A reading is made in two steps: which items, by a walk along one index; then all that their cards
show, in a constant number of queries.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from community.models import AccountLink, Consent, Participant
from curation.models import Find, Item, ItemTopic, Pick, Topic
from curation.models.items import ItemQuerySet
from microblog.gateways.base import Visibility

NAMED = 3
"""So many of those who found an item are named on its card."""
OPEN = (Visibility.PUBLIC.value, Visibility.UNLISTED.value)


@dataclass(frozen=True, slots=True)
class Card:
    """An item with all that is told of it. `curator` and `finders` agreed to be named; `others` are
    counted only."""

    item: Item
    pick: Pick | None
    curator: Participant | None
    topics: Sequence[Topic]
    finders: Sequence[Participant]

    @property
    def others(self) -> int:
        return max(0, self.item.finders - len(self.finders))


def shown_items(site_id: int) -> ItemQuerySet:
    """What one MOOC shows to everybody."""
    return Item.objects.published().filter(site_id=site_id, shown_at__isnull=False)


def shown_finds() -> QuerySet[Find]:
    """Those whose finder may be named: they agree, and what they said stands and is open."""
    standing = Q(post=None) | Q(post__deleted_at=None, post__visibility__in=OPEN)
    return Find.objects.filter(standing, finder__consent=Consent.SHOW)


def cards_of(pks: Sequence[int], *, named: int = NAMED) -> list[Card]:
    """In the order of `pks`, without what isn't shown any more; six queries."""
    shown = Item.objects.published().filter(shown_at__isnull=False)
    items = shown.select_related("picture").in_bulk(pks)
    picks = {pick.item_id: pick for pick in _picks(pks)}
    topics, finders = topics_of(pks), finders_of(pks, most=named)
    return [
        Card(
            item=items[pk],
            pick=picks.get(pk),
            curator=_shown(picks[pk].curator) if pk in picks else None,
            topics=topics.get(pk, []),
            finders=finders.get(pk, []),
        )
        for pk in pks
        if pk in items
    ]


def _picks(pks: Sequence[int]) -> QuerySet[Pick]:
    return (
        Pick.objects.filter(item__in=pks)
        .select_related("curator")
        .prefetch_related(Prefetch("curator__links", _links()))
    )


def _links() -> QuerySet[AccountLink]:
    return AccountLink.objects.select_related("account").order_by("pk")


def _shown(person: Participant | None) -> Participant | None:
    return person if person and person.shows else None


def topics_of(pks: Iterable[int]) -> Mapping[int, list[Topic]]:
    found: dict[int, list[Topic]] = defaultdict(list)
    rows = ItemTopic.objects.filter(content_object__in=list(pks)).select_related("tag")
    for row in rows.order_by("tag__name"):
        found[row.content_object_id].append(row.tag)
    return found


def finders_of(pks: Iterable[int], *, most: int) -> Mapping[int, list[Participant]]:
    """The first `most` who found each item, with their accounts."""
    finds = shown_finds().filter(item__in=list(pks))
    place = Window(RowNumber(), partition_by=F("item"), order_by=["found_at", "pk"])
    rows: QuerySet[Any, Any] = finds.annotate(place=place).filter(place__lte=most * 2)
    pairs = list(rows.order_by("place").values_list("item_id", "finder_id"))
    wanted = {finder for _item, finder in pairs}
    people = Participant.objects.prefetch_related(Prefetch("links", _links())).in_bulk(wanted)
    found: dict[int, list[Participant]] = defaultdict(list)
    for item, finder in pairs:
        if people[finder] not in found[item] and len(found[item]) < most:
            found[item].append(people[finder])
    return found


def related_to(card: Card, *, most: int = 4) -> list[int]:
    """The newest under its first two topics; a query each, along an index."""
    found: dict[int, None] = {}
    for topic in card.topics[:2]:
        rows = ItemTopic.objects.filter(
            tag=topic, site=card.item.site_id, shown_at__isnull=False
        ).exclude(content_object=card.item)
        newest = rows.order_by("-shown_at", "-content_object_id")
        found |= dict.fromkeys(newest.values_list("content_object_id", flat=True)[:most])
    return list(found)[:most]

"""What may be read of the veille, by whom and in which order: for the page, the feeds, the weekly
letter and the search.

A reading is made in two steps: which items, by a walk along one index; then all that their cards
show, in a constant number of queries.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import F, Prefetch, Q, QuerySet, Window, prefetch_related_objects
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
    """In the order of `pks`, without what isn't shown any more; four queries."""
    shown = Item.objects.published().filter(shown_at__isnull=False)
    items = shown.select_related("picture", "pick__curator").in_bulk(pks)
    topics, finders = topics_of(pks), _finders_of(pks, most=named)
    picks = {pk: pick for pk, item in items.items() if (pick := getattr(item, "pick", None))}
    curators = {pk: person for pk, pick in picks.items() if (person := _shown(pick.curator))}
    people = [*curators.values(), *(one for found in finders.values() for one in found)]
    links = AccountLink.objects.select_related("account").order_by("pk")
    prefetch_related_objects(people, Prefetch("links", links))
    return [
        Card(
            item=items[pk],
            pick=picks.get(pk),
            curator=curators.get(pk),
            topics=topics.get(pk, []),
            finders=finders.get(pk, []),
        )
        for pk in pks
        if pk in items
    ]


def _shown(person: Participant | None) -> Participant | None:
    return person if person and person.shows else None


def topics_of(pks: Iterable[int]) -> Mapping[int, list[Topic]]:
    found: dict[int, list[Topic]] = defaultdict(list)
    rows = ItemTopic.objects.filter(content_object__in=list(pks)).select_related("tag")
    for row in rows.order_by("tag__name"):
        found[row.content_object_id].append(row.tag)
    return found


def _finders_of(pks: Iterable[int], *, most: int) -> Mapping[int, list[Participant]]:
    """The first `most` who found each item."""
    finds = shown_finds().filter(item__in=list(pks))
    place = Window(RowNumber(), partition_by=F("item"), order_by=["found_at", "pk"])
    rows = finds.annotate(place=place).filter(place__lte=most * 2).select_related("finder")
    found: dict[int, list[Participant]] = defaultdict(list)
    for find in rows.order_by("place"):
        people = found[find.item_id]
        if find.finder and find.finder not in people and len(people) < most:
            people.append(find.finder)
    return found


def read_alone(pk: int, *, site_id: int, named: int = 50) -> tuple[Card, list[Card]] | None:
    """An item and what stands under the same topics; None where this MOOC doesn't show it."""
    related = related_to(pk, topics_of([pk]).get(pk, []), site_id=site_id)
    cards = {card.item.pk: card for card in cards_of([pk, *related], named=named)}
    card = cards.pop(pk, None)
    if card is None or card.item.site_id != site_id:
        return None
    return card, [replace(one, finders=one.finders[:1]) for one in cards.values()]


def related_to(pk: int, topics: Sequence[Topic], *, site_id: int, most: int = 4) -> list[int]:
    """The newest under its first two topics; a query each, along an index."""
    found: dict[int, None] = {}
    for topic in topics[:2]:
        rows = ItemTopic.objects.filter(tag=topic, site=site_id, shown_at__isnull=False)
        newest = rows.exclude(content_object=pk).order_by("-shown_at", "-content_object_id")
        found |= dict.fromkeys(newest.values_list("content_object_id", flat=True)[:most])
    return list(found)[:most]

"""What was found becomes items: one per page and MOOC, whoever brings it and in whatever form its
address comes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from curation.addresses import address_key, canonical_url
from curation.finders import recount_finders
from curation.models import Find, Item, ItemAddress
from curation.snapshots import keep_words
from curation.topics import add_topics

SAID = {
    "title": 500,
    "summary": 5000,
    "language": 20,
    "author": 300,
    "site_name": 200,
    "image_url": 2000,
}
"""What whoever brings an item may say of it, and how much of that is kept."""
_WRITTEN = (*SAID, "published_at", "axis", "state", "shown_at", "sifted_at", "compared_at")


@dataclass(frozen=True, slots=True)
class Found:
    """A link that somebody brought: a post, a feed's entry, or a person by hand. Whoever brings it
    with words of its own (a feed) says better than its page what it is called."""

    url: str
    found_at: datetime
    title: str = ""
    summary: str = ""
    text: str = ""
    language: str = ""
    author: str = ""
    site_name: str = ""
    image_url: str = ""
    published_at: datetime | None = None
    topics: Sequence[str] = ()
    axis: str = ""
    source_id: int | None = None
    entry_key: str = ""
    post_id: int | None = None
    user_id: int | None = None
    finder_id: int | None = None
    publishes: bool = False


def record_found(batch: Sequence[Found], *, site_id: int, now: datetime) -> list[Item]:
    """The item of each, in the order of the batch. What an editor wrote stays; repeating it changes
    nothing. A constant number of queries. Raises ValueError for what is no address of the web."""
    if not batch:
        return []
    keys = [address_key(found.url) for found in batch]
    if not all(keys):
        raise ValueError(f"not an address: {batch[keys.index('')].url[:200]!r}")
    with transaction.atomic():
        _make_missing(dict(zip(keys, batch, strict=True)), site_id, now)
        known = _items_of(set(keys), site_id)
        items = [known[key] for key in keys]
        _write(batch, items, now)
        _add_topics(batch, items)
        _keep_finds(batch, items)
        counted = set(recount_finders({item.pk for item in items}))
        if counted:
            fresh = Item.objects.in_bulk(counted)
            items = [fresh.get(item.pk, item) for item in items]
    return items


def _make_missing(wanted: Mapping[str, Found], site_id: int, now: datetime) -> None:
    """Of two workers who meet the same address, the second finds the item of the first."""
    rows = ItemAddress.objects.filter(site=site_id, key__in=wanted)
    known = set(rows.values_list("key", flat=True))
    missing = {key: found for key, found in wanted.items() if key not in known}
    if not missing:
        return
    items = Item.objects.bulk_create(
        Item(
            site_id=site_id,
            url=canonical_url(found.url),
            first_seen_at=min(found.found_at, now),
            describe_at=now,
        )
        for found in missing.values()
    )
    ItemAddress.objects.bulk_create(
        (
            ItemAddress(site_id=site_id, item=item, key=key, url=item.url)
            for key, item in zip(missing, items, strict=True)
        ),
        ignore_conflicts=True,
    )
    made = Item.objects.filter(pk__in=[item.pk for item in items])
    made.filter(addresses=None).delete()


def _items_of(keys: set[str], site_id: int) -> dict[str, Item]:
    """Locked in the order of their numbers, so that two workers wait for each other one way."""
    rows = dict(
        ItemAddress.objects.filter(site=site_id, key__in=keys).values_list("key", "item_id")
    )
    locked = Item.objects.filter(pk__in=rows.values()).order_by("pk")
    items = {item.pk: item for item in locked.select_for_update(of=("self",), no_key=True)}
    return {key: items[pk] for key, pk in rows.items()}


def _write(batch: Sequence[Found], items: Sequence[Item], now: datetime) -> None:
    changed: dict[int, Item] = {}
    reworded: dict[int, Item] = {}
    texts: dict[int, str] = {}
    for found, item in zip(batch, items, strict=True):
        before = item.title
        if _say(item, found, now):
            changed[item.pk] = item
        if found.text:
            texts[item.pk] = found.text
        if found.text or item.title != before:
            reworded[item.pk] = item
    for item in (changed | reworded).values():
        item.sifted_at = None
    for item in reworded.values():
        item.compared_at = None
    Item.objects.bulk_update((changed | reworded).values(), _WRITTEN)
    keep_words(list(reworded.values()), texts, now=now)


def _say(item: Item, found: Found, now: datetime) -> bool:
    """In memory alone; whether anything changed."""
    before = {name: getattr(item, name) for name in _WRITTEN}
    for name, longest in SAID.items():
        said = getattr(found, name).replace("\x00", "").strip()
        if said and name not in item.edited_fields and len(said) <= _most(name, longest):
            setattr(item, name, said[:longest])
    item.published_at = found.published_at or item.published_at
    if not item.axis and "axis" not in item.edited_fields:
        item.axis = found.axis
    if found.publishes and item.state == Item.State.WAITING and item.decided_at is None:
        item.state, item.shown_at = Item.State.PUBLISHED, item.shown_at or now
    return any(getattr(item, name) != value for name, value in before.items())


def _most(name: str, longest: int) -> int:
    """A text is cut where it is too long; half an address is none."""
    return longest if name == "image_url" else 1_000_000


def _add_topics(batch: Sequence[Found], items: Sequence[Item]) -> None:
    wanted: dict[int, list[str]] = {}
    for found, item in zip(batch, items, strict=True):
        if found.topics and "topics" not in item.edited_fields:
            wanted.setdefault(item.pk, []).extend(found.topics)
    if wanted:
        add_topics(wanted)


def _keep_finds(batch: Sequence[Found], items: Sequence[Item]) -> None:
    Find.objects.bulk_create(
        (
            Find(
                item=item,
                source_id=found.source_id,
                post_id=found.post_id,
                user_id=found.user_id,
                finder_id=found.finder_id,
                found_at=found.found_at,
            )
            for found, item in zip(batch, items, strict=True)
        ),
        ignore_conflicts=True,
    )

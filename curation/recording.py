"""What was found becomes items: one per page and MOOC, whoever brings it and in whatever form its
address comes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import OperationalError, transaction

from curation.addresses import address_key, canonical_url
from curation.finders import recount_finders
from curation.models import Find, Item, ItemAddress
from curation.snapshots import keep_words
from curation.topics import add_topics, topic_key, topics_known
from curation.writing import write_over

SAID = {
    "title": 500,
    "summary": 5000,
    "language": 20,
    "author": 300,
    "site_name": 200,
    "image_url": 2000,
}
"""What whoever brings an item may say of it, and how much of that is kept."""
ROUNDS = 4
MOST_SAID_TOPICS = 12
_WRITTEN = (
    *SAID,
    *("published_at", "axis", "said_topics", "state", "shown_at", "sifted_at", "compared_at"),
)


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
        known, made = _items_for(keys, batch, site_id, now)
        items = [known[key] for key in keys]
        _write(batch, items, made, now)
        _add_topics(batch, items, site_id)
        _keep_finds(batch, items)
        counted = set(recount_finders(_brought_by_people(batch, items)))
        if counted:
            fresh = Item.objects.in_bulk(counted)
            items = [fresh.get(item.pk, item) for item in items]
    return items


def _items_for(
    keys: Sequence[str], batch: Sequence[Found], site_id: int, now: datetime
) -> tuple[dict[str, Item], set[int]]:
    """By key, locked; and the ids of those that were made. Locks come before new addresses, in the
    order in which whoever describes takes both; an item that was united with another, or went,
    while we waited for it is asked for again."""
    known: dict[str, Item] = {}
    made: set[int] = set()
    for _round in range(ROUNDS):
        known |= _items_of(set(keys) - known.keys(), site_id)
        new = _make_missing(keys, batch, known, site_id, now)
        known |= new
        made |= {item.pk for item in new.values()}
        if known.keys() >= set(keys):
            return known, made
    raise OperationalError("items move faster than they can be held: another pass will")


def _make_missing(
    keys: Sequence[str],
    batch: Sequence[Found],
    known: Mapping[str, Item],
    site_id: int,
    now: datetime,
) -> dict[str, Item]:
    """By key, complete from the start. Of two workers who meet the same address, the second finds
    the item of the first."""
    missing: dict[str, list[Found]] = {}
    for key, found in zip(keys, batch, strict=True):
        if key not in known:
            missing.setdefault(key, []).append(found)
    for key in _held(missing, site_id) if missing else ():
        del missing[key]
    if not missing:
        return {}
    new = [_new_item(some, site_id, now) for some in missing.values()]
    items = dict(zip(missing, Item.objects.bulk_create(new), strict=True))
    ItemAddress.objects.bulk_create(
        (
            ItemAddress(site_id=site_id, item=item, key=key, url=item.url)
            for key, item in sorted(items.items())  # one order for all workers
        ),
        ignore_conflicts=True,
    )
    held = _held(missing, site_id)
    late = [key for key, item in items.items() if held.get(key) != item.pk]
    if late:
        Item.objects.filter(pk__in=[items.pop(key).pk for key in late]).delete()
    return items


def _new_item(some: Sequence[Found], site_id: int, now: datetime) -> Item:
    item = Item(
        site_id=site_id,
        url=canonical_url(some[0].url),
        first_seen_at=min(now, *(found.found_at for found in some)),
        describe_at=now,
    )
    for found in some:
        _say(item, found, now)
    return item


def _held(keys: Iterable[str], site_id: int) -> dict[str, int]:
    """Item by key."""
    rows = ItemAddress.objects.filter(site=site_id, key__in=list(keys))
    return dict(rows.values_list("key", "item_id"))


def _items_of(keys: set[str], site_id: int) -> dict[str, Item]:
    """Locked in the order of their numbers, so that two workers wait for each other one way. An
    address may have moved while we waited: without those."""
    held = _held(keys, site_id) if keys else {}
    if not held:
        return {}
    locked = Item.objects.filter(pk__in=held.values()).order_by("pk")
    items = {item.pk: item for item in locked.select_for_update(of=("self",), no_key=True)}
    still = _held(keys, site_id)
    return {key: items[pk] for key, pk in held.items() if still.get(key) == pk and pk in items}


def _write(batch: Sequence[Found], items: Sequence[Item], made: set[int], now: datetime) -> None:
    """What those that were there already are now; and the words of all."""
    changed: dict[int, Item] = {}
    reworded: dict[int, Item] = {}
    texts: dict[int, str] = {}
    for found, item in zip(batch, items, strict=True):
        before = "" if item.pk in made else item.title
        if item.pk not in made and _say(item, found, now):
            changed[item.pk] = item
        if found.text:
            texts[item.pk] = found.text
        if found.text or item.title != before:
            reworded[item.pk] = item
    for item in reworded.values():
        item.compared_at = None
    rewritten = {pk: item for pk, item in (changed | reworded).items() if pk not in made}
    for item in rewritten.values():
        item.sifted_at = item.shelved_at = None
    write_over(list(rewritten.values()), (*_WRITTEN, "shelved_at"))
    keep_words(list(reworded.values()), texts, now=now, are_whole=False)


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
    item.said_topics = list(dict.fromkeys((*item.said_topics, *found.topics)))[:MOST_SAID_TOPICS]
    if found.publishes and item.state == Item.State.WAITING and item.decided_at is None:
        item.state, item.shown_at = Item.State.PUBLISHED, item.shown_at or now
    return any(getattr(item, name) != value for name, value in before.items())


def _most(name: str, longest: int) -> int:
    """A text is cut where it is too long; half an address is none."""
    return longest if name == "image_url" else 1_000_000


def _add_topics(batch: Sequence[Found], items: Sequence[Item], site_id: int) -> None:
    """Those under which this MOOC shows something already; a curator may take the others."""
    known = topics_known({name for found in batch for name in found.topics}, site_id=site_id)
    wanted: dict[int, list[str]] = {}
    for found, item in zip(batch, items, strict=True):
        names = [name for name in found.topics if topic_key(name) in known]
        if names and "topics" not in item.edited_fields:
            wanted.setdefault(item.pk, []).extend(names)
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


def _brought_by_people(batch: Sequence[Found], items: Sequence[Item]) -> set[int]:
    """Those whose number of finders may have changed: a source without an owner is nobody."""
    return {
        item.pk
        for found, item in zip(batch, items, strict=True)
        if found.finder_id or found.post_id or found.user_id
    }

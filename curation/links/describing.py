"""The step "describe": look at the pages of items, and say what they say of themselves.

Rows are claimed first, with the attempt counted and the next one planned: a page that kills its
reader is met again later, and less and less often. What a feed said or a person wrote stays; a page
fills what is empty.
"""

import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from django.db import DataError, IntegrityError, transaction

from curation.addresses import address_key, canonical_url, host_of
from curation.links.looking import DETOUR, UNREADABLE, Look, Place, look_at
from curation.links.pages import Page
from curation.links.pictures import keep_picture
from curation.links.uniting import unite_pairs
from curation.models import Item, ItemAddress, ItemPicture
from curation.snapshots import keep_words
from curation.web import Client
from microblog.steps import Backlog

logger = logging.getLogger(__name__)

BATCH = 24
AT_ONCE = 2  # pages of one server
RETRY = [timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6), timedelta(days=1)]
"""After the first attempt, the second…; then we let it be."""
FOR_GOOD = frozenset(
    {"refused", "malformed", "status_401", "status_403", "status_404", "status_410", DETOUR}
)
_WRITTEN = (
    *Item.DESCRIBED,
    "url",
    "published_at",
    "described_at",
    "describe_at",
    "describe_attempts",
    "describe_fault",
    "sifted_at",
    "compared_at",
)


def describe(now: datetime, *, client: Client | None = None) -> int:
    """Returns how many pages were looked at."""
    claimed = _claim(now)
    if not claimed:
        return 0
    looks = list(look_at(map(_place, claimed), client=client))
    _keep(looks, now)
    return len(claimed)


def _place(item: Item) -> Place:
    return Place(item.pk, item.url, item.image_url, only_that="image_url" in item.edited_fields)


def backlog(now: datetime) -> Backlog:
    due = Item.objects.to_describe(now).order_by("describe_at")
    return Backlog(due.count(), due.values_list("describe_at", flat=True).first())


def describe_again(item: Item, *, now: datetime) -> None:
    """A person wants its page to be looked at once more."""
    Item.objects.filter(pk=item.pk).update(describe_at=now, describe_attempts=0, describe_fault="")


def _claim(now: datetime) -> list[Item]:
    """A few of each server; whoever else looks meanwhile finds them taken."""
    with transaction.atomic():
        due = Item.objects.to_describe(now).order_by("describe_at", "pk")
        rows = due.select_for_update(skip_locked=True, of=("self",))[: BATCH * 4]
        claimed = list(_politely(rows))
        for item in claimed:
            item.describe_at = now + RETRY[min(item.describe_attempts, len(RETRY) - 1)]
            item.describe_attempts += 1
        Item.objects.bulk_update(claimed, ["describe_at", "describe_attempts"])
    return claimed


def _politely(items: Iterable[Item]) -> Iterator[Item]:
    asked: Counter[str] = Counter()
    for item in items:
        host = host_of(item.url)
        if asked[host] < AT_ONCE and asked.total() < BATCH:
            asked[host] += 1
            yield item


def _keep(looks: Sequence[Look], now: datetime) -> None:
    """If a page can't be kept, it alone is told so."""
    try:
        _keep_all(looks, now)
    except (ValueError, DataError, IntegrityError) as error:
        if len(looks) == 1:
            logger.warning("Page of item %s can't be kept: %s", looks[0].number, error)
            _keep_all([Look(looks[0].number, fault=UNREADABLE)], now)
            return
        for look in looks:
            _keep([look], now)


def _keep_all(looks: Sequence[Look], now: datetime) -> None:
    seen = {look.number: look for look in looks}
    with transaction.atomic():
        rows = Item.objects.standing().filter(pk__in=seen).order_by("pk")
        items = list(rows.select_for_update(of=("self",)))
        for item in items:
            _write(item, seen[item.pk], now)
        Item.objects.bulk_update(items, _WRITTEN)
        read = [item for item in items if seen[item.pk].page]
        keep_words(read, {item.pk: _text(seen[item.pk]) for item in read}, now=now)
        same = _keep_addresses(read, seen)
    _keep_pictures(read, seen, now)
    unite_pairs(same, now=now)


def _write(item: Item, look: Look, now: datetime) -> None:
    """In memory alone."""
    item.describe_fault = look.fault
    if look.page is None:
        if look.fault in FOR_GOOD or item.describe_attempts > len(RETRY):
            item.describe_at, item.sifted_at = None, None
        return
    item.describe_at, item.described_at, item.describe_attempts = None, now, 0
    item.sifted_at = item.compared_at = None
    for name in Item.DESCRIBED:
        if not getattr(item, name) and name not in item.edited_fields:
            setattr(item, name, getattr(look.page, name))
    told = look.page.published_at
    item.published_at = item.published_at or (told if told and told <= now else None)
    item.url = canonical_url(look.url) or item.url


def _text(look: Look) -> str:
    return look.page.text if look.page else ""


def _keep_addresses(items: Sequence[Item], looks: Mapping[int, Look]) -> list[tuple[int, int]]:
    """Where redirects led, and what the pages call themselves. Returns pairs of items that turn
    out to be one page: an address that is another item's stays with that. Three queries."""
    claims = [(item, url, address_key(url)) for item in items for url in _addresses(looks[item.pk])]
    claims.sort(key=lambda claim: claim[2])  # one order for all workers, as in curation.recording
    ItemAddress.objects.bulk_create(
        (
            ItemAddress(site_id=item.site_id, item=item, key=key, url=url)
            for item, url, key in claims
        ),
        ignore_conflicts=True,
    )
    rows = ItemAddress.objects.filter(key__in={key for _item, _url, key in claims})
    holders = {(row.site_id, row.key): row.item_id for row in rows}
    pairs = {(item.pk, holders[item.site_id, key]) for item, _url, key in claims}
    return sorted((one, holder) for one, holder in pairs if one != holder)


def _addresses(look: Look) -> list[str]:
    page = look.page or Page()
    return [url for url in (canonical_url(look.url), page.canonical) if url]


def _keep_pictures(items: Sequence[Item], looks: Mapping[int, Look], now: datetime) -> None:
    """One by one: each is a file."""
    known = {row.item_id: row for row in ItemPicture.objects.filter(item__in=items)}
    for item in items:
        look = looks[item.pk]
        if look.page and look.picture:
            picture = known.get(item.pk) or ItemPicture(item=item)
            if picture.file:
                picture.file.delete(save=False)
            picture.source_url, picture.taken_at = look.picture_url, now
            keep_picture(picture, look.picture)

"""The words of an item's page, kept for search and for comparing."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from curation.likeness import bands, likeness, title_key
from curation.models import Band, Item, Snapshot

LONGEST = 100_000


def keep_words(
    items: Sequence[Item], texts: Mapping[int, str], *, now: datetime, are_whole: bool = True
) -> None:
    """The texts (by item id) and the titles as they are now; where `texts` says nothing, what was
    kept stays. Four queries.

    `are_whole` for pages that were read; a feed may tell the beginning alone, which never takes the
    place of a page's whole text."""
    if not items:
        return
    said = {pk: text.replace("\x00", "")[:LONGEST].strip() for pk, text in texts.items()}
    asked = [item.pk for item in items if not are_whole or not said.get(item.pk)]
    kept = {shot.item_id: shot for shot in Snapshot.objects.filter(item__in=asked)}
    rows = [_row(item, said.get(item.pk, ""), kept.get(item.pk), now) for item in items]
    Snapshot.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["item"],
        update_fields=["text", "likeness", "title_key", "taken_at"],
    )
    _keep_bands(items, {row.item_id: row.likeness for row in rows})


def _row(item: Item, text: str, kept: Snapshot | None, now: datetime) -> Snapshot:
    before = ("", 0) if kept is None else (kept.text, kept.likeness)
    is_news = len(text) > len(before[0]) / 2
    said, bits = (text, likeness(text)) if is_news else before
    key = title_key(item.title, item.site_name)
    return Snapshot(item_id=item.pk, text=said, likeness=bits, title_key=key, taken_at=now)


def _keep_bands(items: Sequence[Item], bits: Mapping[int, int]) -> None:
    Band.objects.filter(item__in=items).delete()
    Band.objects.bulk_create(
        Band(item=item, site_id=item.site_id, value=value, seen_at=item.first_seen_at)
        for item in items
        for value in bands(bits[item.pk])
    )

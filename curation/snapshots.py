"""The words of an item's page, kept for search and for comparing."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from curation.likeness import bands, likeness, title_key
from curation.models import Band, Item, Snapshot

LONGEST = 100_000


def keep_words(items: Sequence[Item], texts: Mapping[int, str], *, now: datetime) -> None:
    """The texts (by item id) and the titles as they are now; where `texts` says nothing, what was
    kept stays. Four queries."""
    if not items:
        return
    known = {shot.item_id: shot for shot in Snapshot.objects.filter(item__in=items)}
    rows = []
    for item in items:
        shot = known.get(item.pk) or Snapshot(item=item)
        text = texts.get(item.pk, "").replace("\x00", "")[:LONGEST].strip()
        if text:
            shot.text, shot.likeness = text, likeness(text)
        shot.title_key, shot.taken_at = title_key(item.title, item.site_name), now
        rows.append(shot)
    Snapshot.objects.bulk_create(
        [Snapshot(item_id=row.item_id, **_words(row)) for row in rows],
        update_conflicts=True,
        unique_fields=["item"],
        update_fields=["text", "likeness", "title_key", "taken_at"],
    )
    _keep_bands(items, {row.item_id: row.likeness for row in rows})


def _words(row: Snapshot) -> dict[str, object]:
    names = ("text", "likeness", "title_key", "taken_at")
    return {name: getattr(row, name) for name in names}


def _keep_bands(items: Sequence[Item], bits: Mapping[int, int]) -> None:
    Band.objects.filter(item__in=items).delete()
    Band.objects.bulk_create(
        Band(item=item, site_id=item.site_id, value=value, seen_at=item.first_seen_at)
        for item in items
        for value in bands(bits[item.pk])
    )

"""Some feeds call an entry something else each time they are read."""

from collections.abc import Sequence
from dataclasses import replace

from curation.feeds.comparing import News
from curation.feeds.reading import Reading
from curation.models import Entry, Item


def without_old_names(
    news: Sequence[News], items: Sequence[Item], readings: Sequence[Reading]
) -> list[News]:
    """An entry under a new id, leading where its feed led before, is no news; the id that the feed
    has given up is forgotten, so that rows don't pile up. `items`: of each of `news`. One query,
    two where there are such."""
    fresh = [(one.source.pk, item.pk) for one, item in zip(news, items, strict=True) if one.is_new]
    if not fresh:
        return list(news)
    rows = Entry.objects.filter(
        source__in={source for source, _item in fresh}, item__in={item for _source, item in fresh}
    )
    said = {
        (read.source.pk, entry.key) for read in readings if read.feed for entry in read.feed.entries
    }
    given_up = {
        pk: (source, item)
        for pk, source, item, key in rows.values_list("pk", "source", "item", "key")
        if (source, key) not in said
    }
    if not given_up:
        return list(news)
    Entry.objects.filter(pk__in=given_up).delete()
    known = set(given_up.values())
    return [
        replace(one, is_new=one.is_new and (one.source.pk, item.pk) not in known)
        for one, item in zip(news, items, strict=True)
    ]

"""Short ways to fill the page of the veille."""

from datetime import datetime, timedelta
from itertools import count

from wagtail.models import Site

from community.models import Participant
from curation.models import Find, Item, Pick, Snapshot
from curation.shelving import shelve
from curation.topics import set_topics
from tests.builders import NOON

_numbers = count(1)


def an_item(
    title: str = "",
    *,
    topics: tuple[str, ...] = (),
    found_by: tuple[Participant, ...] = (),
    ago: timedelta = timedelta(0),
    text: str = "",
    **fields,
) -> Item:
    """Published at NOON, or so long before, unless told otherwise."""
    number = next(_numbers)
    fields = {
        "site": Site.objects.get(is_default_site=True),
        "url": f"https://read.example/{number}",
        "title": title or f"Reading {number}",
        "state": Item.State.PUBLISHED,
        "language": "fr",
        "first_seen_at": NOON - ago,
        "shown_at": NOON - ago,
        "finders": len(found_by),
    } | fields
    item = Item.objects.create(**fields)
    set_topics(item.pk, topics)
    Find.objects.bulk_create(Find(item=item, finder=who, found_at=NOON - ago) for who in found_by)
    if text:
        Snapshot.objects.create(item=item, text=text, taken_at=NOON)
    return item


def a_pick(item: Item, sentence: str, *, by: Participant | None = None, **fields) -> Pick:
    fields = {"language": "fr", "picked_at": NOON, "user": by.user if by else None} | fields
    return Pick.objects.create(item=item, sentence=sentence, curator=by, **fields)


def shelve_all(now: datetime = NOON) -> None:
    while shelve(now):
        pass

"""Things to read, as feeds and people bring them."""

from datetime import datetime, timedelta

from wagtail.models import Site

from curation.models import Find, Item, Snapshot, Source
from tests.builders import NOON


def a_site() -> Site:
    return Site.objects.get_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page_id": 1}
    )[0]


def a_source(title: str = "Pia's blog", **fields) -> Source:
    number = Source.objects.count() + 1
    url = f"https://blog{number}.example/feed"
    return Source.objects.create(**{"site": a_site(), "title": title, "feed_url": url, **fields})


def an_item(
    title: str = "Toots in class",
    *,
    text: str = "",
    source: Source | None = None,
    minutes: int = 0,
    at: datetime = NOON,
    finder=None,
    **fields,
) -> Item:
    """Described and not sifted yet; `minutes` after NOON."""
    number = Item.objects.count() + 1
    seen = at + timedelta(minutes=minutes)
    values = {
        "site": a_site(),
        "url": f"https://read.example/{number}",
        "title": title,
        "language": "fr",
        "first_seen_at": seen,
        "described_at": seen,
        **fields,
    }
    item = Item.objects.create(**values)
    if text:
        Snapshot.objects.create(item=item, text=text, taken_at=seen)
    if source is not None or finder is not None:
        user = finder.user if finder is not None and source is None else None
        Find.objects.create(item=item, source=source, finder=finder, user=user, found_at=seen)
    return item

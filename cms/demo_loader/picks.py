"""A month of reading for the demo: what was put forward, what waits, and sources that rest, for a
demo fetches nothing."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from wagtail.models import Site

from cms.demo_loader.ledger import Ledger
from cms.demo_loader.people import person_behind
from cms.demo_loader.reading import Demo, Fields
from community.models import Participant
from curation.addresses import address_key
from curation.models import Find, Item, ItemAddress, Pick, Source
from curation.shelving import shelve
from curation.topics import set_topics

DAY = timedelta(days=1)


def load_picks(demo: Demo, ledger: Ledger, now: datetime) -> int:
    """Returns how many are new."""
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        return 0
    began = ledger.moment("picks began", now)
    made = 0
    for language, _name in settings.LANGUAGES:
        file = demo.readings(language)
        for fields in file.get("sources", ()):
            made += ledger.load(f"source:{fields['feed_url']}", _source, fields, site, began)
        for kind in ("picks", "waiting"):
            for fields in file.get(kind, ()):
                key = f"reading:{address_key(fields['url'])}"
                made += ledger.load(key, _item, fields, language, site, ledger, began)
    while shelve(now):
        pass
    return made


def _source(fields: Fields, site: Site, began: datetime) -> Source | None:
    source, made = Source.objects.get_or_create(
        site=site,
        feed_url=fields["feed_url"],
        defaults={
            "title": fields["title"],
            "page_url": fields.get("page_url", ""),
            "language": fields.get("language", ""),
            "axis": fields.get("axis", ""),
            "paused_at": began,
        },
    )
    return source if made else None


def _item(
    fields: Fields, language: str, site: Site, ledger: Ledger, began: datetime
) -> Item | None:
    key = address_key(fields["url"])
    if ItemAddress.objects.filter(site=site, key=key).exists():
        return None
    moment = began - fields["days_ago"] * DAY - timedelta(hours=len(fields["title"]) % 9)
    people = list(_people(fields.get("finders", ()), ledger))
    sentence = fields.get("sentence", "")
    shown = {"state": Item.State.PUBLISHED, "shown_at": moment, "decided_at": moment}
    item = Item.objects.create(
        site=site,
        url=fields["url"],
        title=fields["title"],
        **{name: fields.get(name, "") for name in ("summary", "author", "site_name", "axis")},
        depth=fields.get("depth", ""),
        language=fields.get("language", language),
        first_seen_at=moment,
        sifted_at=moment,
        finders=len(people),
        **(shown if sentence else {}),
    )
    ItemAddress.objects.create(site=site, item=item, key=key, url=item.url)
    Find.objects.bulk_create(
        Find(item=item, finder=who, user=who.user, found_at=moment) for who in people
    )
    set_topics(item.pk, fields.get("topics", ()))
    if sentence:
        _put_forward(item, fields, language, ledger, moment)
    return item


def _people(handles: Any, ledger: Ledger) -> Iterator[Participant]:
    for handle in handles:
        if (person := person_behind(ledger, handle)) is not None:
            yield person


def _put_forward(
    item: Item, fields: Fields, language: str, ledger: Ledger, moment: datetime
) -> None:
    """Not to be relayed: what the demo says on its timeline is told elsewhere."""
    curator = person_behind(ledger, fields.get("curator"))
    Pick.objects.create(
        item=item,
        curator=curator,
        user=curator.user if curator else None,
        sentence=fields["sentence"],
        language=language,
        picked_at=moment + timedelta(minutes=40),
        relay=False,
    )

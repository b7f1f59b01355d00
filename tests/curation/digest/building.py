from datetime import datetime, timedelta
from typing import Any

from wagtail.models import Site

from curation.models import Digest, DigestEntry, Find, Item, Pick, Subscriber
from tests.builders import NOON

FRIDAY = datetime.fromisoformat("2026-05-08T08:00:00+02:00")
"""When the letter of the week of 4 May is drafted: NOON is that week's Monday."""


def the_site() -> Site:
    return Site.objects.get(is_default_site=True)


def a_pick(
    title: str, *, by: Any, found_by: Any = None, at: datetime = NOON, **fields: Any
) -> Pick:
    item = Item.objects.create(
        site=the_site(),
        url=f"https://read.example/{title.replace(' ', '-')}",
        title=title,
        language="fr",
        state=Item.State.PUBLISHED,
        first_seen_at=at,
        shown_at=at,
        finders=1 if found_by else 0,
    )
    if found_by:
        Find.objects.create(item=item, finder=found_by.participant, found_at=at)
    sentence = fields.pop("sentence", f"Lis « {title} ».")
    return Pick.objects.create(
        item=item, curator=by.participant, sentence=sentence, language="fr", picked_at=at, **fields
    )


def a_letter(**fields: Any) -> Digest:
    given = {
        "site": the_site(),
        "language": "fr",
        "week": NOON.date(),
        "title": "Envol, la semaine du 4 mai",
        "composed_at": FRIDAY,
        "leaves_at": FRIDAY + timedelta(days=2),
        **fields,
    }
    letter = Digest(**given)
    letter.entries = [
        DigestEntry(section="figures", text="Douze personnes ont parlé."),
        DigestEntry(
            section="picks",
            title="Un hashtag <utile>",
            text="À lire.",
            url="https://read.example/a",
        ),
    ]
    letter.save()
    return letter


def a_reader(email: str = "ada@mail.example", **fields: Any) -> Subscriber:
    given = {"site": the_site(), "language": "fr", "asked_at": NOON, "confirmed_at": NOON, **fields}
    return Subscriber.objects.create(email=email, **given)

"""The rows of a large veille, as the pipeline leaves them: one part of it is made in Python, the
database copies it over the years."""

import random
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import CharField, Count, F, QuerySet, Value
from django.db.models.functions import Concat
from django.utils import timezone
from wagtail.models import Site

from community.models import Participant
from curation.models import Find, Item, ItemTopic, Pick, Shelf, Topic
from curation.searching import Words, put_words

PART = 10_000
TOPICS = 200
PICK_EVERY = 200
FIND_EVERY = 10
LONG = timedelta(days=1095)
WORDS = (
    *("écrire", "réseau", "image", "photo", "fil", "élève", "classe", "lecture", "droit"),
    *("veille", "partage", "mot", "jeu", "défi", "tuteur", "citation", "langue", "texte"),
    *("écoute", "message", "pseudo", "compte", "hashtag", "débat", "source", "presse"),
)
COPY_WORDS = {
    "sqlite": """
INSERT INTO curation_words (rowid, title, sentence, summary, body)
SELECT rowid + %(by)s, title || ' rare' || (rowid + %(by)s - %(first)s), sentence, summary, body
FROM curation_words WHERE rowid BETWEEN %(first)s AND %(last)s
""",
    "postgresql": """
INSERT INTO curation_words (item_id, words)
SELECT item_id + %(by)s, setweight(
    to_tsvector('simple', 'rare' || (item_id + %(by)s - %(first)s)), 'A') || words
FROM curation_words WHERE item_id BETWEEN %(first)s AND %(last)s
""",
}


def load(many: int) -> tuple[list[str], int]:
    """Returns slugs, the fullest topic first, and who found most."""
    chance = random.Random(7)  # noqa: S311 - the same rows each time
    site = Site.objects.get(is_default_site=True)
    topics = Topic.objects.bulk_create(
        Topic(name=f"Sujet {number}", slug=f"sujet-{number}") for number in range(TOPICS)
    )
    person = Participant.objects.showing().order_by("pk")[0]
    if connection.vendor == "sqlite":
        _tell("PRAGMA synchronous = OFF")
    part = min(many, PART)
    with transaction.atomic():
        items = _a_part(part, LONG * (part / many), site, topics, person, chance)
    first, last = items[0].pk, items[-1].pk
    for copy in range(1, many // part):
        with transaction.atomic():
            _copy_part(first, last, by=copy * part, later=LONG * (copy * part / many))
    with transaction.atomic():
        for copy in range(1, many // part):
            words = {"by": copy * part, "first": first, "last": last}
            _tell(COPY_WORDS[connection.vendor], words)
    for statement in connection.ops.sequence_reset_sql(no_style(), [Item]):
        _tell(statement)
    _count(site)
    if connection.vendor == "postgresql":
        _tell("ANALYZE")
    return [topic.slug for topic in topics], person.pk


def _tell(statement: str, params: Any = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


def _copy_part(first: int, last: int, *, by: int, later: timedelta) -> None:
    """Each row once more, as rows of other items, `later`."""
    part = Item.objects.filter(pk__range=(first, last)).order_by("pk")
    url = Concat(F("url"), Value(f"-{by}"), output_field=CharField())
    moments = {"shown_at": F("shown_at") + later, "first_seen_at": F("first_seen_at") + later}
    _copy(part, {"id": F("id") + by, "url": url, **moments})
    moments = {"shown_at": F("shown_at") + later}
    rows = ItemTopic.objects.filter(content_object__in=part.values("pk")).order_by("pk")
    _copy(rows, {"content_object_id": F("content_object_id") + by, **moments})
    for model, when in ((Find, "found_at"), (Pick, "picked_at")):
        beside = model._default_manager.filter(item__in=part.values("pk")).order_by("pk")
        changes = {"item_id": F("item_id") + by, when: F(when) + later, **moments}
        _copy(beside, changes)


def _copy(rows: QuerySet[Any], changes: Mapping[str, Any]) -> None:
    """INSERT … SELECT; without a change of its id, a row gets one of its own."""
    fields = [
        field
        for field in rows.model._meta.concrete_fields
        if not field.primary_key or field.attname in changes
    ]
    chosen = [changes.get(field.attname, F(field.attname)) for field in fields]
    select, params = rows.values_list(*chosen).query.sql_with_params()
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    table = quote(rows.model._meta.db_table)
    _tell(f"INSERT INTO {table} ({columns}) {select}", params)


def _a_part(
    many: int,
    span: timedelta,
    site: Site,
    topics: Sequence[Topic],
    person: Participant,
    chance: random.Random,
) -> list[Item]:
    """The oldest; `span` is the time in which they appeared."""
    since = timezone.now() - LONG
    moments = [since + span * number / many for number in range(many)]
    items = Item.objects.bulk_create(
        [_an_item(number, site, moment, chance) for number, moment in enumerate(moments)],
        batch_size=500,
    )
    _beside(items, site, topics, person, chance)
    put_words([Words(item.pk, item.title, "", item.summary, _words(chance, 60)) for item in items])
    return items


def _beside(
    items: Sequence[Item],
    site: Site,
    topics: Sequence[Topic],
    person: Participant,
    chance: random.Random,
) -> None:
    ItemTopic.objects.bulk_create(
        ItemTopic(
            content_object=item,
            tag=topics[0] if chance.random() < 0.2 else topics[_rare(chance)],
            site=site,
            shown_at=item.shown_at,
            language=item.language,
        )
        for item in items
    )
    Find.objects.bulk_create(
        Find(item=item, finder=person, found_at=item.shown_at, site=site, shown_at=item.shown_at)
        for item in items[::FIND_EVERY]
    )
    Pick.objects.bulk_create(
        Pick(
            item=item,
            sentence=f"À lire pour {chance.choice(WORDS)}.",
            language=item.language,
            curator=person,
            picked_at=item.shown_at,
            site=site,
            shown_at=item.shown_at,
            relay=False,
        )
        for item in items[7::PICK_EVERY]
    )


def _rare(chance: random.Random) -> int:
    """Few topics have much, most have little."""
    return min(int(chance.paretovariate(0.6)), TOPICS - 1)


def _an_item(number: int, site: Site, shown: datetime, chance: random.Random) -> Item:
    return Item(
        site=site,
        url=f"https://read.example/{number}",
        title=_words(chance, 6),
        summary=_words(chance, 25),
        language=chance.choice(["fr", "fr", "en"]),
        site_name=f"Site {number % 500}",
        first_seen_at=shown,
        shown_at=shown,
        axis=chance.choice(["about", "with", "work", ""]),
        state=Item.State.PUBLISHED,
        finders=min(int(chance.paretovariate(1.5)), 500),
        shelved_at=shown,
        sifted_at=shown,
        compared_at=shown,
    )


def _words(chance: random.Random, number: int) -> str:
    return " ".join(chance.choices(WORDS, k=number))


def _count(site: Site) -> None:
    """What the step keeps bit by bit, at once."""
    Shelf.objects.filter(site=site).delete()
    shown = Item.objects.published().filter(site=site)
    weeks: dict[str, int] = {}
    for day, items in shown.values_list("shown_at__date").annotate(many=Count("pk")).order_by():
        monday = (day - timedelta(days=day.weekday())).isoformat()
        weeks[monday] = weeks.get(monday, 0) + items
    kinds = Shelf.Kind
    by_axis = shown.values_list("axis").annotate(many=Count("pk")).order_by()
    by_language = shown.values_list("language").annotate(many=Count("pk")).order_by()
    by_topic = ItemTopic.objects.values_list("tag__slug").annotate(many=Count("pk")).order_by()
    counts = [(kinds.WEEK, key, items) for key, items in weeks.items()]
    counts += [(kinds.AXIS, key, items) for key, items in by_axis if key]
    counts += [(kinds.LANGUAGE, key, items) for key, items in by_language if key]
    counts += [(kinds.TOPIC, key, items) for key, items in by_topic]
    people = Pick.objects.values_list("curator").annotate(many=Count("pk")).order_by()
    counts += [(kinds.PERSON, str(key), items) for key, items in people if key]
    counts.append((kinds.ALL, "", shown.count()))
    Shelf.objects.bulk_create(
        Shelf(site=site, kind=kind, key=key, items=items) for kind, key, items in counts
    )

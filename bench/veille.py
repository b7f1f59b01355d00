"""The page of the veille over a million items: how long each way to read takes, and how much it
asks of the database."""

import random
import time
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Site

from bench.load import WrongAnswer
from bench.measuring import Effort, Row
from community.models import Participant
from curation.choosing import week_of
from curation.models import Find, Item, ItemTopic, Pick, Shelf, Topic
from curation.searching import Words, put_words

MANY, FEWER = 1_000_000, 50_000
BATCH = 10_000
TOPICS = 200
PICK_EVERY = 200
FIND_EVERY = 10
MOST_QUERIES = 15
QUICK = 300  # milliseconds
ROUNDS = 5
WORDS = (
    *("écrire", "réseau", "image", "photo", "fil", "élève", "classe", "lecture", "droit"),
    *("veille", "partage", "mot", "jeu", "défi", "tuteur", "citation", "langue", "texte"),
    *("écoute", "message", "pseudo", "compte", "hashtag", "débat", "source", "presse"),
)


def measure(effort: Effort) -> list[Row]:
    """The items are spread over three years; a tenth were found by somebody, one in two hundred was
    put forward."""
    many = effort.choose(MANY, FEWER)
    started = time.perf_counter()
    topics, person = _load(many)
    loaded = many / (time.perf_counter() - started)
    week = week_of(timezone.now() - timedelta(days=60)).isoformat()
    ways = {
        "front": "",
        "everything": "?only=all",
        "picks": "?only=picks",
        "axis": "?axis=with",
        "large topic": f"?topic={topics[0]}",
        "small topic": f"?topic={topics[-1]}",
        "topic in a language": f"?topic={topics[0]}&language=en",
        "week": f"?week={week}",
        "person": f"?person={person}",
        "most shared ever": "?shared=ever",
        "most shared this month": "?shared=month",
        "search, a common word": "?q=image",
        "search, two words": "?q=%C3%A9crire+r%C3%A9seau",
        "search, a rare word": "?q=rare777",
        "far back": "?only=all&before=1700000000000000.1",
    }
    rows = [Row(f"veille: loaded, {many} items", loaded, "items/s", "as many", loaded)]
    for name, query in ways.items():
        rows += _way(f"veille: {name}", f"/fr/curation/{query}")
    return rows


def _way(name: str, path: str) -> Iterator[Row]:
    client = Client(SERVER_NAME="127.0.0.1")
    response = client.get(path)
    if response.status_code != 200:
        raise WrongAnswer(f"{path}: {response.status_code}")
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    asked = len(queries)  # later requests forget them
    spent = sorted(_milliseconds(client, path) for _round in range(ROUNDS))
    yield Row(name, spent[ROUNDS // 2], "ms", "quick", QUICK, True)
    yield Row(f"{name}: queries", asked, "queries", "limit", MOST_QUERIES, True)


def _milliseconds(client: Client, path: str) -> float:
    started = time.perf_counter()
    client.get(path)
    return (time.perf_counter() - started) * 1000


def _load(many: int) -> tuple[list[str], int]:
    """Rows as the pipeline leaves them, in bulk. Returns slugs, the fullest topic first, and who
    found most."""
    chance = random.Random(7)  # noqa: S311 - the same rows each time
    site = Site.objects.get(is_default_site=True)
    topics = [Topic(name=f"Sujet {number}", slug=f"sujet-{number}") for number in range(TOPICS)]
    topics = Topic.objects.bulk_create(topics)
    person = Participant.objects.showing().order_by("pk")[0]
    now = timezone.now()
    for start in range(0, many, BATCH):
        numbers = range(start, min(start + BATCH, many))
        with transaction.atomic():
            _load_batch(numbers, many, site, topics, person, now, chance)
    _count(site)
    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return [topic.slug for topic in topics], person.pk


def _load_batch(
    numbers: range,
    many: int,
    site: Site,
    topics: Sequence[Topic],
    person: Participant,
    now: datetime,
    chance: random.Random,
) -> None:
    items = Item.objects.bulk_create(
        _an_item(number, many, site, now, chance) for number in numbers
    )
    ItemTopic.objects.bulk_create(
        ItemTopic(content_object=item, tag=tag, site=site, shown_at=item.shown_at)
        for item in items
        for tag in {topics[0] if chance.random() < 0.2 else topics[_rare(chance)]}
    )
    Find.objects.bulk_create(
        Find(item=item, finder=person, found_at=item.shown_at) for item in items[::FIND_EVERY]
    )
    Pick.objects.bulk_create(
        Pick(
            item=item,
            sentence=f"À lire pour {chance.choice(WORDS)}.",
            language="fr",
            curator=person,
            picked_at=item.shown_at,
            relay=False,
        )
        for item in items[::PICK_EVERY]
    )
    put_words([Words(item.pk, item.title, "", item.summary, _words(chance, 60)) for item in items])


def _rare(chance: random.Random) -> int:
    """Few topics have much, most have little."""
    return min(int(chance.paretovariate(0.6)), TOPICS - 1)


def _an_item(number: int, many: int, site: Site, now: datetime, chance: random.Random) -> Item:
    shown = now - timedelta(days=1095) * (1 - number / many)
    return Item(
        site=site,
        url=f"https://read.example/{number}",
        title=f"{_words(chance, 6)} rare{number}",
        summary=_words(chance, 25),
        language=chance.choice(["fr", "fr", "en"]),
        site_name=f"Site {number % 500}",
        first_seen_at=shown,
        shown_at=shown,
        axis=chance.choice(["about", "with", "work", ""]),
        state=Item.State.PUBLISHED,
        finders=min(int(chance.paretovariate(1.5)), 500),
        shelved_at=now,
        sifted_at=now,
        compared_at=now,
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
    counts.append((kinds.ALL, "", shown.count()))
    Shelf.objects.bulk_create(
        Shelf(site=site, kind=kind, key=key, items=items) for kind, key, items in counts
    )

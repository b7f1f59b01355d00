"""What stands beside the page of the veille: topics, weeks, axes, languages and people, counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import BigIntegerField, CharField, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Cast
from django.utils.translation import get_language_info

from community.models import Participant
from community.moocs import bare_words
from curation.choosing import Wanted
from curation.models import Axis, ItemTopic, Shelf, Topic

SOME_TOPICS = 18
SOME_WEEKS = 6
SOME_PEOPLE, MORE_PEOPLE = 8, 40
"""Named; looked at, for not all of them agree."""
MOST_TOPICS = 400


@dataclass(frozen=True, slots=True)
class Way:
    """To a part of the veille: how it is called, where it leads, how much is there."""

    label: str
    address: str
    items: int = 0
    current: bool = False
    slug: str = ""


@dataclass(frozen=True, slots=True)
class WeekWay:
    monday: date
    address: str
    items: int
    current: bool

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Beside:
    total: int
    axes: Sequence[Way]
    languages: Sequence[Way]
    topics: Sequence[Way]
    weeks: Sequence[WeekWay]
    people: Sequence[Way]
    person: Participant | None = None
    """The one who was asked for, if they agree to be named."""


def read_beside(wanted: Wanted, *, site_id: int) -> Beside:
    """Three queries, whatever there is to read."""
    kinds = Shelf.Kind
    small = Shelf.objects.filter(
        site=site_id, items__gt=0, kind__in=[kinds.ALL, kinds.WEEK, kinds.AXIS, kinds.LANGUAGE]
    )
    counts = {(kind, key): items for kind, key, items in small.values_list("kind", "key", "items")}
    people = _people(wanted, site_id)
    return Beside(
        total=counts.get((kinds.ALL, ""), 0),
        axes=_axes(wanted, counts),
        languages=_languages(wanted, counts),
        topics=topic_ways(wanted, site_id=site_id, most=SOME_TOPICS),
        weeks=week_ways(wanted, counts)[:SOME_WEEKS],
        people=[
            Way(one.name, Wanted(person=one.pk).address, one.items or 0, one.pk == wanted.person)
            for one in people[:SOME_PEOPLE]
        ],
        person=next((one for one in people if one.pk == wanted.person), None),
    )


def read_weeks(wanted: Wanted, *, site_id: int) -> list[WeekWay]:
    """All that have something to read, the latest first."""
    weeks = Shelf.objects.filter(site=site_id, kind=Shelf.Kind.WEEK, items__gt=0)
    rows = weeks.values_list("kind", "key", "items")
    return week_ways(wanted, {(kind, key): items for kind, key, items in rows})


def week_ways(wanted: Wanted, counts: Mapping[tuple[str, str], int]) -> list[WeekWay]:
    found = [
        (date.fromisoformat(key), items)
        for (kind, key), items in counts.items()
        if kind == Shelf.Kind.WEEK
    ]
    return [
        WeekWay(monday, Wanted(week=monday).address, items, wanted.week == monday)
        for monday, items in sorted(found, reverse=True)
    ]


def topic_ways(wanted: Wanted, *, site_id: int, most: int = MOST_TOPICS) -> list[Way]:
    """The fullest, by name; the wanted one among them. Of those with something in the language that
    is wanted: what is read in another one leads to an empty page."""
    language = wanted.said_language
    looked_at = most * len(settings.LANGUAGES) if language else most
    shelves = Shelf.objects.filter(site=site_id, kind=Shelf.Kind.TOPIC, items__gt=0)
    fullest = Q(slug__in=shelves.order_by("-items", "key").values("key")[:looked_at])
    if language:
        shown = ItemTopic.objects.filter(site=site_id, shown_at__isnull=False, language=language)
        fullest &= Q(Exists(shown.filter(tag=OuterRef("pk"))))
    named = fullest | Q(slug=wanted.topic) if wanted.topic else fullest
    items = shelves.filter(key=OuterRef("slug")).values("items")
    topics = Topic.objects.filter(named).annotate(items=Subquery(items[:1]))
    found = topics.order_by(F("items").desc(nulls_last=True), "slug")
    some = [one for n, one in enumerate(found) if n < most or one.slug == wanted.topic]
    return [
        Way(
            label=topic.name,
            address=Wanted(topic=topic.slug).address,
            items=topic.items or 0,
            current=topic.slug == wanted.topic,
            slug=topic.slug,
        )
        for topic in sorted(some, key=lambda topic: bare_words(topic.name))
    ]


def _axes(wanted: Wanted, counts: Mapping[tuple[str, str], int]) -> list[Way]:
    found = [(value, label, counts.get((Shelf.Kind.AXIS, value), 0)) for value, label in _named()]
    return [
        Way(label, wanted.but(axis=value).address, items, wanted.axis == value)
        for value, label, items in found
        if items or wanted.axis == value
    ]


def _named() -> list[tuple[str, str]]:
    return [(axis.value, str(axis.label)) for axis in Axis]


def _languages(wanted: Wanted, counts: Mapping[tuple[str, str], int]) -> list[Way]:
    """None where there is nothing to choose between."""
    found = [
        (code, get_language_info(code)["name_local"], counts.get((Shelf.Kind.LANGUAGE, code), 0))
        for code, _name in settings.LANGUAGES
    ]
    ways = [
        Way(name, wanted.but(language=code).address, items, wanted.language == code)
        for code, name, items in found
        if items or wanted.language == code
    ]
    return ways if len(ways) > 1 or wanted.language else []


def _people(wanted: Wanted, site_id: int) -> list[Any]:
    """Who put most forward, of those who agree to be named, with `items`; and whoever is asked
    for."""
    shelves = Shelf.objects.filter(site=site_id, kind=Shelf.Kind.PERSON, items__gt=0)
    fullest = shelves.order_by("-items", "key").annotate(person=Cast("key", BigIntegerField()))
    shown = Q(pk__in=fullest.values("person")[:MORE_PEOPLE])
    if wanted.person:
        shown |= Q(pk=wanted.person)
    items = shelves.filter(key=Cast(OuterRef("pk"), CharField())).values("items")
    people = Participant.objects.showing().filter(shown).annotate(items=Subquery(items[:1]))
    return list(people.order_by(F("items").desc(nulls_last=True), "pk"))

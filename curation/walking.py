"""Walks along the indexes: which items come next, and where to go on from there.

No walk counts or skips: a page far back costs what the first one does.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from curation.choosing import PERIODS, Wanted
from curation.models import Find, ItemTopic, Pick, Topic
from curation.models.items import ItemQuerySet
from curation.reading import shown_items
from curation.searching import search

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TINY = timedelta(microseconds=1)
Rows = QuerySet[Any, Any]


@dataclass(frozen=True, slots=True)
class Leaf:
    """Ids of items in their order, and from where to go on ("" where it ends)."""

    pks: Sequence[int]
    older: str = ""


def mark_of(moment: datetime, pk: int) -> str:
    return f"{(moment - EPOCH) // TINY}.{pk}"


def read_mark(mark: str, numbers: int = 2) -> list[int] | None:
    """None for what is no mark of ours."""
    parts = mark.split(".")
    if len(parts) != numbers or not all(one.isdecimal() and len(one) < 20 for one in parts):
        return None
    found = [int(one) for one in parts]
    return found if all(one < 2**62 for one in found) else None


def moment_of(micros: int) -> datetime:
    return EPOCH + timedelta(microseconds=min(micros, 2**57))


def walk(wanted: Wanted, *, site_id: int, before: str = "", most: int = 20) -> Leaf:
    """`before`: the mark where the page before ended. One query, two for a person."""
    if wanted.query:
        return _found(wanted, site_id, before, most)
    if wanted.shared:
        return _most_shared(wanted, site_id, before, most)
    if wanted.person:
        return _of_a_person(wanted, site_id, before, most)
    if wanted.topic:
        return _of_a_topic(wanted, site_id, before, most)
    if wanted.only == "picks":
        return _picks(wanted, site_id, before, most)
    return _newest(wanted, site_id, before, most)


def walk_light(*, site_id: int, most: int, language: str = "") -> Leaf:
    """The newest of what nobody has put forward."""
    picked = Pick.objects.filter(item=OuterRef("pk"))
    items = narrowed(shown_items(site_id), Wanted(language=language)).filter(~Exists(picked))
    newest = items.order_by("-shown_at", "-pk")
    return Leaf(list(newest.values_list("pk", flat=True)[:most]))


def narrowed(items: ItemQuerySet, wanted: Wanted) -> ItemQuerySet:
    """By all that stands in the item's own row, by its topic, and by its pick."""
    if wanted.axis:
        items = items.filter(axis=wanted.axis)
    if language := wanted.said_language:
        items = items.filter(language=language)
    if span := wanted.span():
        items = items.filter(shown_at__gte=span[0], shown_at__lt=span[1])
    if wanted.topic:
        items = items.filter(_under(wanted.topic, "pk"))
    if wanted.only == "picks":
        items = items.filter(pick__isnull=False)
    return items


def _under(topic: str, item: str) -> Exists:
    return Exists(ItemTopic.objects.filter(content_object=OuterRef(item), tag__slug=topic))


def _rows(model: type[Model], site_id: int, wanted: Wanted) -> Rows:
    """Of a table that knows when its items are shown: nothing here makes a database begin
    elsewhere than with an index of these rows."""
    item = "content_object" if model is ItemTopic else "item"
    rows: Rows = model._default_manager.filter(site=site_id, shown_at__isnull=False)
    if wanted.axis:
        rows = rows.filter(**{f"{item}__axis": wanted.axis})
    if language := wanted.said_language:
        rows = rows.filter(**{"item__language" if model is Find else "language": language})
    if span := wanted.span():
        rows = rows.filter(shown_at__gte=span[0], shown_at__lt=span[1])
    if wanted.topic:
        rows = rows.filter(_under(wanted.topic, f"{item}_id"))
    if wanted.only == "picks" and model is not Pick:
        rows = rows.filter(Exists(Pick.objects.filter(item=OuterRef(f"{item}_id"))))
    return rows


def _leaf(rows: Sequence[tuple[int, str]], most: int) -> Leaf:
    """Of rows with their marks, one more than a page holds if it goes on."""
    shown = rows[:most]
    return Leaf([pk for pk, _mark in shown], shown[-1][1] if len(rows) > most else "")


def _next(rows: Rows, *, pk: str, when: str, before: str, most: int) -> list[tuple[int, datetime]]:
    """The newest rows after a mark, one more than a page holds."""
    if mark := read_mark(before):
        moment = moment_of(mark[0])
        rows = rows.filter(**{f"{when}__lte": moment}).exclude(
            **{when: moment, f"{pk}__gte": mark[1]}
        )
    return list(rows.order_by(f"-{when}", f"-{pk}").values_list(pk, when)[: most + 1])


def _marked(rows: Iterable[tuple[int, datetime]]) -> list[tuple[int, str]]:
    return [(pk, mark_of(moment, pk)) for pk, moment in rows]


def _newest(wanted: Wanted, site_id: int, before: str, most: int) -> Leaf:
    items = narrowed(shown_items(site_id), wanted)
    return _leaf(_marked(_next(items, pk="pk", when="shown_at", before=before, most=most)), most)


def _picks(wanted: Wanted, site_id: int, before: str, most: int) -> Leaf:
    """By when they were put forward, which may be long after they appeared; in the language of
    their sentences."""
    rows = _next(
        _rows(Pick, site_id, wanted), pk="item_id", when="picked_at", before=before, most=most
    )
    return _leaf(_marked(rows), most)


def _of_a_topic(wanted: Wanted, site_id: int, before: str, most: int) -> Leaf:
    topic = Topic.objects.filter(slug=wanted.topic).values("pk")[:1]
    rows = _rows(ItemTopic, site_id, wanted.but(topic="")).filter(tag=topic)
    found = _next(rows, pk="content_object_id", when="shown_at", before=before, most=most)
    return _leaf(_marked(found), most)


def _most_shared(wanted: Wanted, site_id: int, before: str, most: int) -> Leaf:
    """Of what appeared in the period: by how many different people brought it."""
    items = narrowed(shown_items(site_id), wanted).filter(finders__gt=1)
    if period := PERIODS[wanted.shared]:
        items = items.filter(shown_at__gte=Now() - period)
    if mark := read_mark(before, 3):
        finders, moment = mark[0], moment_of(mark[1])
        same = Q(finders=finders) & (Q(shown_at__lt=moment) | Q(shown_at=moment, pk__lt=mark[2]))
        items = items.filter(Q(finders__lt=finders) | same, finders__lte=finders)
    rows = items.order_by("-finders", "-shown_at", "-pk").values_list("pk", "finders", "shown_at")
    marked = [(pk, f"{many}.{mark_of(shown, pk)}") for pk, many, shown in rows[: most + 1] if shown]
    return _leaf(marked, most)


def _of_a_person(wanted: Wanted, site_id: int, before: str, most: int) -> Leaf:
    """What they put forward and what they found, by when they did."""
    picks = _rows(Pick, site_id, wanted).filter(curator=wanted.person)
    finds = _rows(Find, site_id, wanted).filter(finder=wanted.person)
    theirs = Pick.objects.filter(item=OuterRef("item_id"), curator=wanted.person)
    finds = finds.filter(~Exists(theirs))
    rows = [
        *_next(picks, pk="item_id", when="picked_at", before=before, most=most),
        *_next(finds, pk="item_id", when="found_at", before=before, most=most),
    ]
    latest: dict[int, datetime] = {}
    for pk, moment in sorted(rows, key=lambda row: (row[1], row[0]), reverse=True):
        latest.setdefault(pk, moment)
    return _leaf(_marked(latest.items()), most)


def _found(wanted: Wanted, site_id: int, before: str, most: int) -> Leaf:
    """The best first; here a mark is a number of items, for the search weighs a few hundred."""
    found = search(wanted.query, site_id=site_id)
    narrow = wanted.but(query="")
    if not narrow.is_everything:
        kept = _kept(narrow, site_id, found)
        found = [pk for pk in found if pk in kept]
    mark = read_mark(before, 1)
    start = mark[0] if mark else 0
    goes_on = len(found) > start + most
    return Leaf(found[start : start + most], str(start + most) if goes_on else "")


def _kept(wanted: Wanted, site_id: int, found: Sequence[int]) -> set[int]:
    items = narrowed(shown_items(site_id).filter(pk__in=found), wanted)
    if wanted.person:
        items = items.filter(Q(pick__curator=wanted.person) | Q(finds__finder=wanted.person))
    return set(items.values_list("pk", flat=True))

"""Walks along the indexes: which items come next, and where to go on from there.

No walk counts or skips: a page far back costs what the first one does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Q
from django.db.models.functions import Now

from curation.choosing import PERIODS, Wanted
from curation.models import Find, ItemTopic, Pick
from curation.models.items import ItemQuerySet
from curation.reading import shown_items

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TINY = timedelta(microseconds=1)


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
    if len(parts) != numbers or not all(one.isascii() and one.isdigit() for one in parts):
        return None
    found = [int(one) for one in parts]
    return found if all(one < 2**62 for one in found) else None


def moment_of(micros: int) -> datetime:
    return EPOCH + timedelta(microseconds=min(micros, 2**57))


def walk(wanted: Wanted, *, site_id: int, before: str = "", most: int = 20) -> Leaf:
    """`before`: the mark where the page before ended. One query, two for a person."""
    if wanted.shared:
        return _most_shared(wanted, site_id, before, most)
    if wanted.person:
        return _of_a_person(wanted, site_id, before, most)
    if wanted.topic:
        return _of_a_topic(wanted, site_id, before, most)
    return _newest(wanted, site_id, before, most)


def narrowed(items: ItemQuerySet, wanted: Wanted) -> ItemQuerySet:
    """By all that stands in the item's own row."""
    if wanted.axis:
        items = items.filter(axis=wanted.axis)
    if wanted.language:
        items = items.filter(language=wanted.language)
    if span := wanted.span():
        items = items.filter(shown_at__gte=span[0], shown_at__lt=span[1])
    if wanted.picks:
        items = items.filter(pick__isnull=False)
    return items


def _leaf(rows: Sequence[tuple[int, str]], most: int) -> Leaf:
    """Of rows with their marks, one more than a page holds if it goes on."""
    shown = rows[:most]
    return Leaf([pk for pk, _mark in shown], shown[-1][1] if len(rows) > most else "")


def _newest(wanted: Wanted, site_id: int, before: str, most: int) -> Leaf:
    items = narrowed(shown_items(site_id), wanted)
    if mark := read_mark(before):
        moment = moment_of(mark[0])
        items = items.filter(shown_at__lte=moment).exclude(shown_at=moment, pk__gte=mark[1])
    rows = items.order_by("-shown_at", "-pk").values_list("pk", "shown_at")[: most + 1]
    return _leaf([(pk, mark_of(shown, pk)) for pk, shown in rows], most)


def _of_a_topic(wanted: Wanted, site_id: int, before: str, most: int) -> Leaf:
    about = ItemTopic.objects.filter(tag__slug=wanted.topic)
    items = narrowed(shown_items(site_id), wanted).filter(pk__in=about.values("content_object"))
    if mark := read_mark(before):
        moment = moment_of(mark[0])
        items = items.filter(shown_at__lte=moment).exclude(shown_at=moment, pk__gte=mark[1])
    rows = items.order_by("-shown_at", "-pk").values_list("pk", "shown_at")[: most + 1]
    return _leaf([(pk, mark_of(shown, pk)) for pk, shown in rows], most)


def _most_shared(wanted: Wanted, site_id: int, before: str, most: int) -> Leaf:
    """Of what appeared in the period: by how many different people brought it."""
    items = narrowed(shown_items(site_id), wanted).filter(finders__gt=1)
    if period := PERIODS[wanted.shared]:
        items = items.filter(shown_at__gte=Now() - period)
    if wanted.topic:
        items = items.filter(pk__in=_about(wanted.topic))
    if mark := read_mark(before, 3):
        finders, moment = mark[0], moment_of(mark[1])
        same = Q(finders=finders) & (Q(shown_at__lt=moment) | Q(shown_at=moment, pk__lt=mark[2]))
        items = items.filter(Q(finders__lt=finders) | same, finders__lte=finders)
    rows = items.order_by("-finders", "-shown_at", "-pk").values_list("pk", "finders", "shown_at")
    marked = [(pk, f"{many}.{mark_of(shown, pk)}") for pk, many, shown in rows[: most + 1]]
    return _leaf(marked, most)


def _about(topic: str) -> object:
    return ItemTopic.objects.filter(tag__slug=topic).values("content_object")


def _of_a_person(wanted: Wanted, site_id: int, before: str, most: int) -> Leaf:
    """What they put forward and what they found, by when they did."""
    picks = Pick.objects.filter(curator=wanted.person)
    finds = Find.objects.filter(finder=wanted.person).exclude(item__pick__curator=wanted.person)
    inside = narrowed(shown_items(site_id), wanted)
    rows = [
        *_by(picks.filter(item__in=inside), "picked_at", before, most),
        *_by(finds.filter(item__in=inside), "found_at", before, most),
    ]
    first: dict[int, datetime] = {}
    for pk, moment in sorted(rows, key=lambda row: (row[1], row[0]), reverse=True):
        first.setdefault(pk, moment)
    return _leaf([(pk, mark_of(moment, pk)) for pk, moment in first.items()], most)


def _by(rows, when: str, before: str, most: int) -> list[tuple[int, datetime]]:
    if mark := read_mark(before):
        moment = moment_of(mark[0])
        rows = rows.filter(**{f"{when}__lte": moment}).exclude(
            **{when: moment, "item_id__gte": mark[1]}
        )
    return list(rows.order_by(f"-{when}", "-item_id").values_list("item_id", when)[: most + 1])

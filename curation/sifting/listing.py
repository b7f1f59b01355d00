"""What waits at the desk, page by page: by keyset, so that the millionth item costs as little as
the first."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.cache import cache
from django.db.models import Q, QuerySet

from curation.models import Axis, Find, Item

PAGE = 20
REMEMBERED = 15  # seconds
State = Item.State

ORDERS = ("newest", "shared", "oldest")
PILES = ("waiting", "proposed", "asleep", "dropped")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to see; what makes no sense is not asked."""

    pile: str = "waiting"
    order: str = "newest"
    source: str = ""
    language: str = ""
    axis: str = ""
    words: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "Wish":
        languages = {code for code, _name in settings.LANGUAGES}
        source = query.get("source", "")
        return cls(
            pile=_one_of(PILES, query.get("pile", ""), "waiting"),
            order=_one_of(ORDERS, query.get("order", ""), "newest"),
            source=source if source.isdecimal() and len(source) < 19 else "",
            language=_one_of(languages, query.get("language", ""), ""),
            axis=_one_of(Axis.values, query.get("axis", ""), ""),
            words=" ".join(query.get("words", "").split())[:100],
        )

    def query(self, **others: str) -> str:
        """As an address says it: only what isn't ordinary."""
        plain = asdict(Wish())
        said = {k: v for k, v in asdict(self).items() if v != plain[k]}
        said |= {k: v for k, v in others.items() if v}
        return f"?{urlencode(said)}" if said else ""

    @property
    def is_filtered(self) -> bool:
        return replace(self, order="newest", pile="waiting") != Wish()


def _one_of(known: Iterable[str], value: str, otherwise: str) -> str:
    return value if value in known else otherwise


@dataclass(frozen=True, slots=True)
class Key:
    """Where a page begins: after the item with these values. Microseconds, so that no two moments
    look alike."""

    first_seen_at: datetime
    pk: int
    finders: int = 0

    @classmethod
    def of(cls, item: Item) -> "Key":
        return cls(item.first_seen_at, item.pk, item.finders)

    @classmethod
    def parse(cls, text: str) -> "Key | None":
        parts = text.split("-")
        if len(parts) != 3 or not all(p.isdecimal() and len(p) < 18 for p in parts):
            return None
        seen, pk, finders = map(int, parts)
        try:
            return cls(EPOCH + timedelta(microseconds=seen), pk, finders)
        except OverflowError:
            return None

    def __str__(self) -> str:
        seen = (self.first_seen_at - EPOCH) // timedelta(microseconds=1)
        return f"{seen}-{self.pk}-{self.finders}"


@dataclass(frozen=True, slots=True)
class DeskPage:
    """`older`: the next page's key, "" where there is none."""

    items: list[Item]
    older: str = ""


def read_desk(wish: Wish, *, site_id: int, now: datetime, after: Key | None = None) -> DeskPage:
    """Items, with what is known of each row. Four queries at most."""
    heaps = [filtered(heap, wish) for heap in _heaps(wish.pile, site_id, now)]
    found = [item for heap in heaps for item in _page_of(heap, wish.order, after)]
    found.sort(key=lambda item: _rank(item, wish.order))
    items, more = found[:PAGE], len(found) > PAGE
    return DeskPage(items, str(Key.of(items[-1])) if more else "")


def _heaps(pile: str, site_id: int, now: datetime) -> list[QuerySet[Item]]:
    """Apart, so that each walks along its own part of an index."""
    here = Item.objects.standing().filter(site=site_id)
    asleep = here.filter(state=State.SNOOZED)
    if pile == "asleep":
        return [asleep.filter(snoozed_until__gt=now)]
    if pile == "dropped":
        return [here.filter(state=State.DROPPED)]
    awake: list[QuerySet[Item]] = [
        here.filter(state=State.WAITING),
        asleep.filter(snoozed_until__lte=now),
    ]
    if pile == "proposed":
        return [heap.exclude(pick=None) for heap in awake]
    return awake


def filtered(items: QuerySet[Item], wish: Wish) -> QuerySet[Item]:
    if wish.source:
        items = items.filter(pk__in=Find.objects.filter(source=int(wish.source)).values("item"))
    if wish.language:
        items = items.filter(language__startswith=wish.language)
    if wish.axis:
        items = items.filter(axis=wish.axis)
    for word in wish.words.split():
        items = items.filter(
            Q(title__icontains=word) | Q(summary__icontains=word) | Q(site_name__icontains=word)
        )
    return items


def _page_of(items: QuerySet[Item], order: str, after: Key | None) -> list[Item]:
    if after is not None:
        items = items.filter(_beyond(order, after))
    signs = {
        "newest": ("-first_seen_at", "-pk"),
        "oldest": ("first_seen_at", "pk"),
        "shared": ("-finders", "-first_seen_at", "-pk"),
    }
    rows = items.select_related("pick__curator").prefetch_related("topic_rows__tag")
    return list(rows.order_by(*signs[order])[: PAGE + 1])


def _beyond(order: str, after: Key) -> Q:
    if order == "oldest":
        return Q(first_seen_at__gt=after.first_seen_at) | Q(
            first_seen_at=after.first_seen_at, pk__gt=after.pk
        )
    older = Q(first_seen_at__lt=after.first_seen_at) | Q(
        first_seen_at=after.first_seen_at, pk__lt=after.pk
    )
    if order == "newest":
        return older
    return Q(finders__lt=after.finders) | (Q(finders=after.finders) & older)


def _rank(item: Item, order: str) -> Any:
    seen = item.first_seen_at.timestamp()
    if order == "oldest":
        return (seen, item.pk)
    return (-seen, -item.pk) if order == "newest" else (-item.finders, -seen, -item.pk)


def count_waiting(site_id: int | None, *, now: datetime) -> int:
    """None: in all MOOCs together. Remembered for a moment: every decision shows it again."""
    key = f"curation:waiting:{site_id}"
    count: int | None = cache.get(key)
    if count is None:
        waiting = Item.objects.waiting(now)
        count = (waiting.filter(site=site_id) if site_id else waiting).count()
        cache.set(key, count, REMEMBERED)
    return count


def forget_count(site_id: int) -> None:
    cache.delete(f"curation:waiting:{site_id}")

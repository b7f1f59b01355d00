"""The step "unite": items that are one text in two places become one item. All who brought it are
credited, and a person can part them again; then they stay apart."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Substr

from curation.addresses import registrable_domain
from curation.likeness import bands
from curation.links.alike import COMPARED, WINDOW, Text, are_alike, is_telling
from curation.links.joining import join_items
from curation.models import Band, Item, Snapshot, Uniting
from microblog.steps import Backlog

BATCH = 100
MOST_CANDIDATES = 2000
Pair = tuple[int, int]


def unite(now: datetime, *, batch: int = BATCH) -> int:
    """Compare one batch with what came around the same time; returns how many were compared."""
    with transaction.atomic():
        rows = uncompared().order_by("pk").select_for_update(skip_locked=True, of=("self",))
        items = list(rows[:batch])
        if not items:
            return 0
        pks = [item.pk for item in items]
        Item.objects.filter(pk__in=pks).update(compared_at=now)
        pairs = _alike(items)
    unite_pairs(pairs, now=now)
    return len(items)


def backlog(now: datetime) -> Backlog:
    waiting = uncompared().order_by("first_seen_at")
    return Backlog(waiting.count(), waiting.values_list("first_seen_at", flat=True).first())


def uncompared() -> QuerySet[Item]:
    """Whose page was read, or given up on."""
    read = Q(describe_at=None) | ~Q(described_at=None)
    return Item.objects.standing().filter(read, compared_at=None)


def unite_items(one: int, other: int, *, now: datetime) -> Item | None:
    """One item of two, by their ids; None where a person parted them, or one is gone."""
    kept = unite_pairs([(one, other)], now=now)
    return kept[0] if kept else None


def unite_pairs(pairs: Collection[Pair], *, now: datetime) -> list[Item]:
    """Those that stay, one for each group of pairs that hang together. A constant number of
    queries."""
    if not pairs:
        return []
    with transaction.atomic():
        wanted = {pk for pair in pairs for pk in pair}
        apart = _parted(wanted)
        groups = _groups(pair for pair in pairs if frozenset(pair) not in apart)
        rows = Item.objects.standing().filter(pk__in=wanted).order_by("pk")
        items = {item.pk: item for item in rows.select_for_update(of=("self",))}
        standing = ([items[pk] for pk in sorted(group) if pk in items] for group in groups)
        return join_items([group for group in standing if len(group) > 1], now=now)


def _parted(pks: Collection[int]) -> set[frozenset[int]]:
    """Pairs that a person parted."""
    rows = Uniting.objects.exclude(parted_at=None).filter(item__in=pks, into__in=pks)
    return {frozenset(pair) for pair in rows.values_list("item", "into")}


def _groups(pairs: Iterable[Pair]) -> list[set[int]]:
    groups: list[set[int]] = []
    for pair in pairs:
        group = set(pair)
        for other in [one for one in groups if one & group]:
            groups.remove(other)
            group |= other
        groups.append(group)
    return groups


def _alike(items: Sequence[Item]) -> list[Pair]:
    """Four queries: bands, titles, and the texts of both sides."""
    own = _texts([item.pk for item in items])
    found = _candidates(items, own)
    others = _texts({pk for some in found.values() for pk in some} - own.keys()) | own
    apart = _parted(others)
    return [
        (item.pk, pk)
        for item in items
        for pk in sorted(found.get(item.pk, ()))
        if pk in others
        and item.pk in own
        and frozenset((item.pk, pk)) not in apart
        and are_alike(own[item.pk], others[pk])
    ]


def _texts(pks: Collection[int]) -> dict[int, Text]:
    rows = Snapshot.objects.filter(item__in=pks, item__united_with=None)
    fields = ("item", "title_key", "item__url", "item__first_seen_at", "item__language", "likeness")
    found = rows.annotate(beginning=Substr("text", 1, COMPARED)).values_list(*fields, "beginning")
    return {
        pk: Text(title, registrable_domain(url), seen_at, language[:2], bits, text)
        for pk, title, url, seen_at, language, bits, text in found
    }


def _candidates(items: Sequence[Item], own: dict[int, Text]) -> dict[int, set[int]]:
    """Item → others of its MOOC that share a quarter of its bits, or its title."""
    sites = {item.pk: item.site_id for item in items}
    moments = [item.first_seen_at for item in items]
    around = (min(moments) - WINDOW, max(moments) + WINDOW)
    by_sign: dict[tuple[int, int | str], set[int]] = defaultdict(set)
    for pk, text in own.items():
        for value in bands(text.likeness):
            by_sign[sites[pk], value].add(pk)
        if is_telling(text.title):
            by_sign[sites[pk], text.title].add(pk)
    found: dict[int, set[int]] = defaultdict(set)
    for site, sign, pk in (*_of_a_band(by_sign, around), *_of_a_title(by_sign, around)):
        for mine in by_sign.get((site, sign), ()):
            if mine != pk:
                found[mine].add(pk)
    return found


def _of_a_band(
    signs: Iterable[tuple[int, int | str]], around: tuple[datetime, datetime]
) -> Iterable[tuple[int, int | str, int]]:
    values = {value for _site, value in signs if isinstance(value, int)}
    sites = {site for site, _value in signs}
    rows = Band.objects.filter(site__in=sites, value__in=values, seen_at__range=around)
    return rows.order_by("-seen_at").values_list("site", "value", "item")[:MOST_CANDIDATES]


def _of_a_title(
    signs: Iterable[tuple[int, int | str]], around: tuple[datetime, datetime]
) -> Iterable[tuple[int, int | str, int]]:
    titles = {title for _site, title in signs if isinstance(title, str)}
    rows = Snapshot.objects.filter(title_key__in=titles, item__first_seen_at__range=around)
    found = rows.filter(item__united_with=None).order_by("-item__first_seen_at")
    return found.values_list("item__site", "title_key", "item")[:MOST_CANDIDATES]

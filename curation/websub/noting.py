"""In which of our feeds there is something new, written down for the hub where items are shelved:
from then on the feeds show it (curation.websub.telling)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings

from curation.choosing import Wanted
from curation.models import FeedNews, Item, Pick, Shelf
from curation.reading import shown_finds

LATELY = timedelta(days=1)
Places = Sequence[Sequence[str]]
"""[[kind, key]…], as Item.shelves."""


@dataclass(frozen=True, slots=True)
class Finders:
    """People who found an item; `new`: those whose own feed doesn't show it yet."""

    all: list[int] = field(default_factory=list)
    new: list[int] = field(default_factory=list)


def finders_of(items: Sequence[Item]) -> Mapping[int, Finders]:
    """By item; to be asked before they are shelved. One query, none without a hub."""
    found: dict[int, Finders] = defaultdict(Finders)
    if settings.WEBSUB_HUB and items:
        finds = shown_finds().filter(item__in=items)
        for item, finder, shown in finds.values_list("item", "finder", "shown_at"):
            found[item].all.append(finder)
            if shown is None:
                found[item].new.append(finder)
    return found


def note_news(
    items: Sequence[Item],
    *,
    before: Mapping[int, Places],
    picks: Mapping[int, Pick],
    finders: Mapping[int, Finders],
    now: datetime,
) -> None:
    """All feeds of an item that appeared, was put forward or was said better; of another, those in
    which it is new. What went away is told to nobody. Writes `noted_at` on the items, which aren't
    saved. `items` are shown; `before`: where each stood. One query at most."""
    news: set[tuple[int, str]] = set()
    for item in items:
        pick, people = picks.get(item.pk), finders.get(item.pk, Finders())
        moment = _latest(item, pick)
        if settings.WEBSUB_HUB:
            stood = before[item.pk]
            ways = (
                _everywhere(item, pick, people)
                if _is_said_anew(item, moment, stood, now)
                else _where_new(item, pick, people, stood)
            )
            news |= {(item.site_id, way.address) for way in ways}
        item.noted_at = moment
    if news:
        _write(news, now)


def _everywhere(item: Item, pick: Pick | None, people: Finders) -> set[Wanted]:
    return {*_ways(item.shelves, pick), *_people(people.all, item), *_picked(pick)}


def _where_new(item: Item, pick: Pick | None, people: Finders, before: Places) -> set[Wanted]:
    new = {*_ways(item.shelves, pick)} - {*_ways(before, pick)}
    return new | {*_people(people.new, item)}


def _write(news: Iterable[tuple[int, str]], now: datetime) -> None:
    FeedNews.objects.bulk_create(
        [FeedNews(site_id=site, way=way, since=now) for site, way in sorted(news)],
        update_conflicts=True,
        unique_fields=["site", "way"],
        update_fields=["since"],
    )


def _latest(item: Item, pick: Pick | None) -> datetime | None:
    moments = [item.shown_at, *((pick.picked_at, pick.changed_at) if pick else ())]
    return max((moment for moment in moments if moment), default=None)


def _is_said_anew(item: Item, moment: datetime | None, before: Places, now: datetime) -> bool:
    """Of what stood on its shelves before anybody noted, only the latest is news."""
    if moment is None or not before:
        return not before
    return moment > (item.noted_at or now - LATELY)


def _ways(places: Places, pick: Pick | None) -> Iterator[Wanted]:
    """The parts of the veille in which an item stands, in any language and in its own; whoever put
    it forward is read in the language of their sentence."""
    spoken = [key for kind, key in places if kind == Shelf.Kind.LANGUAGE]
    for kind, key in places:
        match kind:
            case Shelf.Kind.ALL:
                yield from _spoken(Wanted(), *spoken)
            case Shelf.Kind.AXIS:
                yield from _spoken(Wanted(axis=key), *spoken)
            case Shelf.Kind.TOPIC:
                yield from _spoken(Wanted(topic=key), *spoken)
            case Shelf.Kind.PERSON if pick:
                yield from _spoken(Wanted(person=int(key)), pick.language)


def _people(people: Iterable[int], item: Item) -> Iterator[Wanted]:
    for person in people:
        yield from _spoken(Wanted(person=person), item.language)


def _picked(pick: Pick | None) -> Iterator[Wanted]:
    if pick:
        yield from _spoken(Wanted(only="picks"), pick.language)


def _spoken(wanted: Wanted, *languages: str) -> Iterator[Wanted]:
    """In any language, and in those of `languages` that have feeds."""
    yield wanted
    known = dict(settings.LANGUAGES)
    yield from (wanted.but(language=language) for language in languages if language in known)

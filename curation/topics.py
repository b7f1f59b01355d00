"""Topics by name: written down once each, however their capitals and accents are."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from django.utils.text import slugify

from community.slugs import slug_of
from curation.models import Item, ItemTopic, Shelf, Topic

MOST = 100  # characters of a name
SOME = 12  # topics on one item
_EMPTY = """
actu actualite actualites all all-posts a-la-une archive archives article articles autre autres
billet billets blog blogging blogs blog-post breves categorie category default defaut divers
en-vedette featured general generale generalites home accueil information informations info infos
main misc miscellaneous no-category non-categorise non-classe non-classee non-classifie news
nouveautes nouvelles other others page pages post posts sans-categorie tag tags top-news tous tout
uncategorised uncategorized unclassified une untagged update updates varia
"""
_MONTHS = """
janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
january february march april may june july august september october november december
jan feb mar apr jun jul aug sep sept oct nov dec
"""
EMPTY, MONTHS = frozenset(_EMPTY.split()), frozenset(_MONTHS.split())
"""Keys of categories, in English and in French, that tell nobody what a text is about."""


@lru_cache(maxsize=2048)
def topic_key(name: str) -> str:
    """What two names of one topic share: "Éducation" and "education" do."""
    return slug_of(name) or slugify(name, allow_unicode=True)


def says_nothing(name: str) -> bool:
    """Whether it is a date, a number, or a word that programs for blogs put on everything."""
    key = topic_key(name)
    parts = key.split("-")
    is_date = any(map(str.isdecimal, parts)) and all(
        part.isdecimal() or part in MONTHS for part in parts
    )
    return not key or key in EMPTY or is_date


def split_topics(text: str) -> list[str]:
    """Of a field where people separate them by commas; a hash sign before one is forgiven."""
    names = (" ".join(part.split()).lstrip("#")[:MOST] for part in text.split(","))
    known = {topic_key(name): name for name in reversed([one for one in names if topic_key(one)])}
    return list(reversed(known.values()))[:SOME]


def topics_named(names: Iterable[str]) -> dict[str, Topic]:
    """By key; those that nobody used before are made. Three queries at most."""
    wanted = {topic_key(name): name[:MOST] for name in names if topic_key(name)}
    if not wanted:
        return {}
    found = {topic.slug: topic for topic in Topic.objects.filter(slug__in=wanted)}
    new = [Topic(name=name, slug=key) for key, name in wanted.items() if key not in found]
    if new:
        Topic.objects.bulk_create(new, ignore_conflicts=True)
        found = {topic.slug: topic for topic in Topic.objects.filter(slug__in=wanted)}
    return found


def topics_known(names: Iterable[str], *, site_id: int) -> set[str]:
    """Keys of those under which this MOOC shows something. One query."""
    keys = {key for name in names if (key := topic_key(name))}
    if not keys:
        return set()
    shelves = Shelf.objects.filter(site=site_id, kind=Shelf.Kind.TOPIC, key__in=keys, items__gt=0)
    return set(shelves.values_list("key", flat=True))


def add_topics(wanted: Mapping[int, Iterable[str]]) -> dict[int, list[int]]:
    """Item id → names of topics. Returns which topics (ids) each item didn't have before. Six
    queries at most."""
    known = topics_named({name for names in wanted.values() for name in names})
    pairs = {
        (item, known[topic_key(name)].pk)
        for item, names in wanted.items()
        for name in names
        if topic_key(name) in known
    }
    rows = ItemTopic.objects.filter(content_object__in=wanted)
    pairs -= set(rows.values_list("content_object_id", "tag_id"))
    ItemTopic.objects.bulk_create(
        (ItemTopic(content_object_id=item, tag_id=tag) for item, tag in sorted(pairs)),
        ignore_conflicts=True,
    )
    changed = Item.objects.filter(pk__in={item for item, _tag in pairs})
    changed.exclude(shelved_at=None).update(shelved_at=None)
    added: dict[int, list[int]] = {}
    for item, tag in sorted(pairs):
        added.setdefault(item, []).append(tag)
    return added


def set_topics(item_id: int, names: Iterable[str]) -> dict[str, list[int]]:
    """Exactly these. Returns {"added": ids, "removed": ids}."""
    kept = {topic.pk for topic in topics_named(names).values()}
    rows = ItemTopic.objects.filter(content_object=item_id)
    before = set(rows.values_list("tag_id", flat=True))
    rows.exclude(tag__in=kept).delete()
    ItemTopic.objects.bulk_create(
        (ItemTopic(content_object_id=item_id, tag_id=tag) for tag in sorted(kept - before)),
        ignore_conflicts=True,
    )
    if kept != before:
        Item.objects.filter(pk=item_id).update(shelved_at=None)
    return {"added": sorted(kept - before), "removed": sorted(before - kept)}

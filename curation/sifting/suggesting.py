"""What an item could be about: from its words, and from what its like got. A guess, for a person to
take or leave."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Subquery

from curation.models import Axis, Find, Item, ItemTopic, Shelf, Source, Topic
from curation.sifting.forms import topic_names
from curation.sifting.rules import bare_words
from curation.topics import says_nothing, topic_key

KNOWN = 2_000
LIKE = 150
SHOWN = 6
IN_TITLE, IN_TEXT, OF_LIKE, SAID = 3.0, 1.5, 2.0, 1.5


@dataclass(frozen=True, slots=True)
class Suggested:
    topics: Sequence[str] = ()
    axis: str = ""
    near: Sequence[Item] = ()


def score_topics(
    *,
    title: str,
    text: str,
    known: Iterable[str],
    like: Mapping[str, int],
    said: Iterable[str] = (),
    has: Iterable[str],
) -> list[str]:
    """The likeliest first; of equals, as `known` has them. `like`: how often its like got each;
    `said`: what its feeds call it; `has`: what it has already."""
    in_title, in_text = bare_words(title), bare_words(text)
    most = max(like.values(), default=0)
    taken = {topic_key(name) for name in has}
    its_own = {topic_key(name) for name in said}
    scores: dict[str, float] = {}
    for key, name in _by_key([*known, *like, *said]).items():
        if key in taken or says_nothing(name):
            continue
        words = bare_words(name)
        score = IN_TITLE * (words in in_title) + IN_TEXT * (words in in_text)
        score += SAID * (key in its_own)
        if like.get(name, 0) > 1:
            score += OF_LIKE * like[name] / most
        if score:
            scores[name] = score
    return sorted(scores, key=lambda name: -scores[name])[:SHOWN]


def _by_key(names: Iterable[str]) -> dict[str, str]:
    """Each topic once, in its first spelling."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(topic_key(name), name)
    return found


def suggest(item: Item, *, text: str, sources: Iterable[Source | None]) -> Suggested:
    """Four queries, however much there is, where the item's topics are prefetched."""
    told = [source for source in sources if source]
    like = _like(item, told)
    pairs = ItemTopic.objects.filter(content_object__in=[one.pk for one in like])
    counts = Counter(pairs.values_list("tag__name", flat=True))
    has = topic_names(item)
    return Suggested(
        topics=score_topics(
            title=item.title,
            text=f"{item.summary} {text}",
            known=known_topics(item),
            like=counts,
            said=item.said_topics,
            has=has,
        ),
        axis=item.axis or _axis(like, told),
        near=nearest(item, like),
    )


def known_topics(item: Item) -> list[str]:
    """Under which this MOOC shows most: those of the item's language first. One query, along
    indexes."""
    shelves = Shelf.objects.filter(site=item.site_id, kind=Shelf.Kind.TOPIC, items__gt=0)
    fullest = shelves.order_by("-items", "key").values("key")[:KNOWN]
    shown = ItemTopic.objects.filter(tag=OuterRef("pk"), site=item.site_id, shown_at__isnull=False)
    topics = Topic.objects.filter(slug__in=fullest).annotate(
        is_spoken=Exists(shown.filter(language=item.language)),
        items=Subquery(shelves.filter(key=OuterRef("slug")).values("items")[:1]),
    )
    return list(topics.order_by("-is_spoken", "-items", "name").values_list("name", flat=True))


def _like(item: Item, sources: Sequence[Source]) -> list[Item]:
    """The latest of the same sources, or of the same site."""
    others = Item.objects.standing().filter(site=item.site_id).exclude(pk=item.pk)
    if sources:
        found = Find.objects.filter(source__in=sources).order_by("-pk")
        return list(others.filter(pk__in=list(found.values_list("item", flat=True)[:LIKE])))
    if item.site_name:
        return list(others.filter(site_name=item.site_name).order_by("-pk")[:LIKE])
    return []


def _axis(like: Iterable[Item], sources: Iterable[Source]) -> str:
    """Its source's own; or what most of its like got, if that is more than a chance."""
    for source in sources:
        if source.axis:
            return source.axis
    counts = Counter(one.axis for one in like if one.axis in Axis.values)
    axis, most = next(iter(counts.most_common(1)), ("", 0))
    return axis if most >= 3 and most * 2 > counts.total() else ""


def nearest(item: Item, like: Iterable[Item]) -> list[Item]:
    """Those whose titles share at least two telling words."""
    words = _telling(item.title)
    scored = [(len(words & _telling(one.title)), one) for one in like]
    scored = [(score, one) for score, one in scored if score >= 2]
    scored.sort(key=lambda pair: (-pair[0], -pair[1].pk))
    return [one for _score, one in scored[:4]]


def _telling(title: str) -> set[str]:
    return {word for word in bare_words(title).split() if len(word) > 4}

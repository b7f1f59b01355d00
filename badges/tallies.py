"""What the badge rules are told about people: their deeds, in a constant number of queries for any
number of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from badges.models import Award, BadgeClass
from badges.rules import Ask, Deed, EventFacts, asks_of
from community.models import LearningEvent

Deeds = Mapping[int, tuple[Deed, ...]]


def facts_of(
    participants: Collection[int],
    badges: Sequence[BadgeClass],
    *,
    held: Mapping[int, Collection[int]] | None = None,
) -> dict[int, EventFacts]:
    """By participant: all that these badges ask about. Two queries; one where it is known which
    badges they hold."""
    deeds = _deeds_of(participants, [ask for badge in badges for ask in asks_of(badge.specs)])
    names = {badge.pk: badge.name for badge in badges}
    known = _held_by(participants) if held is None else held
    return {
        person: EventFacts(deeds.get(person, ()), frozenset(known.get(person, ())), names)
        for person in participants
    }


def _held_by(participants: Collection[int]) -> Mapping[int, Collection[int]]:
    held: dict[int, set[int]] = defaultdict(set)
    standing = Award.objects.standing().filter(recipient__in=participants)
    for recipient, badge in standing.values_list("recipient_id", "badge_class_id"):
        held[recipient].add(badge)
    return held


def _deeds_of(participants: Collection[int], asks: Iterable[Ask]) -> Deeds:
    """Of deeds that are alike (same kind, subject and other person) only as many as any rule could
    count."""
    asks = list(asks)
    kinds = frozenset().union(*(ask.kinds for ask in asks))
    most = max((ask.count for ask in asks), default=0)
    alike = Window(
        RowNumber(),
        partition_by=[F("participant"), F("kind"), F("subject"), F("other"), F("tags")],
        order_by=[F("occurred_at"), F("id")],
    )
    rows = (
        LearningEvent.objects.standing()
        .filter(participant__in=participants, kind__in=kinds)
        .annotate(alike=alike)
        .filter(alike__lte=most)
        .order_by("occurred_at", "id")
        .values_list("participant_id", "id", "kind", "subject", "other_id", "tags")
    )
    found: dict[int, list[Deed]] = defaultdict(list)
    for person, event, kind, subject, other, tags in rows:
        folded = frozenset(str(tag).casefold() for tag in tags or ())
        found[person].append(Deed(event, kind, subject, other, folded))
    return {person: tuple(deeds) for person, deeds in found.items()}

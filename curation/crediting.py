"""Deeds of the curation: who found what was taken up, and who put something forward."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Min, Prefetch, QuerySet
from django.urls import reverse

from community.learning import (
    NewEvent,
    log_learning_events,
    redo_learning_events,
    undo_learning_events,
)
from community.models import Consent, LearningEvent
from community.sites import base_url
from curation.models import Find, Item, Pick, Sifting
from microblog.steps import Backlog

Kind = LearningEvent.Kind
DEEDS = (Kind.FOUND, Kind.CURATED)
BATCH = 200
A_DAY = {Kind.FOUND: 5, Kind.CURATED: 10}
"""More in a day is welcome, and adds nothing: nobody collects links for their number."""

BREATH = timedelta(minutes=2)
"""Time to undo a slip before anybody hears of it."""


def item_subject(item_id: int) -> str:
    return f"item:{item_id}"


def item_url(item: Item) -> str:
    """Of its page, from outside."""
    return f"{base_url(item.site_id)}{reverse('curation:item', args=[item.pk])}"


def uncredit_items(items: Iterable[int], *, now: datetime) -> int:
    """What was done for them counts no more."""
    subjects = [item_subject(pk) for pk in items]
    events = LearningEvent.objects.filter(kind__in=DEEDS, subject__in=subjects)
    return undo_learning_events(events, now=now)


@transaction.atomic
def credit_curation(*, now: datetime) -> int:
    """One batch of decisions and picks; returns how many rows were looked at. Twelve queries at
    most."""
    decisions = _decisions_to_credit(now)
    picks = _picks_to_credit(now)
    if not decisions and not picks:
        return 0
    events = [*_finds(decisions), *_picks(picks)]
    log_learning_events(_within_a_day(events))
    keys = [event.source_key for event in events]
    redo_learning_events(LearningEvent.objects.filter(kind__in=DEEDS, source_key__in=keys))
    Sifting.objects.filter(pk__in=[one.pk for one in decisions]).update(credited_at=now)
    Pick.objects.filter(pk__in=[one.pk for one in picks]).update(credited_at=now)
    return len(decisions) + len(picks)


def to_credit(now: datetime) -> tuple[QuerySet[Sifting], QuerySet[Pick]]:
    """Decisions that stand for a moment already, and picks that everybody sees."""
    before = now - BREATH
    taken = [Sifting.Decision.PUBLISH, Sifting.Decision.PICK]
    siftings = Sifting.objects.standing().filter(credited_at=None, at__lte=before)
    picks = Pick.objects.filter(credited_at=None, picked_at__lte=before)
    return (
        siftings.filter(decision__in=taken),
        picks.filter(item__state=Item.State.PUBLISHED, item__united_with=None),
    )


def backlog(now: datetime) -> Backlog:
    decisions, picks = to_credit(now)
    oldest = [decisions.aggregate(at=Min("at"))["at"], picks.aggregate(at=Min("picked_at"))["at"]]
    since = min((one for one in oldest if one), default=None)
    return Backlog(decisions.count() + picks.count(), since)


def _decisions_to_credit(now: datetime) -> list[Sifting]:
    seen = Prefetch(
        "item__finds",
        Find.objects.by_hand().exclude(finder=None).exclude(post__deleted_at__isnull=False),
    )
    rows = to_credit(now)[0].select_related("item__site").order_by("at", "pk")
    return list(rows.prefetch_related(seen, "item__finds__finder")[:BATCH])


def _picks_to_credit(now: datetime) -> list[Pick]:
    rows = to_credit(now)[1].select_related("item__site", "curator").order_by("pk")
    return list(rows.prefetch_related("item__topic_rows__tag")[:BATCH])


def _finds(decisions: Sequence[Sifting]) -> list[NewEvent]:
    """A person took up what somebody else had brought before. What a rule or a source publishes by
    itself is nobody's praise, and neither is what one's own blog brings: nobody proves whose it
    is."""
    return [
        NewEvent(
            kind=Kind.FOUND,
            source_key=f"{one.item_id}:{find.finder_id}",
            participant_id=find.finder_id,
            occurred_at=one.at,
            subject=item_subject(one.item_id),
            post_id=find.post_id,
            evidence_url=item_url(one.item),
            evidence_text=one.item.title,
        )
        for one in decisions
        if one.user_id
        for find in one.item.finds.all()
        if find.finder
        and find.finder_id
        and find.finder.user_id != one.user_id
        and find.finder.consent != Consent.NOTHING
        and find.found_at <= one.at
    ]


def _picks(picks: Sequence[Pick]) -> list[NewEvent]:
    return [
        NewEvent(
            kind=Kind.CURATED,
            source_key=f"{pick.item_id}:{pick.curator_id}",
            participant_id=pick.curator_id,
            occurred_at=pick.picked_at,
            subject=item_subject(pick.item_id),
            tags=[row.tag.slug for row in pick.item.topic_rows.all()],
            evidence_url=item_url(pick.item),
            evidence_text=pick.sentence,
        )
        for pick in picks
        if pick.curator and pick.curator_id and pick.curator.consent != Consent.NOTHING
    ]


def _within_a_day(events: Sequence[NewEvent]) -> list[NewEvent]:
    """Without those that are more than A_DAY allows, together with what the log holds. One
    query."""
    if not events:
        return []
    counts = _counted(events)
    kept, seen = [], set()
    for event in events:
        key = (event.kind, event.source_key)
        day = (event.kind, event.participant_id, event.occurred_at.date())
        if key in seen or counts[day] >= A_DAY[event.kind]:
            continue
        seen.add(key)
        counts[day] += 1
        kept.append(event)
    return kept


def _counted(events: Sequence[NewEvent]) -> Counter[tuple[str, int, date]]:
    """How many of each kind a person has in a day (UTC), but for the events themselves."""
    days = {event.occurred_at.date() for event in events}
    first = min(event.occurred_at for event in events).replace(hour=0, minute=0, second=0)
    rows = LearningEvent.objects.standing().filter(
        kind__in=DEEDS,
        participant__in={event.participant_id for event in events},
        occurred_at__gte=first,
    )
    keys = {(event.kind, event.source_key) for event in events}
    return Counter(
        (kind, person, at.date())
        for kind, key, person, at in rows.values_list(
            "kind", "source_key", "participant_id", "occurred_at"
        )
        if at.date() in days and (kind, key) not in keys
    )

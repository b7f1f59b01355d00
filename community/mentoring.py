"""Helps that were confirmed become learning events of the helper; favourites confirm too."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Min

from community.learning import NewEvent, log_learning_events
from community.models import Help, LearningEvent
from community.people import known_participants
from microblog.gateways.base import ReactionKind
from microblog.models import Reaction
from microblog.steps import Backlog

BATCH = 200
Kind = LearningEvent.Kind


def mentor(now: datetime) -> int:
    """Look at reactions nobody looked at, then credit helps; returns how many rows moved."""
    return answer_reactions(now) + credit_helps(now)


def backlog(now: datetime) -> Backlog:
    reactions = Reaction.objects.filter(answered=False)
    helps = Help.objects.filter(confirmed_at__isnull=False, credited_at=None)
    oldest = [
        moment
        for moment in (
            reactions.aggregate(at=Min("created_at"))["at"],
            helps.aggregate(at=Min("confirmed_at"))["at"],
        )
        if moment
    ]
    return Backlog(reactions.count() + helps.count(), min(oldest, default=None))


@transaction.atomic
def answer_reactions(now: datetime) -> int:
    """A favourite of the person who was helped confirms the help; a first boost is a first
    boost."""
    batch = list(
        Reaction.objects.filter(answered=False)
        .select_related("post")
        .select_for_update(of=("self",), skip_locked=True)
        .order_by("pk")[:BATCH]
    )
    if not batch:
        return 0
    people = known_participants({reaction.account_id for reaction in batch})
    _confirm_by_favourite(batch, now)
    log_learning_events(
        NewEvent(
            kind=Kind.FIRST_BOOST,
            source_key=str(person.pk),
            participant_id=person.pk,
            occurred_at=reaction.created_at,
            post_id=reaction.post_id,
            evidence_url=reaction.post.url,
        )
        for reaction in batch
        if reaction.kind == ReactionKind.BOOST and (person := people.get(reaction.account_id))
    )
    Reaction.objects.filter(pk__in=[reaction.pk for reaction in batch]).update(answered=True)
    return len(batch)


def _confirm_by_favourite(batch: list[Reaction], now: datetime) -> None:
    liked = {
        (reaction.post_id, reaction.account_id)
        for reaction in batch
        if reaction.kind == ReactionKind.FAVOURITE
    }
    waiting = Help.objects.filter(
        reply__in={post for post, _ in liked}, confirmed_at=None
    ).prefetch_related("helped__links")
    confirmed = [
        deed
        for deed in waiting
        if any((deed.reply_id, link.account_id) in liked for link in deed.helped.links.all())
    ]
    Help.objects.filter(pk__in=[deed.pk for deed in confirmed], confirmed_at=None).update(
        confirmed_at=now, confirmed_by=Help.Confirmation.FAVOURITE
    )


@transaction.atomic
def credit_helps(now: datetime) -> int:
    """Each confirmed help is one learning event, two where it happened during a live event."""
    batch = list(
        Help.objects.filter(confirmed_at__isnull=False, credited_at=None)
        .exclude(helper=F("helped"))
        .select_related("reply")
        .select_for_update(of=("self",), skip_locked=True)
        .order_by("pk")[:BATCH]
    )
    events = []
    for deed in batch:
        events.append(_event(deed, Kind.HELPED))
        if deed.live_event_id:
            events.append(_event(deed, Kind.LIVE_TWEET_HELPED))
    log_learning_events(events)
    Help.objects.filter(pk__in=[deed.pk for deed in batch]).update(credited_at=now)
    return len(batch)


def _event(deed: Help, kind: LearningEvent.Kind) -> NewEvent:
    return NewEvent(
        kind=kind,
        source_key=f"help:{deed.pk}",
        participant_id=deed.helper_id,
        other_id=deed.helped_id,
        subject=f"live:{deed.live_event_id}" if kind == Kind.LIVE_TWEET_HELPED else "",
        occurred_at=deed.confirmed_at or deed.noticed_at,
        post_id=deed.reply_id,
        evidence_url=deed.reply.url,
    )

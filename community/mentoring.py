"""Helps that were confirmed become learning events of both sides; favourites confirm too."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Min

from community.figures.marking import recount_helps
from community.helping import counts_between
from community.learning import NewEvent, log_learning_events, redo_learning_events
from community.models import Help, LearningEvent
from community.moocs import Moocs
from community.people import known_participants, lock_people
from community.tutoring.graduating import graduate_helpers
from community.tutoring.spotting import confirm
from microblog.gateways.base import ReactionKind
from microblog.models import Reaction
from microblog.steps import Backlog

BATCH = 200
Kind = LearningEvent.Kind
DEEDS = (Kind.HELPED, Kind.WAS_HELPED, Kind.LIVE_TWEET_HELPED)
"""What a help may be in the log."""


def mentor(now: datetime) -> int:
    """Look at reactions nobody looked at, then credit helps; returns how many rows moved."""
    return answer_reactions(now) + credit_helps(now)


def backlog(now: datetime) -> Backlog:
    reactions = Reaction.objects.filter(answered=False)
    helps = Help.objects.to_credit()
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
    waiting = Help.objects.to_confirm().filter(
        reply__in={post for post, _ in liked}, reply__deleted_at=None
    )
    confirm(
        [
            deed
            for deed in waiting.prefetch_related("helped__links")
            if any((deed.reply_id, link.account_id) in liked for link in deed.helped.links.all())
        ],
        Help.Confirmation.FAVOURITE,
        now=now,
    )


@transaction.atomic
def credit_helps(now: datetime) -> int:
    """Confirmed helps become deeds of both sides, as many between two people as count; a mentee who
    has helped flies."""
    batch = list(
        Help.objects.to_credit()
        .select_related("reply", "helper", "helped")
        .select_for_update(of=("self",), skip_locked=True)
        .order_by("confirmed_at", "pk")[:BATCH]
    )
    if not batch:
        return 0
    # What two people did for each other is counted by one worker at a time.
    lock_people({deed.helper for deed in batch})
    counting = _choose(batch)
    events = [event for deed in counting for event in _events(deed)]
    log_learning_events(events)
    _stand_again(events)
    Help.objects.filter(pk__in=[deed.pk for deed in batch]).update(credited_at=now)
    Help.objects.filter(pk__in=[deed.pk for deed in counting]).update(counts=True)
    recount_helps(Help.objects.filter(pk__in=[deed.pk for deed in batch]))
    graduate_helpers(counting, now=now)
    return len(batch)


def _choose(batch: list[Help]) -> list[Help]:
    """Those that count: a few between two people in a while. What counted once goes on counting."""
    moocs = Moocs.read()
    homes = moocs.of_posts([deed.reply for deed in batch])
    pairs = {(deed.helper_id, deed.helped_id) for deed in batch}
    counted: dict[tuple[int, int], list[datetime]] = {pair: [] for pair in pairs}
    before = Help.objects.confirmed().filter(
        counts=True,
        helper__in={helper for helper, _helped in pairs},
        helped__in={helped for _helper, helped in pairs},
    )
    rows = before.exclude(pk__in=[deed.pk for deed in batch])
    for helper, helped, moment in rows.values_list("helper_id", "helped_id", "confirmed_at"):
        if (helper, helped) in counted and moment:
            counted[helper, helped].append(moment)
    chosen = []
    for deed in batch:
        mooc = homes[deed.reply_id][0]
        moments, moment = counted[deed.helper_id, deed.helped_id], deed.confirmed_at
        if moment is not None and counts_between(
            moments, moment, most=mooc.helps_per_pair, days=mooc.helps_per_pair_days
        ):
            moments.append(moment)
            chosen.append(deed)
    return chosen


def _events(deed: Help) -> Iterator[NewEvent]:
    helper, helped = deed.helper_id, deed.helped_id
    yield _event(deed, Kind.HELPED, helper, helped)
    yield _event(deed, Kind.WAS_HELPED, helped, helper)
    if deed.live_event_id:
        yield _event(deed, Kind.LIVE_TWEET_HELPED, helper, helped)


def _event(deed: Help, kind: LearningEvent.Kind, whose: int, other: int) -> NewEvent:
    return NewEvent(
        kind=kind,
        source_key=help_key(deed),
        participant_id=whose,
        other_id=other,
        subject=f"live:{deed.live_event_id}" if kind == Kind.LIVE_TWEET_HELPED else "",
        occurred_at=deed.confirmed_at or deed.noticed_at,
        post_id=deed.reply_id,
        evidence_url=deed.reply.url,
    )


def help_key(deed: Help) -> str:
    """Under which the log keeps what a help was for both sides."""
    return f"help:{deed.pk}"


def _stand_again(events: list[NewEvent]) -> None:
    """An organiser had undone them and thinks otherwise now."""
    undone = LearningEvent.objects.exclude(undone_at=None)
    redo_learning_events(
        undone.filter(
            kind__in={event.kind for event in events},
            source_key__in=[event.source_key for event in events],
        )
    )

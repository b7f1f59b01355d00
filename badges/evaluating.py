"""Events without an evaluation, and rules that the past hasn't been asked about."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max, QuerySet

from badges.awarding import award_earned
from badges.models import BadgeClass, Evaluation, EvaluationMark, RulesApplied
from community.models import LearningEvent, Participant
from community.models.people import Consent
from microblog.steps import Backlog

BATCH = 200
LATE = timedelta(minutes=10)
"""An event's number is given before its row can be seen: so long a transaction may lag behind its
neighbours."""


def evaluate_events(now: datetime) -> int:
    """Apply the badge rules to everybody who did something new; then rules that are new to
    everybody.

    One evaluator at a time: whoever finds the mark held leaves at once.
    """
    EvaluationMark.objects.get_or_create(pk=1)
    with transaction.atomic():
        mark = EvaluationMark.objects.select_for_update(skip_locked=True).first()
        if mark is None:
            return 0
        _advance(mark, now=now)
        events = list(
            without_evaluation(mark).order_by("id").values_list("id", "participant_id")[:BATCH]
        )
        if not events:
            return _apply_new_rules(now=now)
        award_earned({participant for _event, participant in events}, now=now)
        Evaluation.objects.bulk_create(
            [Evaluation(event_id=event) for event, _participant in events], ignore_conflicts=True
        )
        return len(events)


def without_evaluation(mark: EvaluationMark) -> QuerySet[LearningEvent]:
    """Events that nobody evaluated; asks no row below the mark, however long the history."""
    return LearningEvent.objects.filter(id__gt=mark.event_id, evaluation=None)


def _advance(mark: EvaluationMark, *, now: datetime) -> None:
    """Events are taken in the order of their numbers, so below one that was evaluated and is old,
    all were."""
    settled = Evaluation.objects.filter(
        event_id__gt=mark.event_id, event__recorded_at__lt=now - LATE
    ).aggregate(Max("event_id"))["event_id__max"]
    if settled:
        mark.event_id = settled
        mark.save(update_fields=["event_id"])


def _apply_new_rules(*, now: datetime) -> int:
    """Ask the past about one batch of people, for the first badge whose rules are new; returns how
    many people."""
    stale = stale_badges()
    if not stale:
        return 0
    badge = stale[0]
    applied = _applied(badge)
    people = list(
        Participant.objects.filter(pk__gt=applied.reached)
        .exclude(consent=Consent.NOTHING)
        .order_by("pk")
        .values_list("pk", flat=True)[:BATCH]
    )
    award_earned(people, now=now)
    if len(people) < BATCH:
        applied.finished_at = now
    if people:
        applied.reached = people[-1]
    applied.save()
    return max(len(people), 1)


def _applied(badge: BadgeClass) -> RulesApplied:
    """Where we are with the rules as they are now; changed rules begin again."""
    fingerprint = rules_fingerprint(badge)
    applied, _made = RulesApplied.objects.get_or_create(
        badge_class=badge, defaults={"fingerprint": fingerprint}
    )
    if applied.fingerprint != fingerprint:
        applied.fingerprint, applied.reached, applied.finished_at = fingerprint, 0, None
    return applied


def stale_badges() -> Sequence[BadgeClass]:
    """Badges to earn whose rules, as they are now, weren't applied to everybody yet."""
    finished = dict(
        RulesApplied.objects.exclude(finished_at=None).values_list("badge_class_id", "fingerprint")
    )
    return [
        badge
        for badge in BadgeClass.objects.to_earn()
        if badge.specs and finished.get(badge.pk) != rules_fingerprint(badge)
    ]


def rules_fingerprint(badge: BadgeClass) -> str:
    """Of what the rules ask, without the editor's own identifiers."""
    return hashlib.blake2b(repr(badge.specs).encode(), digest_size=16).hexdigest()


def forget_applied_rules() -> int:
    """Ask the past about every badge again, as if all rules were new."""
    return RulesApplied.objects.update(finished_at=None, reached=0)


def backlog(now: datetime) -> Backlog:
    mark = EvaluationMark.objects.first() or EvaluationMark()
    events = without_evaluation(mark)
    oldest = events.order_by("id").values_list("recorded_at", flat=True).first()
    return Backlog(events.count() + len(stale_badges()), oldest)

"""Giving what is earned: the one place where awards begin."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from badges.models import Award, AwardEvidence, BadgeClass
from badges.rules import EventFacts, evidence, is_earned
from badges.tallies import facts_of
from community.models import LearningEvent, Participant
from community.models.people import Consent
from microblog.doorbells import ring

Earned = tuple[int, BadgeClass, Sequence[int]]
"""A participant's number, the badge, and the numbers of the events that it rests on."""


def award_earned(participants: Collection[int], *, now: datetime) -> list[Award]:
    """Give these people every badge whose rules hold and that they never had. A constant number of
    queries."""
    badges = list(BadgeClass.objects.to_earn())
    people = set(
        Participant.objects.filter(pk__in=participants)
        .exclude(consent=Consent.NOTHING)
        .values_list("pk", flat=True)
    )
    if not badges or not people:
        return []
    facts = facts_of(people, badges)
    had = _ever_awarded(people)
    earned = [one for person in people for one in _earned(person, facts[person], badges, had)]
    return _write(earned, now=now)


def _ever_awarded(people: Collection[int]) -> set[tuple[int, int]]:
    """Also what was revoked: that isn't given again by itself."""
    rows = Award.objects.filter(recipient__in=people)
    return set(rows.values_list("recipient_id", "badge_class_id"))


def _earned(
    person: int, facts: EventFacts, badges: Sequence[BadgeClass], had: set[tuple[int, int]]
) -> Iterable[Earned]:
    """A badge earned now may be what another one asks for: goes round until nothing is added."""
    open_badges = [badge for badge in badges if (person, badge.pk) not in had]
    moved = True
    while moved:
        moved = False
        for badge in list(open_badges):
            if is_earned(facts, badge.specs):
                yield person, badge, evidence(facts, badge.specs)
                facts = replace(facts, held=facts.held | {badge.pk})
                open_badges.remove(badge)
                moved = True


def _write(earned: Sequence[Earned], *, now: datetime) -> list[Award]:
    if not earned:
        return []
    with transaction.atomic():
        drafts = [
            Award(badge_class=badge, recipient_id=person, awarded_at=now)
            for person, badge, _events in earned
        ]
        # Somebody else may be giving the same: the constraint decides, and we keep what is ours.
        Award.objects.bulk_create(drafts, ignore_conflicts=True)
        ours = set(
            Award.objects.filter(pk__in=[draft.pk for draft in drafts]).values_list("pk", flat=True)
        )
        awards = [draft for draft in drafts if draft.pk in ours]
        proofs = {draft.pk: events for draft, (_, _, events) in zip(drafts, earned, strict=True)}
        record_evidence(awards, proofs)
        ring("issue")
    return awards


def record_evidence(awards: Sequence[Award], proofs: Mapping[UUID, Sequence[int]]) -> None:
    """Copies what each event says, so that the award outlives whatever becomes of the event."""
    wanted = {number for award in awards for number in proofs[award.pk]}
    events = LearningEvent.objects.in_bulk(wanted)
    AwardEvidence.objects.bulk_create(
        [
            AwardEvidence(
                award=award,
                event=events[number],
                url=events[number].evidence_url,
                kind=events[number].kind,
                narrative=events[number].evidence_text,
                occurred_at=events[number].occurred_at,
                position=position,
            )
            for award in awards
            for position, number in enumerate(proofs[award.pk])
            if number in events
        ]
    )

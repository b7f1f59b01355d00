"""How far somebody is with every badge: for the logbook and the list of badges."""

from collections.abc import Sequence
from dataclasses import dataclass

from badges.models import Award, BadgeClass
from badges.rules import RULES, EventFacts, reach
from badges.tallies import facts_of
from community.models import Participant
from rulebook import Finding, Message, Verdict


@dataclass(frozen=True, slots=True)
class BadgeProgress:
    """One badge, held or ahead. `ratio` is between 0 and 1; what is held has no findings."""

    badge_class: BadgeClass
    award: Award | None
    verdict: Verdict
    ratio: float

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.verdict.findings

    @property
    def next_thing(self) -> Message | None:
        """The one thing to say about it: what is missing first."""
        findings = self.verdict.missing or self.verdict.findings
        return findings[0].explanation if findings else None


def progress_of(participant: Participant | None) -> list[BadgeProgress]:
    """Every badge that can be earned or is held, as listed; five queries however many. None:
    somebody unknown."""
    held = _held(participant)
    badges = list(BadgeClass.objects.published().with_medallions())
    ahead = [badge for badge in badges if badge.live and not badge.is_archived]
    facts = EventFacts(names={badge.pk: badge.name for badge in badges})
    if participant is not None:
        facts = facts_of([participant.pk], ahead, held={participant.pk: held})[participant.pk]
    return [
        _progress(badge, held.get(badge.pk), facts)
        for badge in badges
        if badge in ahead or badge.pk in held
    ]


def _held(participant: Participant | None) -> dict[int, Award]:
    if participant is None:
        return {}
    awards = Award.objects.standing().filter(recipient=participant)
    return {award.badge_class_id: award for award in awards}


def _progress(badge: BadgeClass, award: Award | None, facts: EventFacts) -> BadgeProgress:
    if award is not None:
        return BadgeProgress(badge, award, Verdict(()), 1.0)
    verdict = RULES.judge(facts, badge.specs)
    return BadgeProgress(badge, None, verdict, reach(verdict))


def nearest(progress: Sequence[BadgeProgress], *, most: int = 3) -> list[BadgeProgress]:
    """The badges ahead that are nearest, begun ones only."""
    begun = [one for one in progress if one.award is None and one.ratio > 0]
    return sorted(begun, key=lambda one: -one.ratio)[:most]

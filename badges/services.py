"""What people do with badges: give one by hand, take one back, show or hide one's own."""

from datetime import datetime

from django.db import transaction

from badges.awarding import award_earned
from badges.models import Award, AwardEvidence, BadgeClass
from community.models import Participant, User
from microblog.doorbells import ring


@transaction.atomic
def award_by_hand(
    badge: BadgeClass,
    *,
    to: Participant,
    by: User,
    now: datetime,
    narrative: str = "",
    evidence_url: str = "",
) -> Award:
    """The person's award of this badge: this one, or the one they had before. Then what builds on
    it."""
    award, made = Award.objects.get_or_create(
        badge_class=badge,
        recipient=to,
        defaults={"awarded_at": now, "awarded_by": by, "narrative": narrative},
    )
    if made:
        if evidence_url:
            AwardEvidence.objects.create(award=award, url=evidence_url, occurred_at=now)
        award_earned([to.pk], now=now)
        ring("issue")
    return award


def revoke_award(award: Award, *, by: User | None, reason: str, now: datetime) -> bool:
    """Take it back, for a reason that its page and its document give; once. Returns whether it
    stood until now."""
    return bool(
        Award.objects.standing()
        .filter(pk=award.pk)
        .update(revoked_at=now, revoked_by=by, revocation_reason=reason)
    )


def choose_visibility(award: Award, visibility: Award.Visibility) -> None:
    """By the person themselves."""
    award.visibility = visibility
    award.save(update_fields=["visibility"])


@transaction.atomic
def merge_awards(person: Participant, *, into: Participant, now: datetime) -> None:
    """One person turned out to be another: their badges come along; of two alike, the older one
    stays."""
    theirs = Award.objects.filter(recipient=into)
    same = Award.objects.filter(recipient=person, badge_class__in=theirs.values("badge_class"))
    for award in same:
        twin = theirs.get(badge_class=award.badge_class_id)
        younger = max(award, twin, key=lambda one: one.awarded_at)
        younger.delete()
    Award.objects.filter(recipient=person).update(recipient=into)
    award_earned([into.pk], now=now)

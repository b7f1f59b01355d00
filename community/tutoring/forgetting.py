"""Two people turn out to be one, or somebody wants nothing kept: what the console holds follows."""

from typing import Any

from django.dispatch import receiver

from community.models import Claim, Need, NeedReason, Participant, Tip
from community.signals import forgotten, merged


@receiver(merged)
def move_needs(person: Participant, into: Participant, **_kwargs: Any) -> None:
    """What `person` waited for, `into` waits for; an open need of both becomes one."""
    theirs = Need.objects.waiting().filter(person=into).first()
    for need in Need.objects.filter(person=person):
        if theirs and need.closed_at is None:
            NeedReason.objects.filter(need=need).update(need=theirs)
            Claim.objects.filter(need=need).exclude(ended_at=None).update(need=theirs)
            need.delete()
        else:
            Need.objects.filter(pk=need.pk).update(person=into)
    Claim.objects.filter(tutor=person).update(tutor=into)
    Tip.objects.filter(created_by=person).update(created_by=into)


@receiver(forgotten)
def forget_needs(person: Participant, **_kwargs: Any) -> None:
    """Their own words to others stay with those; that they were here is told no more."""
    Need.objects.filter(person=person).delete()
    Claim.objects.filter(tutor=person).delete()
    Tip.objects.filter(created_by=person).update(created_by=None)

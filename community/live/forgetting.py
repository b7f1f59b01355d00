"""Two people turn out to be one, or somebody wants nothing kept: sign-ups and proposals follow."""

from typing import Any

from django.dispatch import receiver

from community.models import LiveEvent, Participant, SignUp
from community.signals import forgotten, merged

UNANNOUNCED = (LiveEvent.State.PROPOSED, LiveEvent.State.DECLINED)


@receiver(merged)
def move_sign_ups(person: Participant, into: Participant, **_kwargs: Any) -> None:
    """What both signed up for stays one sign-up."""
    both = SignUp.objects.filter(participant=into).values_list("event_id", "role")
    for event_id, role in both:
        SignUp.objects.filter(participant=person, event_id=event_id, role=role).delete()
    SignUp.objects.filter(participant=person).update(participant=into)
    LiveEvent.objects.filter(proposed_by=person).update(proposed_by=into)


@receiver(forgotten)
def forget_sign_ups(person: Participant, **_kwargs: Any) -> None:
    """What the calendar announces stays there, without their name; their other proposals go."""
    SignUp.objects.filter(participant=person).delete()
    proposals = LiveEvent.objects.filter(proposed_by=person)
    proposals.filter(state__in=UNANNOUNCED).delete()
    proposals.update(proposed_by=None, answer="")

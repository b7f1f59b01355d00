"""When two people turn out to be one: their badges follow, within the same transaction."""

from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from badges.services import merge_awards
from community.models import Participant
from community.signals import merged


@receiver(merged)
def follow(person: Participant, into: Participant, **kwargs: Any) -> None:
    merge_awards(person, into=into, now=timezone.now())

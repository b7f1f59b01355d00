"""When two people turn out to be one, or deeds stand again: badges follow, within the same
transaction."""

from collections.abc import Collection
from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from badges.awarding import award_earned
from badges.services import merge_awards
from community.models import Participant
from community.signals import learned_again, merged, unmerged


@receiver(merged)
def follow(person: Participant, into: Participant, **kwargs: Any) -> None:
    merge_awards(person, into=into, now=timezone.now())


@receiver(learned_again)
def award_again(participants: Collection[int], **kwargs: Any) -> None:
    award_earned(participants, now=timezone.now())


@receiver(unmerged)
def part(person: Participant, out_of: Participant, **kwargs: Any) -> None:
    """Each earns again what was one award while they were one."""
    award_earned([person.pk, out_of.pk], now=timezone.now())

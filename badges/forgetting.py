"""What a person takes along, and what goes when they want nothing kept."""

from typing import Any

from django.dispatch import receiver

from badges.addresses import award_page_address
from badges.models import Award
from community.models import Participant
from community.signals import exported, forgotten


@receiver(forgotten)
def forget_awards(person: Participant, **_kwargs: Any) -> None:
    """Their documents answer 404 from then on, and their pictures are gone."""
    for award in Award.objects.filter(recipient=person):
        award.baked.delete(save=False)
        award.delete()


@receiver(exported)
def export_awards(person: Participant, **_kwargs: Any) -> list[str]:
    awards = Award.objects.filter(recipient=person).order_by("awarded_at")
    return [award_page_address(award.pk) for award in awards]

"""What follows when an organiser changes an event: calendars are told, and what was promised for
another moment is taken back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils import timezone

from community.live.proposing import tell_proposer
from community.live.reminding import plan_reminders, take_back_reminders, withdraw_reminders
from community.models import LiveEvent

IN_CALENDARS = (
    "title",
    "description",
    "hashtag",
    "source_url",
    "starts_at",
    "ends_at",
    "time_zone",
    "tips_before",
    "tips_during",
    "state",
)
ANSWERS = (LiveEvent.State.ACCEPTED, LiveEvent.State.DECLINED)
TOLD_BEFORE = ("state", "starts_at")


def as_told(event: LiveEvent) -> Mapping[str, Any]:
    """What calendars and reminders hold of it, to compare with later."""
    return {name: getattr(event, name) for name in IN_CALENDARS}


@transaction.atomic
def settle_change(
    event: LiveEvent, before: Mapping[str, Any], reminders: list[int], *, now: datetime
) -> None:
    """After a saved change; `before` is from as_told, `reminders` are minutes."""
    changed = {name for name, value in before.items() if value != getattr(event, name)}
    if changed:
        LiveEvent.objects.filter(pk=event.pk).update(sequence=F("sequence") + 1)
    if changed.intersection(TOLD_BEFORE):
        take_back_reminders(event, now=now)
    plan_reminders(event, reminders)
    if before.get("state") == LiveEvent.State.PROPOSED and event.state in ANSWERS:
        LiveEvent.objects.filter(pk=event.pk).update(decided_at=now)
        tell_proposer(event, now=now)


@receiver(pre_delete, sender=LiveEvent)
def forget_reminders(instance: LiveEvent, **_kwargs: object) -> None:
    """However it is deleted, in the same transaction."""
    withdraw_reminders(instance, now=timezone.now())

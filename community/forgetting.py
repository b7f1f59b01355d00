"""What is kept about people who were joined goes with those who want nothing kept."""

from typing import Any

from django.db.models import Q
from django.dispatch import receiver

from community.models import Merge, Participant
from community.signals import forgotten, merged

_EMPTY: dict[str, Any] = {"name": "", "before": {}, "into_before": {}, "rows": {}}


@receiver(forgotten)
def forget_merges(person: Participant, **_kwargs: Any) -> None:
    """Who they were before is about them too."""
    theirs = Q(into=person) | Q(person_id_before=person.pk)
    Merge.objects.filter(theirs).update(**_EMPTY)


@receiver(merged)
def forget_the_way_back(person: Participant, **_kwargs: Any) -> None:
    """Whoever became `person` can't be parted from them any more, for `person` goes now; and no
    later wish of theirs would find the row."""
    Merge.objects.filter(into=person).update(**_EMPTY)

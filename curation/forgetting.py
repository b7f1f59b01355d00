"""Two people turn out to be one, or somebody wants nothing kept: what they picked, wrote and
follow about what there is to read follows. What they found: curation.links.following."""

from typing import Any

from django.db.models.functions import Now
from django.dispatch import receiver

from community.models import Participant
from community.signals import forgotten, kept, merged
from curation.models import Pick, Source, Trust


@receiver(merged)
def move_what_was_read(person: Participant, into: Participant, **_kwargs: Any) -> None:
    """An organiser's word on both stays the one on `into`."""
    Pick.objects.filter(curator=person).update(curator=into)
    Source.objects.filter(owner=person).update(owner=into)
    sites = Trust.objects.filter(participant=into).values_list("site", flat=True)
    Trust.objects.filter(participant=person).exclude(site__in=list(sites)).update(participant=into)


@receiver(forgotten)
def forget_what_was_read(person: Participant, **_kwargs: Any) -> None:
    """Their sentences go; their own blog is not asked any more."""
    Pick.objects.filter(curator=person).delete()
    Source.objects.filter(owner=person).update(owner=None, paused_at=Now())
    Trust.objects.filter(participant=person).delete()


@receiver(kept)
def tell_what_was_read(person: Participant, **_kwargs: Any) -> dict[str, Any]:
    picks = Pick.objects.filter(curator=person).select_related("item")
    return {
        "picks": [{"url": pick.item.url, "sentence": pick.sentence} for pick in picks],
        "own_feeds": list(Source.objects.filter(owner=person).values_list("feed_url", flat=True)),
    }

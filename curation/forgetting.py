"""Two people turn out to be one, or somebody wants nothing kept: what they picked, wrote and
follow about what there is to read follows. What they found: curation.links.following."""

from collections.abc import Collection
from typing import Any

from django.db.models import Q
from django.db.models.functions import Now
from django.dispatch import receiver

from community.models import Participant
from community.signals import forgotten, kept, merged
from curation.models import DigestEntry, Item, Pick, Sifting, Source, Subscriber, Trust

_WORDS = {"pick", "taken"}
"""Of a decision's `before`: a pick as it was."""


@receiver(merged)
def move_what_was_read(person: Participant, into: Participant, **_kwargs: Any) -> None:
    """An organiser's word on both stays the one on `into`."""
    Pick.objects.filter(curator=person).update(curator=into)
    Source.objects.filter(owner=person).update(owner=into)
    sites = Trust.objects.filter(participant=into).values_list("site", flat=True)
    Trust.objects.filter(participant=person).exclude(site__in=list(sites)).update(participant=into)
    taken = list(Sifting.objects.filter(before__taken__curator_id=person.pk).only("before"))
    for row in taken:
        row.before["taken"]["curator_id"] = into.pk
    Sifting.objects.bulk_update(taken, ["before"], batch_size=200)


@receiver(forgotten)
def forget_what_was_read(person: Participant, **_kwargs: Any) -> None:
    """Their sentences go, from the search and from the way back too; their own blog is not asked
    any more."""
    picks = Pick.objects.filter(curator=person)
    items = list(picks.values_list("item", flat=True))
    picks.delete()
    Item.objects.filter(pk__in=items).update(shelved_at=None)
    _forget_former_words(person, items)
    Source.objects.filter(owner=person).update(owner=None, paused_at=Now())
    Trust.objects.filter(participant=person).delete()


def _forget_former_words(person: Participant, items: Collection[int]) -> None:
    """What a decision keeps of a pick, to give it back."""
    theirs = Q(item__in=items) | Q(before__taken__curator_id=person.pk)
    rows = [
        row for row in Sifting.objects.filter(theirs).only("before") if row.before.keys() & _WORDS
    ]
    for row in rows:
        row.before = {name: told for name, told in row.before.items() if name not in _WORDS}
    Sifting.objects.bulk_update(rows, ["before"], batch_size=200)


@receiver(kept)
def tell_what_was_read(person: Participant, **_kwargs: Any) -> dict[str, Any]:
    picks = Pick.objects.filter(curator=person).select_related("item")
    return {
        "picks": [{"url": pick.item.url, "sentence": pick.sentence} for pick in picks],
        "own_feeds": list(Source.objects.filter(owner=person).values_list("feed_url", flat=True)),
        "sifts_along": list(
            Trust.objects.filter(participant=person).values("is_trusted", "given_at")
        ),
        "letters": _subscriptions(person),
        "named_in_letters": _letters_naming(person),
    }


def _subscriptions(person: Participant) -> list[dict[str, Any]]:
    """Of the letter, by the addresses of their login: nothing else ties the two together. Only by
    those that are proved to be theirs, or anybody could ask who reads."""
    if person.user is None:
        return []
    proved = person.user.emailaddress_set.filter(verified=True)  # type: ignore[attr-defined]
    theirs = Subscriber.objects.filter(email__in=[one.email.lower() for one in proved])
    return [dict(row) for row in theirs.values("email", "language", "asked_at", "confirmed_at")]


def _letters_naming(person: Participant) -> list[dict[str, Any]]:
    rows = DigestEntry.objects.exclude(named=[], signer=None).order_by("pk")
    told = rows.values_list("named", "signer", "digest__week", "title")
    return [
        {"week": week, "title": title}
        for named, signer, week, title in told
        if person.pk in (*named, signer)
    ]

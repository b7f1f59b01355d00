"""When people change their mind, turn out to be one, or go: what they found follows, within the
same transaction."""

from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.signals import post_save
from django.dispatch import receiver

from community.models import AccountLink, Consent, Participant
from community.signals import forgotten, kept, merged, unmerged
from curation.finders import recount_finders
from curation.links.gleaning import after_withdrawal
from curation.models import Find
from microblog.models import Post


@receiver(forgotten)
def forget_finds(person: Participant, **_kwargs: Any) -> None:
    """What their blog brought stays the blog's, without their name."""
    theirs = finds_of(person)
    items = set(theirs.values_list("item_id", flat=True))
    theirs.filter(source=None).delete()
    theirs.update(finder=None, user=None)
    after_withdrawal(items)


@receiver(merged)
def move_finds(person: Participant, into: Participant, **_kwargs: Any) -> None:
    said = Find.objects.filter(post__author__link__participant=into)
    _move(Find.objects.filter(pk__in=(said | finds_of(person)).values("pk")), into)


@receiver(unmerged)
def part_finds(person: Participant, out_of: Participant, **_kwargs: Any) -> None:
    """The rows are parted already; they are two people again."""
    both = Find.objects.filter(finder__in=[person, out_of])
    recount_finders(set(both.values_list("item_id", flat=True)))


@receiver(post_save, sender=AccountLink)
def find_as_oneself(instance: AccountLink, **_kwargs: Any) -> None:
    """A stranger's account turned out to be somebody's."""
    theirs = Find.objects.filter(post__author=instance.account_id)
    _move(theirs.exclude(finder=instance.participant_id), instance.participant)


@receiver(post_save, sender=Participant)
def read_again(
    instance: Participant, update_fields: frozenset[str] | None = None, **_kwargs: Any
) -> None:
    """Whoever agrees again is thanked again for what they shared."""
    if update_fields and "consent" in update_fields and instance.consent != Consent.NOTHING:
        said = Post.objects.filter(author__link__participant=instance)
        said.exclude(gleaned_fingerprint="").update(gleaned_fingerprint="")


@receiver(kept)
def export_finds(person: Participant, **_kwargs: Any) -> dict[str, Any]:
    rows = finds_of(person).select_related("item").order_by("found_at", "pk")
    return {
        "found_links": [
            {"address": find.item.url, "title": find.item.title, "found_at": find.found_at}
            for find in rows
        ]
    }


def finds_of(person: Participant) -> QuerySet[Find]:
    theirs = Q(finder=person) | Q(post__author__link__participant=person)
    if person.user_id:
        theirs |= Q(user=person.user_id)
    return Find.objects.filter(pk__in=Find.objects.filter(theirs).values("pk"))


def _move(finds: QuerySet[Find], into: Participant) -> None:
    items = set(finds.values_list("item_id", flat=True))
    if items:
        finds.update(finder=into)
        recount_finders(items)

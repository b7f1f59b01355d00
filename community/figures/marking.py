"""Says that something which was counted has changed: the next pass counts it again."""

from typing import Any

from django.db.models import QuerySet
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from community.models import AccountLink, Help, Participant
from community.signals import forgotten, merged, unmerged
from microblog.models import Post


def recount(posts: QuerySet[Post]) -> None:
    posts.exclude(tallied_fingerprint="").update(tallied_fingerprint="")


def recount_people(*people: Participant) -> None:
    """All that these people said: it may have become somebody else's, or nobody's."""
    recount(Post.objects.filter(author__link__participant__in=people))


def recount_helps(helps: QuerySet[Help]) -> None:
    """Whether a reply helped is told after it was said, and may be taken back."""
    recount(Post.objects.filter(pk__in=helps.values("reply")))


@receiver(forgotten)
def recount_forgotten(person: Participant, **_kwargs: Any) -> None:
    recount_people(person)


@receiver(merged)
def recount_merged(person: Participant, into: Participant, **_kwargs: Any) -> None:
    recount_people(person, into)


@receiver(unmerged)
def recount_parted(person: Participant, out_of: Participant, **_kwargs: Any) -> None:
    recount_people(person, out_of)


@receiver([post_save, post_delete], sender=AccountLink)
def recount_account(instance: AccountLink, **_kwargs: Any) -> None:
    recount(Post.objects.filter(author=instance.account_id))


@receiver(post_save, sender=Help)
def recount_decided_help(instance: Help, created: bool, **_kwargs: Any) -> None:
    """An organiser confirmed it, or undid it; the others are credited by `mentor`."""
    if not created:
        recount(Post.objects.filter(pk=instance.reply_id))

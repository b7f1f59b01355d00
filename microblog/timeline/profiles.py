"""How people show themselves here."""

from collections.abc import Iterable
from functools import partial

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Count, Q

from microblog.models import Account, Follow


def count_ties(account: Account, *, reader: Account | None) -> dict[str, int]:
    """`following`, `followers`, and `is_followed`: 1 where the reader is one of these."""
    mine = Q(follower=reader) if reader is not None else Q(pk__in=[])
    return Follow.objects.filter(Q(follower=account) | Q(followed=account)).aggregate(
        following=Count("pk", filter=Q(follower=account)),
        followers=Count("pk", filter=Q(followed=account)),
        is_followed=Count("pk", filter=mine & Q(followed=account)),
    )


def mark_followed(people: Iterable[Account], *, reader: Account | None) -> None:
    """Write on each whether the reader follows them."""
    people = list(people)
    mine = Follow.objects.filter(follower=reader, followed__in=people)
    followed = set(mine.values_list("followed", flat=True)) if reader is not None else set()
    for person in people:
        person.is_followed = person.pk in followed


def change_profile(
    account: Account,
    *,
    display_name: str,
    note: str,
    picture: ContentFile[bytes] | None = None,
    drop_picture: bool = False,
) -> Account:
    """A new picture takes the place of the old one, whose file goes once that is committed."""
    with transaction.atomic():
        before = account.avatar.name
        account.display_name = display_name
        account.note = note
        if picture is not None:
            account.avatar.save(picture.name or "picture", picture, save=False)
        elif drop_picture:
            account.avatar = ""
        account.save(update_fields=["display_name", "note", "avatar"])
        if before and before != account.avatar.name:
            transaction.on_commit(partial(account.avatar.storage.delete, before))
    return account

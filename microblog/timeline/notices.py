"""Telling people what others did with them here: mentions, replies, favourites, boosts, follows."""

from collections.abc import Iterable
from datetime import datetime

from microblog.models import Account, Notification, Post
from microblog.networks import Network

Kind = Notification.Kind


def notify(
    recipient: Account,
    kind: Notification.Kind,
    *,
    by: Account,
    now: datetime,
    post: Post | None = None,
) -> None:
    """Once per deed: taking a favourite back and giving it again says nothing new."""
    notify_all([recipient], kind, by=by, now=now, post=post)


def notify_all(
    recipients: Iterable[Account],
    kind: Notification.Kind,
    *,
    by: Account,
    now: datetime,
    post: Post | None = None,
) -> None:
    Notification.objects.bulk_create(
        [
            Notification(recipient=person, kind=kind, actor=by, post=post, created_at=now)
            for person in recipients
            if person.pk != by.pk and person.network == Network.PRACTICE and not person.is_bot
        ],
        ignore_conflicts=True,
    )


def notify_of_post(post: Post, *, mentioned: Iterable[Account], now: datetime) -> None:
    """The author of the answered post hears of a reply, the others of a mention."""
    answered = post.parent.author if post.parent else None
    if answered is not None:
        notify(answered, Kind.REPLY, by=post.author, now=now, post=post)
    others = [person for person in mentioned if answered is None or person.pk != answered.pk]
    notify_all(others, Kind.MENTION, by=post.author, now=now, post=post)


def mark_read(account: Account, *, up_to: int, now: datetime) -> int:
    """All up to this notification, so that one which comes meanwhile stays new."""
    return Notification.objects.filter(recipient=account, read_at=None, pk__lte=up_to).update(
        read_at=now
    )


def count_unread(account: Account) -> int:
    return Notification.objects.filter(recipient=account, read_at=None).count()

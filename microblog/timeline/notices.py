"""Telling people what others did with them here: mentions, replies, favourites, boosts, follows."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from django.core.cache import cache
from django.db import transaction

from microblog.models import Account, Notification, Post
from microblog.networks import Network

Kind = Notification.Kind
REMEMBERED = 20  # seconds


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
    told = [person for person in recipients if person.pk != by.pk and _is_reached(person)]
    Notification.objects.bulk_create(
        [
            Notification(recipient=person, kind=kind, actor=by, post=post, created_at=now)
            for person in told
        ],
        ignore_conflicts=True,
    )
    _count_anew(told)


def notify_each(notices: Iterable[Notification]) -> None:
    """Different people of different things, in one go; who has no account here hears nothing."""
    told = [
        notice
        for notice in notices
        if notice.recipient_id != notice.actor_id and _is_reached(notice.recipient)
    ]
    Notification.objects.bulk_create(told, ignore_conflicts=True)
    _count_anew(notice.recipient for notice in told)


def _is_reached(person: Account) -> bool:
    return person.network == Network.PRACTICE and not person.is_bot


def notify_of_post(post: Post, *, mentioned: Iterable[Account], now: datetime) -> None:
    """The author of the answered post hears of a reply, the others of a mention."""
    answered = post.parent.author if post.parent else None
    if answered is not None:
        notify(answered, Kind.REPLY, by=post.author, now=now, post=post)
    others = [person for person in mentioned if answered is None or person.pk != answered.pk]
    notify_all(others, Kind.MENTION, by=post.author, now=now, post=post)


def mark_read(account: Account, *, up_to: int, now: datetime) -> int:
    """All up to this notification, so that one which comes meanwhile stays new."""
    unread = Notification.objects.filter(recipient=account, read_at=None, pk__lte=up_to)
    read = unread.update(read_at=now)
    _count_anew([account])
    return read


def count_unread(account: Account) -> int:
    """Every page of theirs shows it, so it is remembered for a moment."""
    key = _key(account)
    count: int | None = cache.get(key)
    if count is None:
        count = Notification.objects.filter(recipient=account, read_at=None).count()
        cache.set(key, count, REMEMBERED)
    return count


def _count_anew(accounts: Iterable[Account]) -> None:
    """After the commit: a page that counts meanwhile would remember the old number."""
    keys = [_key(account) for account in accounts]
    if keys:
        transaction.on_commit(partial(cache.delete_many, keys))


def _key(account: Account) -> str:
    return f"microblog:unread:{account.pk}"

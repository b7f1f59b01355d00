"""Small deeds with other people's posts, and with other people."""

from datetime import datetime

from django.db import transaction

from microblog.doorbells import ring
from microblog.gateways.base import ReactionKind
from microblog.models import Account, Follow, Notification, Post, Reaction, Report
from microblog.timeline.notices import notify

_TOLD_AS = {
    ReactionKind.FAVOURITE: Notification.Kind.FAVOURITE,
    ReactionKind.BOOST: Notification.Kind.BOOST,
}


def toggle_favourite(account: Account, post: Post, *, now: datetime) -> bool:
    """Whether the post is a favourite of theirs afterwards."""
    return _toggle(account, post, ReactionKind.FAVOURITE, now)


def toggle_boost(account: Account, post: Post, *, now: datetime) -> bool:
    """Whether they pass it on afterwards. Only what anybody may read: the caller checks it."""
    return _toggle(account, post, ReactionKind.BOOST, now)


def _toggle(account: Account, post: Post, kind: ReactionKind, now: datetime) -> bool:
    with transaction.atomic():
        taken, _rows = Reaction.objects.filter(kind=kind.value, account=account, post=post).delete()
        if taken:
            return False
        Reaction.objects.bulk_create(
            [Reaction(kind=kind.value, account=account, post=post, created_at=now)],
            ignore_conflicts=True,
        )
        notify(post.author, _TOLD_AS[kind], by=account, now=now, post=post)
        ring("mentor")
    return True


def follow(account: Account, other: Account, *, now: datetime) -> None:
    """Read what they write from now on. Following twice, or oneself, changes nothing."""
    if account.pk == other.pk:
        return
    with transaction.atomic():
        _row, made = Follow.objects.get_or_create(follower=account, followed=other)
        if made:
            notify(other, Notification.Kind.FOLLOW, by=account, now=now)


def unfollow(account: Account, other: Account) -> None:
    Follow.objects.filter(follower=account, followed=other).delete()


def report(
    reporter: Account,
    account: Account,
    *,
    reason: Report.Reason,
    post: Post | None = None,
    comment: str = "",
) -> Report:
    """Tell the organisers. Reporting the same thing again replaces what one said of it."""
    row, _made = Report.objects.update_or_create(
        reporter=reporter,
        account=account,
        post=post,
        defaults={"reason": reason, "comment": comment, "handled_at": None, "handled_by": None},
    )
    return row

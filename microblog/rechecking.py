"""Asks for known posts again: edits that no timeline shows any more, and deletions.

Absence from a thread is no deletion (a reply deleted in mid-thread hides its descendants); only
the post itself, asked for and gone, is.
"""

from datetime import datetime

from django.db.models import Q, QuerySet

from microblog.faults import note_fault, note_success
from microblog.forgetting import forget_posts
from microblog.gateways.base import GatewayError, Gone
from microblog.models import Connection, Post, Sighting
from microblog.pauses import FIRST_CHECK, until_next_check
from microblog.recording import record_posts
from microblog.services import open_gateway
from microblog.steps import Backlog

BATCH = 10  # each costs a request; servers allow about one a second


def recheck(now: datetime) -> int:
    """Ask for the posts that are due; returns how many had changed or gone."""
    moved = 0
    for sighting in _claim(now):
        moved += _check(sighting, now)
    return moved


def watch_posts(posts: QuerySet[Post], *, now: datetime) -> None:
    """From now on, ask for these posts again now and then (rooms above call it for posts that
    count)."""
    Sighting.objects.filter(post__in=posts, check_at=None).exclude(via=Sighting.Via.OWN).update(
        check_at=now + FIRST_CHECK
    )


def backlog(now: datetime) -> Backlog:
    due = _due(now)
    return Backlog(due.count(), due.values_list("check_at", flat=True).first())


def _due(now: datetime) -> QuerySet[Sighting]:
    return (
        Sighting.objects.filter(check_at__lte=now, connection__is_enabled=True)
        .filter(Q(connection__not_before=None) | Q(connection__not_before__lte=now))
        .order_by("check_at")
    )


def _claim(now: datetime) -> list[Sighting]:
    """Moving the next look forward is the claim: two workers never ask for one post at once."""
    claimed = []
    for sighting in _due(now).select_related("post", "connection__account")[:BATCH]:
        later = now + until_next_check(sighting.post.said_at, now)
        if Sighting.objects.filter(pk=sighting.pk, check_at=sighting.check_at).update(
            check_at=later
        ):
            claimed.append(sighting)
    return claimed


def _check(sighting: Sighting, now: datetime) -> int:
    connection: Connection = sighting.connection
    try:
        heard = open_gateway(connection).fetch_post(sighting.remote_id)
    except Gone:
        Sighting.objects.filter(pk=sighting.pk).update(check_at=None)
        return forget_posts(Post.objects.filter(pk=sighting.post_id), now=now)
    except GatewayError as error:
        note_fault(connection, error, now=now)
        return 0
    note_success(connection, heard_at=now)
    recorded = record_posts(connection, [heard], via=Sighting.Via(sighting.via), now=now)
    return recorded.changed

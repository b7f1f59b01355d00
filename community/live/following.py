"""Threads that grow during an event: an answer need not bear the hashtag, so servers are asked for
it."""

from collections.abc import Iterable

from django.db.models.functions import Now

from community.live.belonging import EARLY
from community.models import LiveEvent
from community.moocs import LATECOMERS
from microblog.models import Sighting
from microblog.networks import Network

MOST_THREADS = 40
"""Of one event, the newest: each is a request to a server, again and again."""


def live_threads() -> Iterable[tuple[int, str]]:
    """What began a thread under the hashtag of an event that is on: ids of a connection, and of the
    post on its server."""
    on = LiveEvent.objects.accepted().filter(
        starts_at__lte=Now() + EARLY, ends_at__gte=Now() - LATECOMERS
    )
    for event in on:
        begun = Sighting.objects.filter(
            post__hashtag_rows__bare_name=event.bare_hashtag,
            post__hashtag_rows__said_at__gte=event.starts_at - EARLY,
            post__parent=None,
            post__deleted_at=None,
        ).exclude(connection__network=Network.PRACTICE)
        newest = begun.order_by("-post__hashtag_rows__said_at", "-pk")
        yield from newest.values_list("connection_id", "remote_id")[:MOST_THREADS]

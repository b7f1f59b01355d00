"""Feeds that name a hub, and those that don't any more."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from curation.feeds.values import Feed
from curation.models import Source, Subscription


def notice_hubs(read: Sequence[tuple[Source, Feed]], *, now: datetime) -> None:
    """A subscription to ask for, where a feed names a hub and itself; inside the transaction of its
    reading, in two queries where nothing changed."""
    if not read:
        return
    pks = [source.pk for source, _feed in read]
    known = {one.source_id: one for one in Subscription.objects.filter(source__in=pks)}
    new, changed = [], []
    for source, feed in read:
        before = known.get(source.pk)
        if before is None and feed.hub_url:
            new.append(_first(source, feed, now))
        elif before is not None and _differs(before, feed):
            changed.append(_again(before, feed, now))
    Subscription.objects.bulk_create(new, ignore_conflicts=True)
    if changed:
        Subscription.objects.bulk_update(
            changed, ["hub_url", "topic_url", "ask_at", "attempts", "verified_at", "is_wanted"]
        )


def _topic(source_url: str, feed: Feed) -> str:
    return (feed.self_url or source_url)[:1000]


def _first(source: Source, feed: Feed, now: datetime) -> Subscription:
    return Subscription(
        source=source,
        hub_url=feed.hub_url[:1000],
        topic_url=_topic(source.feed_url, feed),
        token=secrets.token_urlsafe(32),
        secret=secrets.token_urlsafe(48),
        ask_at=now,
    )


def _differs(before: Subscription, feed: Feed) -> bool:
    if not feed.hub_url:
        return before.is_wanted
    topic = feed.self_url or before.topic_url
    return not before.is_wanted or (before.hub_url, before.topic_url) != (feed.hub_url, topic)


def _again(before: Subscription, feed: Feed, now: datetime) -> Subscription:
    before.is_wanted = bool(feed.hub_url)
    before.ask_at, before.attempts = now, 0
    if feed.hub_url:
        before.hub_url, before.topic_url = feed.hub_url, feed.self_url or before.topic_url
        before.verified_at = None
    return before

"""What hubs tell us: that they mean what we asked, that they won't, and what is new."""

import hmac
import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.db import DataError, IntegrityError

from curation.faults import FetchFault
from curation.feeds.deciding import Heard
from curation.feeds.keeping import keep_pushed
from curation.feeds.parsing import parse_feed
from curation.feeds.reading import Reading, distinct
from curation.models import Subscription
from curation.websub.subscribing import LONGEST_RETRY, RENEW_AT, lease_of

logger = logging.getLogger(__name__)

ALGORITHMS = ("sha256", "sha384", "sha512", "sha1")
"""Those of the standard; some hubs still sign with the last."""


def verify_intent(subscription: Subscription, asked: Mapping[str, str], *, now: datetime) -> bool:
    """Whether we do want what this hub says that we asked for; kept, if so."""
    mode, topic = asked.get("hub.mode", ""), asked.get("hub.topic", "")
    if topic != subscription.topic_url or subscription.asked_at is None:
        return False
    if mode == "unsubscribe" and not subscription.is_wanted:
        subscription.delete()
        return True
    if mode != "subscribe" or not subscription.is_wanted:
        return False
    lease = lease_of(asked.get("hub.lease_seconds", ""))
    subscription.verified_at, subscription.expires_at = now, now + lease
    subscription.ask_at, subscription.attempts = now + lease * RENEW_AT, 0
    subscription.last_fault = ""
    subscription.save(
        update_fields=["verified_at", "expires_at", "ask_at", "attempts", "last_fault"]
    )
    return True


def note_denial(subscription: Subscription, *, now: datetime) -> None:
    """The hub won't: the source is asked as often as any other, the hub again much later."""
    subscription.verified_at, subscription.last_fault = None, "denied"
    subscription.ask_at = now + LONGEST_RETRY
    subscription.save(update_fields=["verified_at", "last_fault", "ask_at"])


def is_signed(subscription: Subscription, body: bytes, signature: str) -> bool:
    """`signature` is the header X-Hub-Signature: "sha256=…"."""
    algorithm, _sign, told = signature.strip().partition("=")
    if algorithm.lower() not in ALGORITHMS:
        return False
    secret = subscription.secret.reveal().encode()
    ours = hmac.new(secret, body, algorithm.lower()).hexdigest()
    return hmac.compare_digest(ours.encode(), told.strip().lower().encode())


def receive(
    subscription: Subscription, body: bytes, headers: Mapping[str, str], *, now: datetime
) -> int:
    """Keep what was pushed; returns how many entries were new or changed. A feed that can't be read
    is left for the next time we ask ourselves."""
    source = subscription.source
    try:
        feed = parse_feed(body, url=source.feed_url, headers=headers)
        feed = replace(feed, entries=tuple(distinct(feed.entries)))
        reading = Reading(source, Heard(), status=200, size=len(body), feed=feed)
        moved = keep_pushed(reading, now=now)
    except (FetchFault, ValueError, DataError, IntegrityError) as fault:
        logger.warning("What a hub pushed for %s can't be kept: %s", source, fault)
        return 0
    Subscription.objects.filter(pk=subscription.pk).update(pushed_at=now)
    return moved

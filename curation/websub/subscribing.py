"""Ask hubs to push to us, and ask again before they forget. Part of the step "fetch"."""

from datetime import datetime, timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse

from curation.faults import FetchFault, status_code
from curation.models import Subscription
from curation.web import Client, send
from microblog.gateways.addresses import is_public

BATCH = 10
LEASE = timedelta(days=10)
SHORTEST_LEASE, LONGEST_LEASE = timedelta(hours=1), timedelta(days=30)
RENEW_AT = 0.7
"""Of a lease: then we ask again."""
FIRST_RETRY, LONGEST_RETRY = timedelta(hours=1), timedelta(days=7)


def ask_hubs(now: datetime, *, client: Client | None = None) -> int:
    """Returns how many hubs were asked. Where the internet can't reach us, none is."""
    if not can_be_reached():
        return 0
    asked = _claim(now)
    for subscription in asked:
        fault = _ask(subscription, client)
        Subscription.objects.filter(pk=subscription.pk).update(last_fault=fault)
    return len(asked)


def can_be_reached() -> bool:
    host = urlsplit(settings.BASE_URL).hostname or ""
    if settings.ALLOW_PRIVATE_ADDRESSES:
        return True
    return host != "localhost" and (is_public(host) if _is_number(host) else "." in host)


def callback(subscription: Subscription) -> str:
    return f"{settings.BASE_URL}{reverse('websub:callback', args=[subscription.token])}"


def lease_of(said: str) -> timedelta:
    """What a hub grants, within reason."""
    seconds = int(said[:9]) if said.isascii() and said.isdigit() else LEASE.total_seconds()
    return min(max(timedelta(seconds=seconds), SHORTEST_LEASE), LONGEST_LEASE)


def _claim(now: datetime) -> list[Subscription]:
    """The next moment is written before the attempt."""
    with transaction.atomic():
        due = Subscription.objects.to_ask(now).order_by("ask_at", "id")
        found = list(due.select_for_update(skip_locked=True, of=("self",))[:BATCH])
        for one in found:
            pause = min(FIRST_RETRY * 2 ** min(one.attempts, 10), LONGEST_RETRY)
            Subscription.objects.filter(pk=one.pk).update(
                attempts=F("attempts") + 1, asked_at=now, ask_at=now + pause
            )
    return found


def _ask(subscription: Subscription, client: Client | None) -> str:
    """Returns the code of the fault; "" where the hub will verify."""
    fields = {
        "hub.callback": callback(subscription),
        "hub.mode": "subscribe" if subscription.is_wanted else "unsubscribe",
        "hub.topic": subscription.topic_url,
        "hub.lease_seconds": str(int(LEASE.total_seconds())),
        "hub.secret": subscription.secret.reveal(),
    }
    try:
        answer = send(subscription.hub_url, fields, client=client)
    except FetchFault as fault:
        return fault.code
    return "" if answer.is_ok else status_code(answer.status)


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True

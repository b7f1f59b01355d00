"""Tell the hub of our own feeds that there is something new. Part of the step "fetch"."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max, Q
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Site

from curation.choosing import Wanted
from curation.faults import FetchFault, status_code
from curation.models import HubCall, Item, Pick
from curation.syndication.formats import FORMATS
from curation.web import Client, send
from curation.websub.subscribing import LONGEST_RETRY, can_be_reached

PAUSE = timedelta(minutes=10)
"""Between two calls for the same MOOC: what appears meanwhile is told together."""


@dataclass(frozen=True, slots=True)
class OtherFeeds:
    """Of a room above. `addresses`: their paths; `newest`: when something last appeared in them."""

    addresses: Callable[[], Sequence[str]]
    newest: Callable[[Site], datetime | None]


_others: dict[str, OtherFeeds] = {}


def enter_feeds(name: str, feeds: OtherFeeds) -> None:
    """Feeds that name the hub too. Raises ValueError for a name that is taken."""
    if name in _others:
        raise ValueError(f"two groups of feeds are called {name!r}")
    _others[name] = feeds


def tell_hub(now: datetime, *, client: Client | None = None) -> int:
    """Returns for how many MOOCs the hub was called."""
    if not settings.WEBSUB_HUB or not can_be_reached():
        return 0
    called = 0
    for site in Site.objects.order_by("pk"):
        newest = _newest(site)
        call = _claim(site, newest, now) if newest else None
        if call is None:
            continue
        called += 1
        fault = next(filter(None, (_tell(url, client) for url in topics_of(site))), "")
        told = {"last_fault": fault} if fault else {"told_until": newest, "attempts": 0}
        HubCall.objects.filter(pk=call.pk).update(**{"last_fault": ""} | told)
    return called


def topics_of(site: Site) -> Iterator[str]:
    """The addresses of the feeds that name the hub: as Wanted.is_advertised says, each in every
    language of its page."""
    codes = [code for code, _name in settings.LANGUAGES]
    ways = [Wanted(language=code).address for code in ("", *codes)]
    for code in codes:
        with override(code):
            paths = [reverse("curation:feed", args=[name]) for name in FORMATS]
        yield from (f"{site.root_url}{path}{way}" for path in paths for way in ways)
    for other in _others.values():
        yield from (f"{site.root_url}{path}" for path in other.addresses())


def _newest(site: Site) -> datetime | None:
    """When something last appeared, was put forward, or was said better."""
    item = Item.objects.published().filter(site=site, shown_at__isnull=False)
    shown = item.order_by("-shown_at", "-pk").values_list("shown_at", flat=True).first()
    picks = Pick.objects.filter(site=site, shown_at__isnull=False)
    picked = picks.order_by("-picked_at", "-item").values_list("picked_at", flat=True).first()
    changed = picks.aggregate(latest=Max("changed_at"))["latest"]
    told = (shown, picked, changed, *(other.newest(site) for other in _others.values()))
    return max((moment for moment in told if moment), default=None)


def _claim(site: Site, newest: datetime, now: datetime) -> HubCall | None:
    """The next moment is written before the attempt; whoever writes it calls."""
    with transaction.atomic():
        call, _is_new = HubCall.objects.get_or_create(site=site)
        is_due = Q(ask_at=None) | Q(ask_at__lte=now)
        is_news = Q(told_until=None) | Q(told_until__lt=newest)
        pause = min(PAUSE * 2 ** min(call.attempts, 10), LONGEST_RETRY)
        claimed = HubCall.objects.filter(is_due, is_news, pk=call.pk).update(
            ask_at=now + pause, attempts=F("attempts") + 1
        )
    return call if claimed else None


def _tell(url: str, client: Client | None) -> str:
    """Returns the code of the fault, "" where the hub will look. Some hubs know the address as
    `hub.url`, some as `hub.topic`."""
    fields = {"hub.mode": "publish", "hub.url": url, "hub.topic": url}
    try:
        answer = send(settings.WEBSUB_HUB, fields, client=client)
    except FetchFault as fault:
        return fault.code
    return "" if answer.is_ok else status_code(answer.status)

"""Tell the hub of our own feeds in which of them there is something new. Part of the step
"fetch"."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl

from django.conf import settings
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Site

from community.models import Participant
from curation.choosing import Wanted
from curation.faults import FetchFault, status_code
from curation.models import FeedNews, HubCall
from curation.syndication.formats import FORMATS
from curation.web import Client, send
from curation.websub.subscribing import LONGEST_RETRY, can_be_reached

PAUSE = timedelta(minutes=10)
"""Between two calls for the same MOOC: what appears meanwhile is told together."""
MOST = 20
"""Parts of the veille told in one call: six feeds each. More of them are told at the next run."""


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
    return sum(_call(site, now, client) for site in Site.objects.order_by("pk"))


def _call(site: Site, now: datetime, client: Client | None) -> bool:
    """Whether the hub was called. What it didn't hear of stays to be told."""
    call, newest = _claim(site, now)
    if call is None:
        return False
    news = list(FeedNews.objects.filter(site=site).order_by("pk")[:MOST])
    others = newest if _is_later(newest, call.told_until) else None
    addresses = [*addresses_of(site, _open(news)), *(_others_of(site) if others else ())]
    fault = next(filter(None, (_tell(url, client) for url in addresses)), "")
    told: dict[str, Any] = {"last_fault": fault}
    if not fault:
        _forget(news)
        told |= {"attempts": 0, "told_until": others or call.told_until}
        told |= {"ask_at": now} if len(news) == MOST else {}
    HubCall.objects.filter(pk=call.pk).update(**told)
    return True


def _claim(site: Site, now: datetime) -> tuple[HubCall | None, datetime | None]:
    """No call without news, or before its time; and when something last appeared in feeds of a room
    above. The next moment is written before the attempt; whoever writes it calls."""
    newest, has_news = _newest(site), FeedNews.objects.filter(site=site).exists()
    if not has_news and newest is None:
        return None, newest
    call, _is_new = HubCall.objects.get_or_create(site=site)
    if not has_news and not _is_later(newest, call.told_until):
        return None, newest
    pause = min(PAUSE * 2 ** min(call.attempts, 10), LONGEST_RETRY)
    due = HubCall.objects.filter(Q(ask_at=None) | Q(ask_at__lte=now), pk=call.pk)
    claimed = due.update(ask_at=now + pause, attempts=F("attempts") + 1)
    return (call if claimed else None), newest


def addresses_of(site: Site, parts: Iterable[Wanted]) -> Iterator[str]:
    """Of the feeds of these parts: in each format, in every language of its page."""
    paths = []
    for code, _name in settings.LANGUAGES:
        with override(code):
            paths += [reverse("curation:feed", args=[name]) for name in FORMATS]
    return (f"{site.root_url}{path}{part.address}" for part in parts for path in paths)


def _others_of(site: Site) -> Iterator[str]:
    for other in _others.values():
        yield from (f"{site.root_url}{path}" for path in other.addresses())


def _open(news: Sequence[FeedNews]) -> list[Wanted]:
    """What is read by everybody now: people may have changed their mind since it was noted."""
    parts = [Wanted.read(dict(parse_qsl(one.way.removeprefix("?")))) for one in news]
    people = Participant.objects.showing().filter(pk__in={part.person for part in parts})
    shown = {None, *people.values_list("pk", flat=True)}
    return [part for part in parts if part.person in shown]


def _forget(news: Sequence[FeedNews]) -> None:
    """Unless something was noted while the hub was called."""
    if news:
        latest = max(one.since for one in news)
        FeedNews.objects.filter(pk__in=[one.pk for one in news], since__lte=latest).delete()


def _newest(site: Site) -> datetime | None:
    """When something last appeared in feeds of a room above."""
    told = (other.newest(site) for other in _others.values())
    return max((moment for moment in told if moment), default=None)


def _is_later(moment: datetime | None, other: datetime | None) -> bool:
    return moment is not None and (other is None or moment > other)


def _tell(url: str, client: Client | None) -> str:
    """Returns the code of the fault, "" where the hub will look. Some hubs know the address as
    `hub.url`, some as `hub.topic`."""
    fields = {"hub.mode": "publish", "hub.url": url, "hub.topic": url}
    try:
        answer = send(settings.WEBSUB_HUB, fields, client=client)
    except FetchFault as fault:
        return fault.code
    return "" if answer.is_ok else status_code(answer.status)

"""Relaying: picks go out on the networks of their MOOC, one after the other, at a calm pace.

A pick is promised once, however often we are asked. What isn't said yet follows its pick: new words
for a new sentence, silence for one that was taken back.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Min, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from community.models import MoocSettings
from community.moocs import voices_in_use
from curation.models import CurationSettings, Item, Pick
from curation.pacing import Pace
from curation.reading import Card, cards_of
from curation.relay_words import relay_text
from microblog.models import Connection, OutboxPost
from microblog.promising import enqueue_posts
from microblog.steps import Backlog
from microblog.waiting import Planned

FRESH = timedelta(days=14)
"""What waited longer is news no more."""
USEFUL = timedelta(days=2)
MEMORY = timedelta(days=3)
"""Days whose relays the pace remembers; more than any gap."""
PREFIX = "pick:"
BATCH = 100


def relay(now: datetime) -> int:
    """The step: how many picks were promised, and promises put right."""
    return put_right(now) + sum(_relay_next(site, now) for site in _sites(now))


def backlog(now: datetime) -> Backlog:
    told = _waiting(now).aggregate(oldest=Min("picked_at"))
    return Backlog(_waiting(now).count(), told["oldest"])


def _waiting(now: datetime) -> QuerySet[Pick]:
    return Pick.objects.filter(
        relay=True,
        relayed_at=None,
        picked_at__gte=now - FRESH,
        item__state=Item.State.PUBLISHED,
        item__united_with=None,
    )


def _sites(now: datetime) -> list[Site]:
    waiting = _waiting(now).order_by().values("item__site")
    return list(Site.objects.filter(pk__in=waiting).order_by("pk"))


def _pace(site: Site, now: datetime) -> Pace:
    said = Pick.objects.filter(item__site=site, relayed_at__gte=now - MEMORY)
    return Pace(
        CurationSettings.for_site(site),
        MoocSettings.for_site(site),
        said=[at for at in said.values_list("relayed_at", flat=True) if at],
        now=now,
    )


def _relay_next(site: Site, now: datetime) -> int:
    """The one that waited longest, if its moment has come."""
    if not CurationSettings.for_site(site).relays:
        return 0
    moment = _pace(site, now).take()
    pick = _waiting(now).filter(item__site=site).order_by("picked_at", "pk").first()
    voices = list(voices_in_use(site.pk))
    if moment is None or moment > now or pick is None or not voices:
        return 0
    promises = _promises([pick], {site.pk: voices}, now)
    with transaction.atomic():
        claimed = Pick.objects.filter(pk=pick.pk, relayed_at=None).update(relayed_at=now)
        if claimed:
            enqueue_posts(promises)
    return int(claimed)


def _promises(
    picks: Sequence[Pick], voices: Mapping[int, Iterable[Connection]], now: datetime
) -> list[OutboxPost]:
    """voices: by site id. Made of what is shown now; of nothing else."""
    cards = {card.item.pk: card for card in cards_of([pick.item_id for pick in picks])}
    moocs = {mooc.site_id: mooc for mooc in MoocSettings.objects.filter(site__in=voices)}
    return [
        _promise(pick, cards[pick.item_id], voice, moocs, now)
        for pick in picks
        if pick.item_id in cards
        for voice in voices.get(cards[pick.item_id].item.site_id, ())
    ]


def _promise(
    pick: Pick, card: Card, voice: Connection, moocs: Mapping[int, MoocSettings], now: datetime
) -> OutboxPost:
    mooc = moocs.get(card.item.site_id) or MoocSettings()
    return OutboxPost(
        key=f"{PREFIX}{pick.pk}:{voice.pk}",
        kind=OutboxPost.Kind.PICK,
        connection=voice,
        text=relay_text(card, pick, voice, mooc),
        language=pick.language,
        due_at=now,
        useless_from=now + USEFUL,
    )


def put_right(now: datetime) -> int:
    """What is promised and unsaid follows its pick; returns how many promises changed."""
    unsaid = OutboxPost.objects.filter(
        kind=OutboxPost.Kind.PICK, said_version=0, given_up_at=None, first_attempt_at=None
    )
    promises = list(unsaid.select_related("connection").order_by("pk")[:BATCH])
    by_pick: dict[int, list[OutboxPost]] = defaultdict(list)
    for promise in promises:
        by_pick[int(promise.key.split(":")[1])].append(promise)
    standing = {pick.pk: pick for pick in _standing(by_pick)}
    gone = [one.pk for pk, of_it in by_pick.items() if pk not in standing for one in of_it]
    silenced = (
        unsaid.filter(pk__in=gone).update(given_up_at=now, error="the pick was taken back")
        if gone
        else 0
    )
    if not standing:
        return silenced
    voices: dict[int, set[Connection]] = defaultdict(set)
    for pick in standing.values():
        voices[pick.item.site_id] |= {promise.connection for promise in by_pick[pick.pk]}
    known = {promise.key: promise.text for promise in promises}
    fresh = _promises(list(standing.values()), voices, now)
    return silenced + enqueue_posts(
        one for one in fresh if one.key in known and known[one.key] != one.text
    )


def _standing(pks: Iterable[int]) -> QuerySet[Pick]:
    return Pick.objects.filter(
        pk__in=list(pks), relay=True, item__state=Item.State.PUBLISHED, item__united_with=None
    ).select_related("item")


def upcoming(now: datetime, most: int, site_id: int | None) -> Iterable[Planned]:
    """For the dashboard: which picks go out when, as far as one can say now."""
    for site in _sites(now):
        if site_id in (None, site.pk) and CurationSettings.for_site(site).relays:
            pace = _pace(site, now)
            waiting = _waiting(now).filter(item__site=site).select_related("item")
            for pick in waiting.order_by("picked_at", "pk")[:most]:
                moment = pace.take()
                if moment is not None:
                    yield Planned(
                        at=moment,
                        what=_("Pick"),
                        title=str(pick.item),
                        url=reverse("curation:item", args=[pick.item_id]),
                    )

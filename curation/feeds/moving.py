"""A feed says that it lives elsewhere now."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from curation.models import Source
from curation.models.sources import host_of

ONTO_KNOWN = "moved_onto_known"


def move_sources(moves: Sequence[tuple[Source, str]], *, now: datetime) -> None:
    """Each source and its new address. Where another source of the same MOOC is read there already,
    the one that moved rests for good; whose blog it is passes to the other on the same host alone:
    a redirect of one's own proves nothing about somebody else's. Inside a transaction; nothing is
    asked where nothing moved."""
    if not moves:
        return
    wanted = Q(feed_url__in=[address for _source, address in moves])
    there = {(one.site_id, one.feed_url): one for one in Source.objects.filter(wanted)}
    for source, address in moves:
        other = there.setdefault((source.site_id, address), source)
        if other.pk == source.pk:
            _move(source, address)
        else:
            _give_way(source, other, now)


def _move(source: Source, address: str) -> None:
    source.moved_from, source.feed_url = source.feed_url, address
    source.host = host_of(address)
    source.save(update_fields=["moved_from", "feed_url"])


def _give_way(source: Source, other: Source, now: datetime) -> None:
    source.gone_at, source.last_fault = now, ONTO_KNOWN
    source.last_fault_detail = other.feed_url[:500]
    source.save(update_fields=["gone_at", "last_fault", "last_fault_detail"])
    same_host = host_of(source.feed_url) == host_of(other.feed_url)
    if same_host and other.owner_id is None and source.owner_id is not None:
        other.owner = source.owner
        other.save(update_fields=["owner"])

"""“I found this”: a link that somebody brings by hand."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from community.models import Consent, Participant, User
from curation.addresses import address_key
from curation.models import Item, ItemAddress
from curation.recording import Found, record_found


@dataclass(frozen=True, slots=True)
class Added:
    """`was_known`: somebody had brought it before."""

    item: Item
    was_known: bool


def may_add(person: Participant) -> bool:
    """Whoever is aboard, and lets us keep who brought what."""
    return person.embarked_at is not None and person.consent != Consent.NOTHING


@transaction.atomic
def add_link(url: str, *, by: User, person: Participant, site_id: int, now: datetime) -> Added:
    """It waits on the review desk with them as its finder. Raises ValueError for no address."""
    rows = ItemAddress.objects.filter(site=site_id, key=address_key(url))
    was_known = rows.exists()
    found = Found(url, now, user_id=by.pk, finder_id=person.pk)
    [item] = record_found([found], site_id=site_id, now=now)
    return Added(item, was_known)

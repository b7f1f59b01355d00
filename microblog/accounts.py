"""Who is who: actors as their servers tell of them, one row a person."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from django.db.models import Q

from microblog.gateways.base import HeardAccount
from microblog.models import Account, Connection


def record_accounts(
    connection: Connection, people: Sequence[HeardAccount], *, now: datetime
) -> dict[str, Account]:
    """Rows of these people by uri; handles and names follow what their server says now.

    A mention knows little (no name, picture or note): it never empties what an own post told.
    """
    unique: dict[str, HeardAccount] = {}
    for person in people:
        known = unique.get(person.uri)
        if known is None or person.display_name or person.note or not known.display_name:
            unique[person.uri] = person
    present = Account.objects.in_bulk(unique, field_name="uri")
    present |= _known_by_their_address(unique, present)
    missing = [
        _new_account(connection, person) for uri, person in unique.items() if uri not in present
    ]
    if missing:
        Account.objects.bulk_create(missing, ignore_conflicts=True)
        present |= Account.objects.in_bulk([row.uri for row in missing], field_name="uri")
    changed = [row for uri, row in present.items() if _refresh_account(row, unique[uri], now)]
    Account.objects.bulk_update(
        changed,
        [
            "handle",
            "display_name",
            "url",
            "avatar_url",
            "note",
            "is_bot",
            "refuses_bots",
            "checked_at",
        ],
        batch_size=200,
    )
    return present


def _known_by_their_address(
    people: Mapping[str, HeardAccount], present: Mapping[str, Account]
) -> dict[str, Account]:
    """Rows of people whom another connection knows by another name: some servers tell an actor's
    uri, others only the address of the profile. Both must be of one host, or anybody could claim
    to be anybody."""
    strangers = {uri: person for uri, person in people.items() if uri not in present}
    if not strangers:
        return {}
    addresses = {person.url for person in strangers.values() if person.url}
    rows = Account.objects.filter(Q(url__in=strangers) | Q(uri__in=addresses))
    found = {}
    for row in rows:
        for uri, person in strangers.items():
            is_same = uri == row.url or (person.url and person.url == row.uri)
            if is_same and urlsplit(uri).netloc == urlsplit(row.uri).netloc:
                found[uri] = row
    return found


def _new_account(connection: Connection, person: HeardAccount) -> Account:
    return Account(
        network=connection.network,
        uri=person.uri,
        handle=person.handle[:300],
        display_name=person.display_name[:200],
        url=person.url[:500],
        avatar_url=person.avatar_url[:1000],
        note=person.note,
        is_bot=person.is_bot,
        refuses_bots=refuses_bots(person.note),
    )


def refuses_bots(note: str) -> bool:
    """#NoBot (or #NoBots) in the words about oneself is the fediverse's way to say: don't answer me
    by machine."""
    return any(word.strip(".,;:!?") in {"#nobot", "#nobots"} for word in note.casefold().split())


def _refresh_account(row: Account, person: HeardAccount, now: datetime) -> bool:
    """Put what was heard into the row; True where that changes it. Practice accounts are edited
    here alone."""
    if row.user_id or not (person.display_name or person.note or person.avatar_url):
        return False
    fresh = {
        "handle": person.handle[:300],
        "display_name": person.display_name[:200],
        "url": person.url[:500],
        "avatar_url": person.avatar_url[:1000],
        "note": person.note,
        "is_bot": person.is_bot,
    }
    if all(getattr(row, name) == value for name, value in fresh.items()):
        return False
    for name, value in fresh.items():
        setattr(row, name, value)
    # Silence once asked for is kept; only an organiser lifts it.
    row.refuses_bots = row.refuses_bots or refuses_bots(person.note)
    row.checked_at = now
    return True

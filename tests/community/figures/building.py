"""A small world in which posts are said, answered and taken back, and what the counts are then."""

from datetime import datetime, timedelta
from itertools import count

from community.figures.ledgers import NEVER
from community.figures.tallying import tally
from community.models import (
    AccountLink,
    Consent,
    CountedPerson,
    CountedPost,
    DailyTally,
    Exchange,
    Participant,
    Presence,
)
from microblog.models import Account, Post
from tests.builders import NOON

_numbers = count(1)
COUNTS = (CountedPost, CountedPerson, DailyTally, Presence, Exchange)


def an_account(handle: str, *, network: str = "mastodon", **fields) -> Account:
    return Account.objects.create(
        network=network, uri=f"https://social.example/users/{handle}", handle=handle, **fields
    )


def a_person(handle: str, *, consent: Consent = Consent.SHOW, **fields) -> Account:
    """The account of somebody who takes part."""
    account = an_account(handle, **fields)
    link(account, Participant.objects.create(name=handle.title(), consent=consent))
    return account


def link(account: Account, person: Participant) -> AccountLink:
    return AccountLink.objects.create(account=account, participant=person, proof="heard")


def behind(account: Account) -> Participant:
    return Participant.objects.get(links__account=account)


def say(
    by: Account,
    *,
    to: Post | None = None,
    at: datetime | None = None,
    minutes: float | None = None,
    **fields,
) -> Post:
    """`minutes` after NOON, or a second after whatever was said before."""
    number = next(_numbers)
    moment = at or NOON + (timedelta(minutes=minutes) if minutes else timedelta(seconds=number))
    return Post.objects.create(
        network=by.network,
        uri=f"https://social.example/{number}",
        author=by,
        parent=to,
        said_at=moment,
        language=fields.pop("language", "fr"),
        fingerprint=f"{number}",
        **fields,
    )


def count_all(now: datetime = NOON) -> int:
    moved = 0
    while done := tally(now):
        moved += done
    return moved


def total(kind: str, **fields) -> int:
    return sum(DailyTally.objects.filter(kind=kind, **fields).values_list("value", flat=True))


def snapshot() -> dict[str, list[tuple]]:
    """All counts, without the numbers of their rows."""
    assert not Exchange.objects.filter(first_at=NEVER).exists()
    assert not CountedPerson.objects.filter(first_at=NEVER).exists()
    return {
        model.__name__: sorted(
            model._default_manager.values_list(
                *(field.attname for field in model._meta.fields if field.attname != "id")
            ),
            key=repr,
        )
        for model in COUNTS
    }

"""A live event, and people who relay it: on another server and here."""

from datetime import datetime, timedelta

from community.models import AccountLink, LiveEvent, Participant
from microblog.models import Account, Connection, Post
from microblog.timeline.services import write_post
from tests.builders import NOON, heard_account, said


def an_event(title: str = "La nuit des étoiles", **fields) -> LiveEvent:
    """From NOON on, for an hour."""
    values = {
        "hashtag": "NuitEtoiles",
        "starts_at": NOON,
        "ends_at": NOON + timedelta(hours=1),
        "language": "fr",
        **fields,
    }
    return LiveEvent.objects.create(title=title, **values)


def somebody_shown(handle: str = "rex", *, consent: str = "show", new: bool = True) -> Account:
    """An account elsewhere whose owner has come aboard and chosen."""
    heard = heard_account(handle)
    account, _made = Account.objects.get_or_create(
        uri=heard.uri,
        defaults={
            "network": "mastodon",
            "handle": heard.handle,
            "display_name": heard.display_name,
            "url": heard.url,
        },
    )
    begun = NOON - timedelta(days=3 if new else 300)
    person = Participant.objects.create(
        name=heard.display_name, consent=consent, embarked_at=begun, first_seen_at=begun
    )
    AccountLink.objects.create(account=account, participant=person, proof="heard")
    return account


def minute(number: float) -> datetime:
    """Of the event."""
    return NOON + timedelta(minutes=number)


def tells(text: str, *, on: Connection, by: str = "rex", at: float = 1, **fields) -> Post:
    """Said elsewhere in that minute, and heard."""
    return said(text, on=on, by=by, at=minute(at), now=minute(at), **fields)


def writes(user, text: str, *, at: float = 1, to: Post | None = None) -> Post:
    """Written on the practice timeline in that minute."""
    author = Account.objects.get(user=user)
    return write_post(author, text=text, now=minute(at), in_reply_to=to)

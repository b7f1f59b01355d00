"""Short ways to say what a test is about; everything that isn't said is ordinary."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import count

from django.contrib.auth import get_user_model

from community.models import AccountLink, Participant
from microblog.gateways.base import HeardAccount, HeardMedia, HeardPost, MediaKind, Visibility
from microblog.models import Account, Connection, Post, Sighting
from microblog.networks import Network
from microblog.recording import record_posts

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
HOST = "https://social.example"
_numbers = [count(1)]


def begin_to_count() -> None:
    """Anew for each test: what is said by default is said a second after NOON, whatever ran
    before."""
    _numbers[:] = [count(1)]


def a_user(handle: str, *, name: str = "", language: str = "fr", **fields):
    """A login with its account and participant, as after signing up; password "envol-envol"."""
    user = get_user_model().objects.create_user(
        handle, password="envol-envol", language=language, **fields
    )
    account = Account.objects.create(
        network=Network.PRACTICE,
        uri=f"https://envol.example/@{handle}",
        url=f"https://envol.example/@{handle}",
        handle=handle,
        display_name=name or handle.title(),
        user=user,
    )
    participant = Participant.objects.create(
        user=user, name=name or handle.title(), language=language, consent="show"
    )
    AccountLink.objects.create(account=account, participant=participant, proof="signup")
    return user


def a_connection(name: str = "social", *, network: str = Network.MASTODON, **fields) -> Connection:
    """A connection to a Mastodon-API server whose bot is @envol."""
    account = Account.objects.create(
        network=network,
        uri=f"{HOST}/users/{name}-bot",
        handle=f"{name}-bot@social.example",
        is_bot=True,
    )
    return Connection.objects.create(
        name=name, network=network, server_url=HOST, account=account, token="secret", **fields
    )


def heard_account(handle: str = "rex", **fields) -> HeardAccount:
    return HeardAccount(
        uri=f"{HOST}/users/{handle}",
        handle=f"{handle}@social.example",
        display_name=fields.pop("display_name", handle.title()),
        url=f"{HOST}/@{handle}",
        **fields,
    )


def heard_post(
    text: str = "Hello",
    *,
    by: HeardAccount | str = "rex",
    at: datetime | None = None,
    photos: Sequence[str] = (),
    **fields,
) -> HeardPost:
    """What a server tells: `photos` are their alt texts ("" = not described)."""
    number = next(_numbers[0])
    author = heard_account(by) if isinstance(by, str) else by
    return HeardPost(
        uri=fields.pop("uri", f"{author.uri}/statuses/{number}"),
        remote_id=fields.pop("remote_id", str(number)),
        author=author,
        created_at=at or NOON + timedelta(seconds=number),
        text=text,
        html=f"<p>{text}</p>",
        url=f"{author.url}/{number}",
        visibility=fields.pop("visibility", Visibility.PUBLIC),
        hashtags=fields.pop(
            "hashtags",
            tuple(w[1:].casefold().strip(".,!?") for w in text.split() if w.startswith("#")),
        ),
        media=tuple(
            HeardMedia(kind=MediaKind.IMAGE, url=f"{HOST}/media/{number}-{n}.jpg", alt_text=alt)
            for n, alt in enumerate(photos)
        ),
        **fields,
    )


def said(
    text: str = "Hello",
    *,
    on: Connection,
    via: Sighting.Via = Sighting.Via.MENTION,
    now: datetime = NOON,
    **fields,
) -> Post:
    """A post heard on a connection and recorded, as the ear does: never before it was said."""
    heard = heard_post(text, **fields)
    record_posts(on, [heard], via=via, now=max(now, heard.created_at))
    return Post.objects.get(uri=heard.uri)

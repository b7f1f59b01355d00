"""Connecting an account of ours on a server: the token is checked before anything is kept."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from microblog.accounts import record_accounts
from microblog.credentials import Secret
from microblog.gateways.mastodon import MastodonGateway
from microblog.models import Account, Connection
from microblog.networks import Network
from microblog.timeline.identity import open_practice_account

PRACTICE_NAME = "practice"
PRACTICE_HANDLE = "envol"


def connect_mastodon(
    server_url: str, *, token: str, name: str, language: str, now: datetime
) -> Connection:
    """Ask the server who this token speaks for, and keep both. Connecting again renews the token.

    Raises Unauthorised for a wrong token, Never for an address that may not be reached, TryAgain or
    NotBefore where the server doesn't answer now.
    """
    server_url = server_url.rstrip("/")
    gateway = MastodonGateway(
        server_url,
        token,
        request_timeout=settings.GATEWAY_TIMEOUT,
        allow_private=settings.ALLOW_PRIVATE_ADDRESSES,
    )
    person, limits = gateway.verify(), gateway.limits()
    with transaction.atomic():
        draft = Connection(network=Network.MASTODON, server_url=server_url)
        account = record_accounts(draft, [person], now=now)[person.uri]
        connection, _made = Connection.objects.update_or_create(
            server_url=server_url,
            account=account,
            defaults={
                "network": Network.MASTODON,
                "account_remote_id": person.remote_id,
                "token": Secret(token),
                "language": language,
                "character_limit": limits.characters,
                "is_enabled": True,
                "failures": 0,
                "last_error": "",
                "not_before": None,
            },
            create_defaults={
                "network": Network.MASTODON,
                "name": name,
                "account_remote_id": person.remote_id,
                "token": Secret(token),
                "language": language,
                "character_limit": limits.characters,
            },
        )
    return connection


@transaction.atomic
def connect_practice(*, language: str = "fr", character_limit: int = 500) -> Connection:
    """The site's own voice on the practice timeline; made once."""
    known = Connection.objects.filter(network=Network.PRACTICE).first()
    if known:
        return known
    account = Account.objects.practice().filter(handle=PRACTICE_HANDLE).first()
    account = account or open_practice_account(
        None, handle=PRACTICE_HANDLE, display_name="Envol", is_bot=True
    )
    return Connection.objects.create(
        name=PRACTICE_NAME,
        network=Network.PRACTICE,
        server_url=settings.BASE_URL,
        account=account,
        language=language,
        character_limit=character_limit,
    )

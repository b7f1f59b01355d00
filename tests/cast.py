"""The cast: nia is new, tomas helps, olga organises, rex is a stranger on another server."""

from datetime import datetime

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext

from microblog.models import Account, Connection
from microblog.networks import Network
from tests.builders import NOON, a_user


@pytest.fixture
def now() -> datetime:
    return NOON


@pytest.fixture
def nia(db):
    return a_user("nia")


@pytest.fixture
def tomas(db):
    user = a_user("tomas")
    user.groups.add(Group.objects.get_or_create(name="Tutors")[0])
    return user


@pytest.fixture
def olga(db):
    """An organiser; for now with every right."""
    return a_user("olga", is_staff=True, is_superuser=True)


@pytest.fixture
def rex(db):
    return "rex"


@pytest.fixture
def rex_account(db) -> Account:
    return Account.objects.create(
        network=Network.MASTODON,
        uri="https://social.example/users/rex",
        handle="rex@social.example",
        display_name="Rex",
    )


@pytest.fixture
def practice(db) -> Connection:
    """The site's own connection to the practice timeline; the bot is @envol."""
    account = Account.objects.create(
        network=Network.PRACTICE,
        uri="https://envol.example/@envol",
        handle="envol",
        display_name="Envol",
        is_bot=True,
    )
    return Connection.objects.create(
        name="practice",
        network=Network.PRACTICE,
        server_url="https://envol.example",
        account=account,
    )


@pytest.fixture
def count_queries(db):
    """How many queries a call makes."""

    def count(call) -> int:
        with CaptureQueriesContext(connection) as captured:
            call()
        return len(captured)

    return count

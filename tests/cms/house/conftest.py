from collections.abc import Iterator

import pytest
from django.db import transaction

from community.models import User
from tests.builders import a_user
from tests.cms.conftest import anew
from tests.cms.house.building import Rooms, furnish


@pytest.fixture(scope="module")
def furnished(built, django_db_blocker) -> Iterator[Rooms]:
    """For all tests of a module, as the house itself."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield furnish(built, a_user("nia").participant)
        transaction.set_rollback(True)


@pytest.fixture
def nia(furnished, db) -> User:
    """Who wrote the article, and of whom the portrait is."""
    return User.objects.get(username="nia")


@pytest.fixture
def rooms(furnished, house) -> Rooms:
    """A page of every kind."""
    return Rooms(*map(anew, vars(furnished).values()))

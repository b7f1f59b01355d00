import pytest

from community.models import User
from tests.builders import a_user
from tests.cms.conftest import anew
from tests.cms.house.building import Rooms, furnish


@pytest.fixture(scope="module")
def furnished(built, shared_rows) -> Rooms:
    """For all tests of a module, as the house itself."""
    return furnish(built, a_user("nia").participant)


@pytest.fixture
def nia(furnished, db) -> User:
    """Who wrote the article, and of whom the portrait is."""
    return User.objects.get(username="nia")


@pytest.fixture
def rooms(furnished, house) -> Rooms:
    """A page of every kind."""
    return Rooms(*map(anew, vars(furnished).values()))

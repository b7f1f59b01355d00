import pytest

from tests.cms.house.building import Rooms, furnish


@pytest.fixture
def rooms(house, nia) -> Rooms:
    """A page of every kind; the article and the portrait are nia's."""
    return furnish(house, nia.participant)

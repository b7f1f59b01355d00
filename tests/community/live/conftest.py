import pytest


@pytest.fixture(autouse=True)
def every_look_is_anew(settings):
    """Nobody shares a look at the rows unless a test says so."""
    settings.LIVE_ROOM_FRESH = 0

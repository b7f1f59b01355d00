import pytest
from django.core.cache import cache

from tests.builders import a_connection


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """Pictures of one test are not another's."""
    settings.MEDIA_ROOT = tmp_path / "media"
    cache.clear()  # Wagtail remembers cut pictures there


@pytest.fixture
def connection(db):
    return a_connection("social")

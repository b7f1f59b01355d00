import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def nothing_remembered():
    """Pages, menus and renditions are cached by ids that a rolled-back test gives again."""
    cache.clear()

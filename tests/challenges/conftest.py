import pytest
from django.core.cache import cache
from django.utils import translation


@pytest.fixture(autouse=True)
def nothing_remembered():
    """Pages, menus and renditions are cached by ids that a rolled-back test gives again."""
    cache.clear()


@pytest.fixture
def in_english():
    """For what is said outside of any page: errors, warnings, summaries."""
    with translation.override("en"):
        yield

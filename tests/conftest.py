"""What every test may ask for: a migrated database, a moment in time, and the cast."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from tests.builders import begin_to_count
from tests.cast import (  # noqa: F401 - fixtures
    count_queries,
    nia,
    now,
    olga,
    practice,
    rex,
    rex_account,
    tomas,
)
from tests.database import django_db_setup, pytest_runtest_teardown  # noqa: F401 - fixture, hook


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """Rows of another test may have had the same ids."""
    begin_to_count()
    yield
    cache.clear()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Those that start servers take longest: one worker begins with them, the other goes on."""
    items.sort(key=lambda item: "services" not in item.path.parts)

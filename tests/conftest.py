"""What every test may ask for: a migrated database, a moment in time, and the cast."""

import gc
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from hypothesis import HealthCheck, settings

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
from tests.database import (  # noqa: F401 - fixtures, hook
    django_db_setup,
    pytest_runtest_teardown,
    shared_rows,
)

settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """Rows of another test may have had the same ids."""
    begin_to_count()
    yield
    cache.clear()


ORDER = (
    "services/test_same_on_postgresql",
    "services/",
    "cms/test_load_demo",
    "cms/test_demo_",
    "",
    "browser/test_pages",
    "browser/",
)
"""Longest first, so that at the end no worker waits for the other. Browsers come last: their loop
would be in the way of plain tests."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_place)


def pytest_collection_finish() -> None:
    """The collector took a tenth of the time, a third when migrating: what is loaded by now stays
    and needn't be looked through again and again, and memory is no worry."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


def _place(item: pytest.Item) -> int:
    path = item.path.as_posix()
    return ORDER.index(max((part for part in ORDER if f"/tests/{part}" in path), key=len))

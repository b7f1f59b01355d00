from types import SimpleNamespace

import pytest

from tests.moocs.building import Mooc, another, the_first


@pytest.fixture(scope="module")
def founded(shared_rows) -> list[Mooc]:
    """Two for all tests of a module."""
    return [the_first(), another()]


@pytest.fixture
def two(founded, db) -> SimpleNamespace:
    """`two.a` is the default site's, `two.b` the other one."""
    a, b = (mooc.anew() for mooc in founded)
    return SimpleNamespace(a=a, b=b)

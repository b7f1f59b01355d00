from types import SimpleNamespace

import pytest

from tests.moocs.building import another, the_first


@pytest.fixture
def two(db):
    """`two.a` is the default site's, `two.b` the other one."""
    return SimpleNamespace(a=the_first(), b=another())

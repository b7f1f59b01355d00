from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.db import transaction

from tests.moocs.building import Mooc, another, the_first


@pytest.fixture(scope="module")
def founded(django_db_setup, django_db_blocker) -> Iterator[list[Mooc]]:
    """Two for all tests of a module; each test takes back what it changes."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield [the_first(), another()]
        transaction.set_rollback(True)


@pytest.fixture
def two(founded, db) -> SimpleNamespace:
    """`two.a` is the default site's, `two.b` the other one."""
    a, b = (mooc.anew() for mooc in founded)
    return SimpleNamespace(a=a, b=b)

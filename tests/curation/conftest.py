"""What every test of curation may ask for."""

from collections.abc import Iterator

import pytest

from curation.web import spoken_by
from tests.curation.web import FakeWeb


@pytest.fixture
def web() -> Iterator[FakeWeb]:
    """The whole web, silent until told what to say."""
    told = FakeWeb()
    with spoken_by(told):
        yield told

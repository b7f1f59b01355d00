"""One harness for each network that we speak."""

from collections.abc import Iterator

import pytest

from tests.contracts.harness import HARNESSES, NEEDS_DATABASE, Harness


@pytest.fixture(params=sorted(HARNESSES))
def harness(request: pytest.FixtureRequest) -> Iterator[Harness]:
    if request.param in NEEDS_DATABASE:
        request.getfixturevalue("db")
    with HARNESSES[request.param]() as harness:
        yield harness

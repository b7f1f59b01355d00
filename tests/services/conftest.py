"""The servers, started once a run. Where one is missing, its tests are skipped; under
ENVOL_REQUIRE_SERVICES they fail."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from config.env import flag
from tests.services.servers import Missing, Postgres, Redis


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    yield from _serve(Postgres)


@pytest.fixture(scope="session")
def redis() -> Iterator[Redis]:
    yield from _serve(Redis)


def _serve(server: Callable[[Path], Any]) -> Iterator[Any]:
    # Not pytest's own folder: another user must be able to enter it.
    folder = Path(tempfile.mkdtemp(prefix="envol-services-"))
    try:
        running = server(folder)
    except Missing as missing:
        os.rmdir(folder)
        if flag("ENVOL_REQUIRE_SERVICES", default=False):
            pytest.fail(f"{missing}, and ENVOL_REQUIRE_SERVICES is set")
        pytest.skip(str(missing))
    yield running
    running.stop()
    shutil.rmtree(folder)

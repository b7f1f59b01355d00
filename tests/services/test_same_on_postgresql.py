"""The pipeline's own tests, on PostgreSQL."""

import subprocess
import sys

import pytest
from django.conf import settings

from tests.services.servers import environment

SUITE = (
    "tests/microblog",
    "tests/community",
    "tests/challenges/screening",
    "tests/challenges/judging",
    "tests/challenges/crediting",
    "tests/challenges/feedback",
    "tests/challenges/test_launching.py",
    "tests/badges",
    "tests/services/test_indexes.py",
    "tests/services/test_two_workers.py",
    "tests/services/test_two_tutors.py",
)
LEFT_OUT = ("--ignore=tests/microblog/gateways", "-k", "not 20000")
"""What asks no database, and the long histories: counting queries is the same everywhere."""


@pytest.mark.services
def test_the_suite_passes_there_too(postgres):
    command = [sys.executable, "-m", "pytest", "-q", "--tb=short", "-p", "no:cacheprovider"]
    run = subprocess.run(  # noqa: S603 - pytest itself
        [*command, *LEFT_OUT, *SUITE],
        cwd=settings.ROOT,
        env=environment(DATABASE_URL=postgres.url),
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-2000:]

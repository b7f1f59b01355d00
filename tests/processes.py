"""Processes of their own beside a test, on its database: forked from one in which Django was
started once a run, so that each is ready at once."""

import gc
import multiprocessing
import os
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from threading import Barrier
from typing import TypeVar

import django
from django.apps import apps
from django.conf import settings
from django.db import connection, connections
from django.urls import reverse
from django.utils.translation import override

T = TypeVar("T")
LONGEST = 180  # seconds, for a busy machine
FORKED = multiprocessing.get_context("forkserver")
FORKED.set_forkserver_preload(["pytest", __name__, "tests.journeys.loop"])


def _get_ready() -> None:
    """What any process has read after its first minute; nothing that depends on the database."""
    django.setup()
    for language, _name in settings.LANGUAGES:
        with override(language):
            reverse("microblog:home_timeline")
    gc.freeze()  # what never goes is never looked through


if not apps.ready:  # in the process from which the others are forked
    _get_ready()


def enter(database: str) -> None:
    connections.close_all()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = database


def at_once(*calls: Callable[[], T]) -> list[T]:
    """What these calls return, begun at the same moment, each in a process of its own. Raises what
    they raise; none of them may complain of anything."""
    database = str(connection.settings_dict["NAME"])
    connection.close()
    start = FORKED.Barrier(len(calls))
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        logs = [folder / str(number) for number, _call in enumerate(calls)]
        pools = [
            stack.enter_context(ProcessPoolExecutor(1, FORKED, _begin, (database, start, str(log))))
            for log in logs
        ]
        answers = [pool.submit(call) for pool, call in zip(pools, calls, strict=True)]
        told = [answer.result(LONGEST) for answer in answers]
        complaints = "".join(log.read_text() for log in logs)
    assert "Traceback" not in complaints, complaints
    return told


def _begin(database: str, start: Barrier, log: str) -> None:
    with open(log, "wb") as file:
        os.dup2(file.fileno(), 2)
    enter(database)
    start.wait(LONGEST)

"""Wakes a step early, after the commit. A doorbell carries no fact: the beat delivers the same
result without it."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial

from django.db import transaction
from kombu.exceptions import OperationalError

from microblog.tasks import run_step

logger = logging.getLogger(__name__)
_is_silent = ContextVar("is_silent", default=False)


@contextmanager
def silence() -> Iterator[None]:
    """For whoever writes much and runs the steps itself: inside, no bell rings."""
    before = _is_silent.set(True)
    try:
        yield
    finally:
        _is_silent.reset(before)


def ring(step: str) -> None:
    """Wake `step` once this transaction is committed; at once outside of one."""
    if _is_silent.get():
        return
    transaction.on_commit(partial(_send, step), robust=True)


def _send(step: str) -> None:
    try:
        run_step.apply_async([step], expires=60, retry=False)
    except (OperationalError, OSError) as error:
        # The row is written; the beat will find it.
        logger.warning("The doorbell of %r was not heard: %s", step, error)

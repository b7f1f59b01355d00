"""A process that is killed on purpose: it drains the pipeline and dies by SIGKILL just before its
n-th deed (a statement that writes, or a request to a server)."""

import http.client
import os
import signal
from datetime import datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from django.db import connection

from tests.journeys import loop
from tests.processes import FORKED, enter

WRITES = ("INSERT", "UPDATE", "DELETE", "COMMIT", "BEGIN", "SAVEPOINT", "RELEASE")


class Fate:
    """Counts deeds, and ends the process before the one that was ordered."""

    def __init__(self, kill_at: int) -> None:
        self.kill_at, self.deeds = kill_at, 0

    def deed(self) -> None:
        self.deeds += 1
        if self.deeds == self.kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def statement(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith(WRITES):
            self.deed()
        return execute(sql, params, many, context)

    def watch_requests(self) -> None:
        """Before the request leaves, and again when its answer is there: what a server did may
        stay unknown to us."""
        ask, answer = http.client.HTTPConnection.request, http.client.HTTPConnection.getresponse

        def request(this: Any, *args: Any, **kwargs: Any) -> Any:
            self.deed()
            return ask(this, *args, **kwargs)

        def getresponse(this: Any, *args: Any, **kwargs: Any) -> Any:
            found = answer(this, *args, **kwargs)
            self.deed()
            return found

        http.client.HTTPConnection.request = request  # type: ignore[method-assign]
        http.client.HTTPConnection.getresponse = getresponse  # type: ignore[method-assign]


def drain(database: Path, now: datetime, *, kill_at: int = 0) -> int | None:
    """In a process of its own; 0 lets it live. How many deeds it did, None if it was killed."""
    told, tell = FORKED.Pipe(duplex=False)
    process = FORKED.Process(target=_live, args=(str(database), now, kill_at, tell))
    process.start()
    tell.close()
    process.join()
    if process.exitcode == -signal.SIGKILL:
        return None
    assert process.exitcode == 0, "the pipeline itself broke, see standard error"
    deeds: int = told.recv()
    return deeds


def _live(database: str, now: datetime, kill_at: int, tell: Connection) -> None:
    fate = Fate(kill_at)
    enter(database)
    fate.watch_requests()
    with connection.execute_wrapper(fate.statement):
        loop.drain(now)
    connection.close()
    tell.send(fate.deeds)

"""A process that is killed on purpose: `python -m tests.journeys.zygote`.

Reads orders on standard input, one JSON object a line: {"database": path, "now": ISO time,
"kill_at": n}. For each it forks a child that drains the pipeline on that database and dies by
SIGKILL just before its n-th deed (a statement that writes, or a request to a server); 0 lets it
live. Answers a line: {"killed": bool, "deeds": n}. Forking spares Django's start each time.
"""

import http.client
import json
import os
import signal
import sys
from datetime import datetime
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402 - Django is set up first
from django.db import connection, connections  # noqa: E402

from tests.journeys import loop  # noqa: E402

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


def live(order: dict[str, Any], report: int) -> None:
    fate = Fate(order["kill_at"])
    connections.close_all()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = order["database"]
    fate.watch_requests()
    with connection.execute_wrapper(fate.statement):
        loop.drain(datetime.fromisoformat(order["now"]))
    connection.close()
    os.write(report, str(fate.deeds).encode())


def obey(order: dict[str, Any]) -> dict[str, Any]:
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read_end)
        try:
            live(order, write_end)
        except BaseException as error:  # noqa: BLE001 - told to the test, which then fails
            sys.stderr.write(f"{type(error).__name__}: {error}\n")
            os._exit(1)
        os._exit(0)
    os.close(write_end)
    deeds = os.read(read_end, 100)
    os.close(read_end)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        return {"killed": False, "deeds": 0, "broken": True}
    return {"killed": os.WIFSIGNALED(status), "deeds": int(deeds or 0), "broken": False}


if __name__ == "__main__":
    for line in sys.stdin:
        sys.stdout.write(json.dumps(obey(json.loads(line))) + "\n")
        sys.stdout.flush()

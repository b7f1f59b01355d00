"""Servers for one test run: started on a free port of this machine, with nothing kept, ended by
their process."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings

PATIENCE = 60  # seconds, for a busy machine; what is there is never waited for
BETWEEN_LOOKS = 0.1  # seconds
BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


class Missing(Exception):
    """The service isn't installed on this machine; the message names it."""


def wait_until(happens: Callable[[], Any], *, what: str, patience: float = PATIENCE) -> Any:
    """What `happens` returns once that is true. Raises AssertionError, naming `what`."""
    deadline = time.monotonic() + patience
    while not (found := happens()):
        assert time.monotonic() < deadline, f"waited {patience} s in vain: {what}"
        time.sleep(BETWEEN_LOOKS)
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def find(program: str) -> str:
    """Raises Missing."""
    folders = [os.environ.get("PATH", ""), *map(str, reversed(BINARIES))]
    found = shutil.which(program, path=os.pathsep.join(folders))
    if found is None:
        raise Missing(f"{program} is not installed")
    return found


class _Server:
    _process: subprocess.Popen[bytes]
    STOP = signal.SIGTERM

    def stop(self) -> None:
        self._process.send_signal(self.STOP)
        self._process.wait(PATIENCE)

    def _start(self, command: list[str], folder: Path, port: int, **more: Any) -> None:
        with (folder / "log").open("wb") as log:
            self._process = subprocess.Popen(  # noqa: S603 - a server that we found
                command, stdout=log, stderr=subprocess.STDOUT, cwd=folder, **more
            )
        name = Path(command[0]).name
        wait_until(lambda: self._alive(folder) and listens(port), what=f"{name} listens")

    def _alive(self, folder: Path) -> bool:
        assert self._process.poll() is None, (folder / "log").read_text()
        return True


class Postgres(_Server):
    """Raises Missing. It refuses to run as root: then it runs as its own user."""

    STOP = signal.SIGINT  # ends the connections first
    HASTY = (
        *("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=40"),
        *("wal_level=minimal", "max_wal_senders=0", "autovacuum=off", "jit=off"),
    )
    """Nothing outlives the run; tests that ask for plans count their rows by themselves."""

    def __init__(self, folder: Path) -> None:
        initdb, postgres, port = find("initdb"), find("postgres"), free_port()
        owner: dict[str, Any] = {}
        if os.geteuid() == 0:
            owner = {"user": "postgres", "group": "postgres", "extra_groups": []}
            shutil.chown(folder, "postgres", "postgres")
        data = folder / "data"
        subprocess.run(  # noqa: S603 - as above
            [initdb, "--pgdata", data, "--auth", "trust", "--username", "envol", "--no-sync"]
            + ["--encoding", "UTF8", "--locale", "C.UTF-8"],
            check=True,
            capture_output=True,
            cwd=folder,
            **owner,
        )
        here = ("listen_addresses=127.0.0.1", f"port={port}", f"unix_socket_directories={folder}")
        flags = [part for option in (*here, *self.HASTY) for part in ("-c", option)]
        self._start([postgres, "-D", str(data), *flags], folder, port, **owner)
        self.url = f"postgres://envol@127.0.0.1:{port}/postgres"


class Redis(_Server):
    """Raises Missing. Keeps nothing on disk."""

    def __init__(self, folder: Path) -> None:
        port = free_port()
        nothing_kept = ["--save", "", "--appendonly", "no"]
        command = [find("redis-server"), "--bind", "127.0.0.1", "--port", str(port), *nothing_kept]
        self._start(command, folder, port)
        self.url = f"redis://127.0.0.1:{port}"


def environment(**values: str) -> dict[str, str]:
    """This run's environment without what the test settings put in it, and with these values."""
    own = {"SECRET_KEY", "CREDENTIALS_KEY", "BASE_URL", "DJANGO_SETTINGS_MODULE", "ENVOL_STATE"}
    own.add("DJANGO_ALLOW_ASYNC_UNSAFE")  # of the browser tests
    kept = {name: value for name, value in os.environ.items() if name not in own}
    return {**kept, "PYTHONPATH": str(settings.ROOT), **values}

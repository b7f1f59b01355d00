"""All processes of `make run`, started by the Procfile itself, in a state folder of their own."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
from django.conf import settings

from tests.services.servers import PATIENCE, environment, free_port, wait_until

LEASES = {"GATEWAY_TIMEOUT": "5", "OUTBOX_LEASE": "15", "ISSUE_LEASE": "15"}
"""Seconds: what a killed worker held is free again well within the tests' patience."""
HONCHO = str(Path(sys.executable).parent / "honcho")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


class Stack:
    """`start()` and `stop()`; `pids()` are those of every process below the foreground one."""

    def __init__(self, state: Path, **env: str) -> None:
        self.state, self._port = state, free_port()
        self.url = f"http://127.0.0.1:{self._port}"
        self._env = environment(ENVOL_STATE=str(state), PORT=str(self._port), **LEASES, **env)
        self._starts = 0

    def start(self) -> None:
        self._starts += 1
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(  # noqa: S603 - as `make run` does
                [HONCHO, "--no-colour", "start"],
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=settings.ROOT,
                env=self._env,
            )
        wait_until(self._answers, what="the site answers")
        wait_until(lambda: "ready" in self.told(), what="the worker is ready")

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        if self._process.poll() is None:
            self._process.send_signal(how)
        self._process.wait(PATIENCE)

    @property
    def is_running(self) -> bool:
        return self._process.poll() is None

    def told(self) -> str:
        return self._log.read_text(errors="replace")

    def pids(self, words: str = "") -> list[int]:
        """Processes below the foreground one, oldest first, whose command holds these words."""
        found = {self._process.pid}
        for process in sorted(_processes(), key=lambda one: one.pid):
            if process.parent in found:
                found.add(process.pid)
        return [
            process.pid
            for process in sorted(_processes(), key=lambda one: one.pid)
            if process.pid in found - {self._process.pid} and words in process.command
        ]

    def visitor(self) -> "Visitor":
        return Visitor(self.url)

    @property
    def _log(self) -> Path:
        return self.state / f"log-{self._starts}"

    def _answers(self) -> bool:
        assert self.is_running, self.told()
        try:
            return httpx.get(f"{self.url}/en/timeline/", follow_redirects=True).is_success
        except httpx.TransportError:
            return False


class Process:
    def __init__(self, folder: Path) -> None:
        self.pid = int(folder.name)
        state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
        self.parent, self.is_dead = int(parent), state == "Z"
        self.command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()


def _processes() -> Iterator[Process]:
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            yield Process(folder)
        except (FileNotFoundError, ProcessLookupError):
            continue  # it ended while we looked


def alive(pids: list[int]) -> list[int]:
    return [one.pid for one in _processes() if one.pid in pids and not one.is_dead]


class Visitor:
    """Somebody with a browser that shows nothing."""

    def __init__(self, url: str) -> None:
        self._client = httpx.Client(base_url=url, follow_redirects=True, timeout=PATIENCE)

    def read(self, path: str) -> str:
        return self._client.get(path).raise_for_status().text

    def send(self, path: str, **fields: str) -> str:
        token = TOKEN.search(self.read(path))
        assert token, f"no form at {path}"
        sent = self._client.post(path, data={"csrfmiddlewaretoken": token[1], **fields})
        return sent.raise_for_status().text

    def sign_up(self, handle: str) -> None:
        self.send("/en/accounts/signup/", username=handle, password1="nuage-tasse-velo")
        assert "sessionid" in self._client.cookies, "signing up logs in"

    def write(self, text: str, *, reply_to: int) -> None:
        self.send("/en/timeline/write/", text=text, reply_to=str(reply_to), visibility="public")

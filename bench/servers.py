"""Programs that run beside a benchmark, on loopback only; each is ended by whoever began it."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.stage import ROOT

PATIENCE = 60  # seconds until a program must answer
STEP = 0.02  # seconds between two looks


@contextmanager
def running(command: list[str], **settings: str) -> Iterator[None]:
    process = subprocess.Popen(  # noqa: S603 - our own programs
        command, cwd=ROOT, env={**os.environ, **settings}, stdout=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def web(application: str = "config.wsgi", **settings: str) -> Iterator[int]:
    """As `make run` serves it: two processes of four threads. Yields the port.

    Loaded before the port is opened, so that no visitor waits for a process to begin.
    """
    port = free_port()
    command = [*_python("gunicorn"), application, "--bind", f"127.0.0.1:{port}"]
    command += ["--workers", "2", "--threads", "4", "--preload", "--log-level", "warning"]
    with running(command, **settings):
        wait_for(port)
        yield port


@contextmanager
def worker() -> Iterator[None]:
    """As `make run` starts it; no beat, so that doorbells alone wake it."""
    quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    command = [*_python("celery"), "-A", "config", "worker", "--loglevel", "WARNING"]
    with running([*command, "--concurrency", "2", *quiet]):
        yield


def has_redis() -> bool:
    return shutil.which("redis-server") is not None


@contextmanager
def redis(folder: Path) -> Iterator[str]:
    """An empty Redis that keeps nothing; yields its address."""
    port = free_port()
    command = [shutil.which("redis-server") or "redis-server", "--port", str(port)]
    command += ["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", str(folder)]
    with running(command):
        wait_for(port)
        yield f"redis://127.0.0.1:{port}/0"


def _python(module: str) -> list[str]:
    return [sys.executable, "-m", module]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(port: int) -> None:
    """Raises TimeoutError."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(STEP)
    raise TimeoutError(f"nothing answers on port {port}")

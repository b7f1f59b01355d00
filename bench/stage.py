"""Throwaway installations: a loaded demo, made once for its content, and copied for each
subject."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from bench.databases import a_database

ROOT = Path(__file__).resolve().parent.parent
CONTENT = (
    *("config", "cms", "challenges", "badges", "curation", "community", "microblog", "rulebook"),
    *("templates", "manage.py"),
)
"""What the loaded demo depends on."""

Environment = Mapping[str, str]


def environment(state: Path, database: str) -> dict[str, str]:
    """Everything that a developer's own environment or .env file could say is said here."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "ENVOL_STATE": str(state),
        "DATABASE_URL": database,
        "CACHE_URL": f"filecache://{state / 'cache'}?max_entries=5000",
        "CELERY_BROKER_URL": "filesystem://localhost",
        "EMAIL_URL": "dummymail://",
        "BASE_URL": "http://127.0.0.1:8000",
        "ALLOWED_HOSTS": "127.0.0.1",
        "SECRET_KEY": "only-for-benchmarks-" + "x" * 40,
        "CREDENTIALS_KEY": "only-for-benchmarks-" + "y" * 40,
        "ALLOW_PRIVATE_ADDRESSES": "no",
        "DEBUG": "no",
        "LOG_LEVEL": "WARNING",
        "TIME_ZONE": "Europe/Brussels",
    }


class Stage:
    """Hands out copies of the demo, each with its own state folder and database."""

    def __init__(self, scratch: Path, *, server: str, demo: Path, database: str) -> None:
        self._scratch, self._server = scratch, server
        self._demo, self._database = demo, database

    @contextmanager
    def copy(self, name: str) -> Iterator[Environment]:
        state = self._scratch / name
        shutil.copytree(self._demo, state, ignore=shutil.ignore_patterns("broker", "cache"))
        (state / "static").mkdir(exist_ok=True)
        with a_database(state, server=self._server, like=self._database) as database:
            yield environment(state, database)
        shutil.rmtree(state)


@contextmanager
def set_stage(*, server: str = "") -> Iterator[Stage]:
    """`server`: the address of a PostgreSQL server; "" is SQLite, whose demo is kept for the next
    run."""
    with tempfile.TemporaryDirectory(prefix="envol-bench-") as folder:
        scratch = Path(folder)
        if not server:
            yield Stage(scratch, server="", demo=_kept_demo(), database="")
            return
        demo = scratch / "demo"
        demo.mkdir()
        with a_database(demo, server=server) as database:
            _load(environment(demo, database))
            yield Stage(scratch, server=server, demo=demo, database=database)


def _kept_demo() -> Path:
    """In the temporary folder, under the fingerprint of its content; moved into place, so that runs
    may race."""
    shelf = Path(tempfile.gettempdir()) / f"envol-bench-demo-{os.getuid()}"
    shelf.mkdir(mode=0o700, exist_ok=True)
    if shelf.stat().st_uid != os.getuid():
        raise PermissionError(f"{shelf} belongs to somebody else")
    demo = shelf / _fingerprint()
    if not demo.exists():
        draft = Path(tempfile.mkdtemp(prefix="draft-", dir=shelf))
        try:
            _load(environment(draft, f"sqlite:///{draft / 'envol.sqlite3'}"))
            _keep_only(shelf, draft)
            with suppress(FileExistsError):
                draft.rename(demo)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    return demo


def _keep_only(shelf: Path, draft: Path) -> None:
    """Demos of content that has changed since go; drafts belong to runs at this moment."""
    for old in shelf.iterdir():
        if old != draft and not old.name.startswith("draft-"):
            shutil.rmtree(old, ignore_errors=True)


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for name in CONTENT:
        for path in sorted([ROOT / name, *(ROOT / name).rglob("*")]):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _load(settings: Environment) -> None:
    for command in (["migrate", "--verbosity", "0"], ["load_demo", "--with-people"]):
        subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=dict(settings),
            stdout=subprocess.DEVNULL,
            check=True,
            timeout=240,
        )

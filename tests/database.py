"""A migrated database, made once per set of migrations and copied for every run: migrating takes
20 s. On SQLite it is a file, on PostgreSQL a template database."""

import hashlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, suppress
from functools import cached_property
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import ProgrammingError, connection, connections, transaction
from django.db.backends.base.creation import TEST_DATABASE_PREFIX
from django.db.migrations.loader import MigrationLoader
from pytest_django.plugin import blocking_manager_key

from cms import roles


def _fingerprint() -> str:
    """Changes whenever any migration file does, or the rights that follow on them."""
    digest = hashlib.sha256(Path(roles.__file__).read_bytes())
    loader = MigrationLoader(None, ignore_no_migrations=True)
    for key in sorted(loader.disk_migrations):
        module = type(loader.disk_migrations[key]).__module__
        path = Path(__import__(module, fromlist=["_"]).__file__ or "")
        digest.update(f"{key}".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


class _File:
    """SQLite: the migrated file waits in the temporary folder, whoever runs the tests."""

    def __init__(self, scratch: Path) -> None:
        self._copy = scratch / "test.sqlite3"

    def begin(self) -> None:
        shutil.copyfile(self._template, self._copy)
        _point_at(str(self._copy))

    def restore(self) -> None:
        with closing(sqlite3.connect(self._template)) as source:
            connections["default"].ensure_connection()
            source.backup(connections["default"].connection)
        connections["default"].close()

    def end(self) -> None:
        connection.close()

    @cached_property
    def _template(self) -> Path:
        """Moved into place, so that runs may race."""
        folder = Path(tempfile.gettempdir()) / f"envol-test-databases-{os.getuid()}"
        folder.mkdir(mode=0o700, exist_ok=True)
        template = folder / f"{_fingerprint()}.sqlite3"
        if not template.exists():
            draft = folder / f"draft-{os.getpid()}.sqlite3"
            _point_at(str(draft))
            call_command("migrate", verbosity=0, interactive=False)
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.close()
            draft.rename(template)
        return template


class _Server:
    """PostgreSQL: the migrated database waits on the server; it is renamed into place."""

    def __init__(self) -> None:
        self._home = connection.settings_dict["NAME"]
        self._name = f"{TEST_DATABASE_PREFIX}envol_{os.getpid()}"
        self._template = f"{TEST_DATABASE_PREFIX}envol_{_fingerprint()}"

    def begin(self) -> None:
        if not self._ask("SELECT 1 FROM pg_database WHERE datname = %s", self._template):
            self._migrate()
        self._order(f"CREATE DATABASE {self._name} TEMPLATE {self._template}")
        _point_at(self._name)

    def restore(self) -> None:
        self.end()
        self._order(f"CREATE DATABASE {self._name} TEMPLATE {self._template}")
        _point_at(self._name)

    def end(self) -> None:
        _point_at(self._home)
        self._order(f"DROP DATABASE {self._name} WITH (FORCE)")

    def _migrate(self) -> None:
        self._order(f"CREATE DATABASE {self._name}")
        _point_at(self._name)
        call_command("migrate", verbosity=0, interactive=False)
        _point_at(self._home)
        with suppress(ProgrammingError):  # another run was faster
            self._order(f"ALTER DATABASE {self._name} RENAME TO {self._template}")
            return
        self._order(f"DROP DATABASE {self._name}")

    def _ask(self, question: str, *params: object) -> object:
        with connection._nodb_cursor() as cursor:
            cursor.execute(question, params)
            return cursor.fetchone()

    def _order(self, order: str) -> None:
        with connection._nodb_cursor() as cursor:
            cursor.execute(order)


def _point_at(name: str) -> None:
    connections["default"].close()
    settings.DATABASES["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name


DATABASE = pytest.StashKey[_File | _Server]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item):
    """A test that really commits ends with every table emptied, also of what migrations wrote: put
    that back for whichever test comes next."""
    result = yield
    marker = item.get_closest_marker("django_db")
    if marker and marker.kwargs.get("transaction") and DATABASE in item.config.stash:
        with item.config.stash[blocking_manager_key].unblock():
            item.config.stash[DATABASE].restore()
    return result


@pytest.fixture(scope="session")
def django_db_setup(request, django_test_environment, django_db_blocker, tmp_path_factory):
    """In place of pytest-django's own, which would migrate for every run."""
    with django_db_blocker.unblock():
        on_file = connection.vendor == "sqlite"
        database = _File(tmp_path_factory.mktemp("database")) if on_file else _Server()
        database.begin()
    request.config.stash[DATABASE] = database
    yield
    del request.config.stash[DATABASE]
    with django_db_blocker.unblock():
        database.end()


@pytest.fixture(scope="module")
def shared_rows(django_db_setup, django_db_blocker) -> Iterator[None]:
    """For fixtures of a module: what they write stands for all its tests, each of which takes back
    what it changes, and is gone after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)

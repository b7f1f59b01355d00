"""A migrated SQLite database, made once per set of migrations and copied for every run: migrating
takes 20 s."""

import hashlib
import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.db.backends.base.creation import TEST_DATABASE_PREFIX
from django.db.migrations.loader import MigrationLoader
from pytest_django.plugin import blocking_manager_key


def _fingerprint() -> str:
    """Changes whenever any migration file does."""
    digest = hashlib.sha256()
    loader = MigrationLoader(None, ignore_no_migrations=True)
    for key in sorted(loader.disk_migrations):
        module = type(loader.disk_migrations[key]).__module__
        path = Path(__import__(module, fromlist=["_"]).__file__ or "")
        digest.update(f"{key}".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


@cache
def _template() -> Path:
    """The migrated database of these migrations; moved into place, so that runs may race."""
    folder = Path(tempfile.gettempdir()) / f"envol-test-databases-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    template = folder / f"{_fingerprint()}.sqlite3"
    if not template.exists():
        draft = folder / f"draft-{os.getpid()}.sqlite3"
        _point_at(draft)
        call_command("migrate", verbosity=0, interactive=False)
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        draft.rename(template)
    return template


def _point_at(path: Path) -> None:
    connections["default"].close()
    settings.DATABASES["default"]["NAME"] = str(path)
    connection.settings_dict["NAME"] = str(path)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item):
    """A test that really commits ends with every table emptied, also of what migrations wrote: put
    that back for whichever test comes next."""
    result = yield
    marker = item.get_closest_marker("django_db")
    if marker and marker.kwargs.get("transaction") and connection.vendor == "sqlite":
        blocker = item.config.stash[blocking_manager_key]
        with blocker.unblock(), closing(sqlite3.connect(_template())) as source:
            connections["default"].ensure_connection()
            source.backup(connections["default"].connection)
            connections["default"].close()
    return result


@pytest.fixture(scope="session")
def django_db_setup(request, django_test_environment, django_db_blocker, tmp_path_factory):
    """SQLite: copy the migrated template. PostgreSQL: pytest-django's own test database."""
    if connection.vendor != "sqlite":
        with django_db_blocker.unblock():
            name = f"{TEST_DATABASE_PREFIX}envol_{os.getpid()}"
            connection.creation._get_test_db_name = lambda: name
            old = connection.settings_dict["NAME"]
            connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        yield
        with django_db_blocker.unblock():
            connection.creation.destroy_test_db(old, verbosity=0)
        return
    with django_db_blocker.unblock():
        copy = tmp_path_factory.mktemp("database") / "test.sqlite3"
        shutil.copyfile(_template(), copy)
        _point_at(copy)
    yield
    with django_db_blocker.unblock():
        connection.close()

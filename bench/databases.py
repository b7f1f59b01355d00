"""Throwaway databases: a file beside the state, or a new one on the server of DATABASE_URL."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

SERVERS = {"postgres", "postgresql", "pgsql"}


def server_of(url: str) -> str:
    """The address if it leads to a PostgreSQL server, else "": a SQLite file is somebody's own."""
    return url if urlsplit(url).scheme in SERVERS else ""


@contextmanager
def a_database(state: Path, *, server: str, like: str = "") -> Iterator[str]:
    """Yields its address; gone afterwards. `like`: the address of a database to copy (a SQLite file
    is copied with its state)."""
    if not server:
        yield f"sqlite:///{state / 'envol.sqlite3'}"
        return
    name = f"envol_bench_{secrets.token_hex(4)}"
    template = sql.Identifier(_name(like) if like else "template1")
    create = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), template)
    drop = sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
    _tell(server, create)
    try:
        yield _at(server, name)
    finally:
        _tell(server, drop)


def _name(url: str) -> str:
    return urlsplit(url).path.lstrip("/")


def _at(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(scheme="postgresql", path=f"/{name}"))


def _tell(server: str, sentence: sql.Composed) -> None:
    with psycopg.connect(_at(server, "postgres"), autocommit=True) as connection:
        connection.execute(sentence)

"""Lets SQLite take batches whole: Django cuts them at 999 values, the library takes far more."""

import sqlite3
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.dispatch import receiver


@receiver(connection_created)
def take_batches_whole(connection: BaseDatabaseWrapper, **_kwargs: Any) -> None:
    """Otherwise the number of queries for a batch would grow with the batch."""
    if connection.vendor == "sqlite":
        limit = connection.connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER)
        connection.features.max_query_params = limit

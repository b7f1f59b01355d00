"""Many rows, each with values of its own, in one statement."""

from collections.abc import Iterable, Sequence

from django.db.models import Model


def write_over(rows: Sequence[Model], fields: Iterable[str]) -> None:
    """These fields of rows that are there: to be called with whole rows, and with their locks, for
    a row that was deleted meanwhile would come back. Ten times cheaper than bulk_update, which
    builds a case for each field of each row."""
    if rows:
        type(rows[0])._default_manager.bulk_create(
            rows, update_conflicts=True, unique_fields=["pk"], update_fields=[*fields]
        )

"""Many rows, each with values of its own, in one statement."""

from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models import Model


def write_over(rows: Sequence[Model], fields: Iterable[str]) -> None:
    """These fields of rows that are there, as they are in memory; a row that was deleted meanwhile
    stays deleted. Many times cheaper than bulk_update, which builds a case for each field of each
    row."""
    if not rows:
        return
    meta, quote = rows[0]._meta, connection.ops.quote_name
    columns = {field.name: field for field in meta.concrete_fields}
    written = [columns[name] for name in fields]
    key = next(quote(str(field.column)) for field in meta.concrete_fields if field.primary_key)
    values = ", ".join(f"{quote(str(field.column))} = %s" for field in written)
    statement = f"UPDATE {quote(meta.db_table)} SET {values} WHERE {key} = %s"  # noqa: S608 - names of our own
    told = [
        [
            *(field.get_db_prep_save(getattr(row, field.attname), connection) for field in written),
            row.pk,
        ]
        for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(statement, told)

"""Words in the search are bare. Where this Envol bares them differently than the one that wrote
them (œ is oe today), they are written anew, batch by batch, whenever a step has nothing else to
do."""

from collections.abc import Callable

from django.db import transaction

from community.moocs import FOLDING
from curation.models import Folding

Renew = Callable[[int], int | None]
"""Has a batch after this number written anew; the last number of it, None where there was none."""


@transaction.atomic
def renew_words(table: str, renew: Renew) -> bool:
    """One batch; False once all are as they should be. What isn't known was written before anybody
    took note."""
    Folding.objects.get_or_create(table=table, defaults={"version": 0})
    found = Folding.objects.select_for_update(skip_locked=True).exclude(version=FOLDING)
    row = found.filter(table=table).first()
    if row is None:
        return False
    reached = renew(row.reached)
    if reached is None:
        row.version, row.reached = FOLDING, 0
    else:
        row.reached = reached
    row.save(update_fields=["version", "reached"])
    return reached is not None

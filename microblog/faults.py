"""What a connection's faults mean for it: how long it rests, and what organisers are told."""

import logging
from datetime import datetime

from django.db.models import F

from microblog.gateways.base import GatewayError, NotBefore, TryAgain, Unauthorised
from microblog.models import Connection
from microblog.pauses import TOKEN_PAUSE, after_fault

logger = logging.getLogger(__name__)

PATIENCE = 3  # faults in a row before the whole connection rests, and not its one stream alone


def note_fault(connection: Connection, error: GatewayError, *, now: datetime) -> None:
    """Keep the error for `status` and the desk; rest as long as the server, or its silence, asks
    for."""
    logger.warning("%s: %s", connection.name, error)
    connection.failures += 1
    rest = None
    if isinstance(error, NotBefore):
        rest = max(error.when, now)
    elif isinstance(error, Unauthorised):
        rest = now + TOKEN_PAUSE
    elif isinstance(error, TryAgain) and connection.failures >= PATIENCE:
        rest = now + after_fault(connection.failures - PATIENCE + 1)
    Connection.objects.filter(pk=connection.pk).update(
        failures=F("failures") + 1,
        last_error=str(error)[:2000],
        last_error_at=now,
        not_before=rest,
    )


def note_success(
    connection: Connection, *, heard_at: datetime | None = None, said_at: datetime | None = None
) -> None:
    """A call went well: faults in a row begin again at zero."""
    fields: dict[str, object] = {"failures": 0, "not_before": None}
    if heard_at:
        fields["last_heard_at"] = heard_at
    if said_at:
        fields["last_spoke_at"] = said_at
    Connection.objects.filter(pk=connection.pk).update(**fields)

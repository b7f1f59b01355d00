"""What operators are told about connections and steps, as plain values."""

from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q

from microblog.models import Connection
from microblog.steps import all_steps


def connection_states(now: datetime) -> list[dict[str, Any]]:
    """One dictionary a connection: name, network, account, times, last_error, waiting, trouble."""
    unsaid = Q(outbox__given_up_at=None) & ~Q(outbox__said_version=F("outbox__version"))
    rows = Connection.objects.select_related("account").annotate(
        waiting=Count("outbox", filter=unsaid)
    )
    return [
        {
            "name": row.name,
            "network": row.network,
            "server": row.server_url,
            "account": row.account.handle,
            "enabled": row.is_enabled,
            "last_heard_at": row.last_heard_at,
            "last_spoke_at": row.last_spoke_at,
            "last_error": row.last_error,
            "last_error_at": row.last_error_at,
            "rests_until": row.not_before if row.not_before and row.not_before > now else None,
            "waiting": row.waiting,
            "trouble": row.is_enabled and row.failures > 0,
        }
        for row in rows
    ]


def step_states(now: datetime) -> list[dict[str, Any]]:
    """One dictionary a step: name, waiting (rows), oldest (since when, or None)."""
    states = []
    for step in all_steps():
        backlog = step.backlog(now)
        states.append({"name": step.name, "waiting": backlog.count, "oldest": backlog.oldest})
    return states

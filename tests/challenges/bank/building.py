"""Queues as an organiser would make them; everything that isn't said is ordinary."""

from datetime import date, datetime, time, timedelta
from typing import Any

from challenges.bank.queueing import add_to_queue
from challenges.bank.steering import reschedule
from challenges.models import BankSchedule, Launch
from tests.builders import NOON

MORNING = NOON - timedelta(hours=4)
"""Ten o'clock in Paris on Monday the 4th of May 2026."""


def a_queue(name: str = "Riddles", *pages: Any, now: datetime = NOON, **fields: Any):
    """Every day at ten in Paris, from the next time on."""
    usual = {"every": "days", "hour": time(10), "starts_on": date(2026, 1, 1), "low_stock": 0}
    fields = usual | fields
    where = fields.pop("connections", [])
    queue = BankSchedule.objects.create(name=name, **fields)
    queue.connections.set(where)
    add_to_queue(queue, pages, by=None)
    reschedule([queue], now=now)
    return BankSchedule.objects.get(pk=queue.pk)


def launches() -> list[tuple[str, str]]:
    """What was planned or launched: when, and what."""
    rows = Launch.objects.select_related("challenge").order_by("due_at", "pk")
    return [(f"{row.due_at:%m-%d %H:%M}", row.challenge.title) for row in rows]

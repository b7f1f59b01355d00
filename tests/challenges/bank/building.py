"""Queues as an organiser would make them; everything that isn't said is ordinary."""

from datetime import date, datetime, time, timedelta
from typing import Any

from challenges.bank.planning import plan_launches
from challenges.bank.queueing import add_to_queue
from challenges.bank.steering import reschedule
from challenges.models import BankSchedule, Launch
from tests.builders import NOON

TEN = NOON + timedelta(hours=20)
"""Ten o'clock in Paris on Tuesday the 5th of May 2026, the day after NOON."""


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


def run(now: datetime, **more: Any) -> None:
    """What the workers do at that moment."""
    while plan_launches(now, **more):
        pass

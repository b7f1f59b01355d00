"""How the connections and the pipeline are."""

import json
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from microblog.status import connection_states, step_states


class Command(BaseCommand):
    help = (
        "Per connection: last heard, last spoke, errors. Per step: rows waiting, and since when. "
        "Exit code 1 if a connection is in trouble."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="report as JSON on standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        connections, steps = connection_states(now), step_states(now)
        if options["json"]:
            report = {"at": now, "connections": connections, "steps": steps}
            self.stdout.write(json.dumps(report, default=datetime.isoformat))
        else:
            self._table(connections, steps, now)
        if any(state["trouble"] for state in connections):
            raise SystemExit(1)

    def _table(
        self, connections: list[dict[str, Any]], steps: list[dict[str, Any]], now: datetime
    ) -> None:
        for state in connections:
            mark = self.style.ERROR("trouble") if state["trouble"] else self.style.SUCCESS("well")
            self.stdout.write(
                f"{state['name']:<16} {mark:<8} heard {_ago(state['last_heard_at'], now)}, "
                f"spoke {_ago(state['last_spoke_at'], now)}, {state['waiting']} to say"
            )
            if state["trouble"]:
                self.stdout.write(f"{'':<16} {state['last_error']}")
        if not connections:
            self.stdout.write("No connection yet: see `manage.py connect --help`.")
        self.stdout.write("")
        for state in steps:
            since = f"oldest {_ago(state['oldest'], now)}" if state["oldest"] else ""
            self.stdout.write(f"{state['name']:<16} {state['waiting']:>6} waiting  {since}")


def _ago(moment: datetime | None, now: datetime) -> str:
    if moment is None:
        return "never"
    seconds = max(int((now - moment).total_seconds()), 0)
    for unit, length in (("d", 86400), ("h", 3600), ("min", 60)):
        if seconds >= length:
            return f"{seconds // length} {unit} ago"
    return f"{seconds} s ago"

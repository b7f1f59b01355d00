"""manage.py launch SLUG: say a challenge on the networks."""

import json
from argparse import ArgumentParser
from datetime import datetime
from difflib import get_close_matches
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from challenges.launching import LaunchRefused, latest_round, launch_challenge
from challenges.models import ChallengePage, Launch
from microblog.models import Connection


class Command(BaseCommand):
    help = (
        "Launch a challenge, on all connections in use or on some; once, however often it is asked."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="the page's slug, in any of its languages")
        parser.add_argument(
            "--on",
            action="append",
            metavar="CONNECTION",
            help="a connection's name; may be repeated",
        )
        parser.add_argument(
            "--at", metavar="TIME", help="when (ISO 8601), for example 2026-09-01T18:00"
        )
        parser.add_argument(
            "--again", action="store_true", help="one more round, after earlier ones"
        )
        parser.add_argument("--json", action="store_true", help="report as JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        page = _page(options["slug"])
        if latest_round(page) and not options["again"]:
            self.stderr.write("It was launched before; --again says it once more.")
        try:
            launch = launch_challenge(
                page,
                by=None,
                connections=_connections(options["on"]),
                at=_moment(options["at"]),
                again=options["again"],
                now=timezone.now(),
            )
        except LaunchRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        report = _report(launch, page)
        self.stdout.write(json.dumps(report, indent=2) if options["json"] else _sentence(report))


def _page(slug: str) -> ChallengePage:
    """Raises CommandError for a slug of no challenge, or of several."""
    pages = list(ChallengePage.objects.filter(slug=slug).select_related("locale").order_by("pk"))
    keys = {page.translation_key for page in pages}
    if len(keys) > 1:
        raise CommandError(f"Several challenges have the slug {slug!r}: change one of them.")
    if not pages:
        known = sorted(set(ChallengePage.objects.values_list("slug", flat=True)))
        near = get_close_matches(slug, known, n=3) or known[:20]
        hint = f" Perhaps: {', '.join(near)}." if near else " There is no challenge yet."
        raise CommandError(f"No challenge has the slug {slug!r}.{hint}")
    live = [page for page in pages if page.live]
    return (live or pages)[0].specific


def _connections(names: list[str] | None) -> list[Connection] | None:
    """Raises CommandError for a name of no connection."""
    if not names:
        return None
    known = {connection.name: connection for connection in Connection.objects.all()}
    unknown = [name for name in names if name not in known]
    if unknown:
        there = ", ".join(sorted(known)) or "none yet"
        raise CommandError(f"No connection is called {', '.join(unknown)}. There are: {there}.")
    return [known[name] for name in dict.fromkeys(names)]


def _moment(text: str | None) -> datetime | None:
    """Raises CommandError for what is no time; without an offset it is the site's time."""
    if not text:
        return None
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None:
        raise CommandError(f"{text!r} is no time: write it like 2026-09-01T18:00.")
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment


def _report(launch: Launch, page: ChallengePage) -> dict[str, Any]:
    return {
        "challenge": page.slug,
        "title": page.title,
        "round": launch.round,
        "due_at": launch.due_at.isoformat(),
        "connections": [connection.name for connection in launch.connections.all()] or "all in use",
        "promised": launch.promised_at is not None,
    }


def _sentence(report: dict[str, Any]) -> str:
    where = report["connections"]
    return "“{title}”, round {round}: {state} on {where}.".format(
        title=report["title"],
        round=report["round"],
        state="in the outbox" if report["promised"] else f"due {report['due_at']}",
        where=where if isinstance(where, str) else ", ".join(where),
    )

"""`manage.py add_mooc`: one more MOOC on this installation."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.http.request import validate_host

from cms.founding import HTTPS, CannotFound, found_mooc
from microblog.models import Connection


class Command(BaseCommand):
    help = (
        "Makes another MOOC: a Wagtail site at its own host name, a home page and empty rooms in "
        "every language (copies of the first MOOC's), and its settings. Nothing of the first MOOC "
        "changes."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("hostname", help="Such as mooc.example.org, without https://.")
        parser.add_argument("--name", required=True)
        parser.add_argument("--hashtags", required=True, help="Without #, separated by spaces.")
        parser.add_argument("--port", type=int, default=HTTPS)
        parser.add_argument(
            "--on",
            nargs="*",
            default=[],
            metavar="CONNECTION",
            help="Names of the connections on which its bot speaks; none: all that are in use.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        known = {one.name: one for one in Connection.objects.filter(name__in=options["on"])}
        if unknown := [name for name in options["on"] if name not in known]:
            raise CommandError(f"There is no connection named {', '.join(unknown)}.")
        try:
            site = found_mooc(
                hostname=options["hostname"],
                name=options["name"],
                hashtags=options["hashtags"],
                port=options["port"],
                networks=list(known.values()),
            )
        except CannotFound as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{options['name']} is at {site.root_url}")
        if not validate_host(site.hostname, settings.ALLOWED_HOSTS):
            self.stdout.write(
                self.style.WARNING(f"Add {site.hostname} to ALLOWED_HOSTS, and restart.")
            )

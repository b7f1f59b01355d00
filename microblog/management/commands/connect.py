"""Gives the site a voice and an ear on a server."""

import getpass
import sys
from typing import Any
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.text import slugify

from microblog.connecting import connect_mastodon, connect_practice
from microblog.gateways.base import GatewayError, Unauthorised
from microblog.models import Connection
from microblog.networks import Network


class Command(BaseCommand):
    help = (
        "Connects an account of yours on a server: checks the token, stores it encrypted, and says "
        "which account will speak. Running it again renews the token."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("network", choices=Network.values)
        parser.add_argument("server_url", nargs="?", default="", help="https://social.example")
        parser.add_argument(
            "--token",
            default="",
            help='an access token with the scopes "read write"; "-" reads it from standard input, '
            "without it you are asked (both keep it out of your shell's history)",
        )
        parser.add_argument("--name", default="", help="how lists and commands call it")
        parser.add_argument("--language", default="fr", choices=["fr", "en"])

    def handle(self, *args: Any, **options: Any) -> None:
        if options["network"] == Network.PRACTICE:
            connection = connect_practice(language=options["language"])
        else:
            connection = self._connect(options)
        self.stdout.write(
            self.style.SUCCESS(f"{connection.name}: {connection.account} will speak and listen.")
        )

    def _connect(self, options: dict[str, Any]) -> Connection:
        if not options["server_url"]:
            raise CommandError(
                "Which server? For instance: connect mastodon https://social.example"
            )
        try:
            return connect_mastodon(
                options["server_url"],
                token=_token(options["token"]),
                name=options["name"] or slugify(urlsplit(options["server_url"]).hostname or ""),
                language=options["language"],
                now=timezone.now(),
            )
        except Unauthorised as error:
            raise CommandError(
                f"The server doesn't accept this token ({error}). Make a new one in its settings, "
                'under "Development", with the scopes read and write.'
            ) from error
        except GatewayError as error:
            raise CommandError(f"Not connected: {error}") from error


def _token(given: str) -> str:
    if given == "-":
        return sys.stdin.readline().strip()
    return given or getpass.getpass("Token: ").strip()

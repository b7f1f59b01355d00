"""Three real servers as they were recorded, each behind a gateway."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from microblog.gateways.base import Gateway
from microblog.gateways.mastodon import MastodonGateway
from tests.fakes.replay import ReplayServer, recorded

RECORDED_AT = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)
TAG = "/api/v1/timelines/tag/photodevinette"
NOTIFICATIONS = "/api/v1/notifications"


@dataclass
class Recording:
    """One server's recorded answers, replayed, and a gateway to it."""

    name: str
    server: ReplayServer
    gateway: Gateway

    def raw(self, name: str) -> Any:
        return recorded(self.name, name)

    def id_of(self, name: str) -> str:
        """The id by which the recorded request asked, of a recorded post."""
        return str(self.raw(name)["id"])

    def post(self, name: str):
        """A recorded post, fetched through the gateway."""
        return self.gateway.fetch_post(self.id_of(name))


@contextmanager
def replayed(name: str) -> Iterator[Recording]:
    with ReplayServer(name) as server:
        gateway = MastodonGateway(
            server.url,
            "a token",
            domain=f"{name}.example",
            allow_private=True,
            clock=lambda: RECORDED_AT,
        )
        yield Recording(name, server, gateway)

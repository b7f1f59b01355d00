"""What the contract needs of a network: its gateway, and people who do things in their own app.

A new network enters with one class like `MastodonHarness` and one line in `HARNESSES`; then the
whole suite runs over it. People are of the cast ("nia", "tomas", "olga", "rex"); posts are named by
their uri.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

from microblog.gateways.base import Gateway, Visibility
from microblog.gateways.mastodon import open_gateway
from tests.contracts.practice import practice
from tests.fakes.mastodon_server import MastodonServer
from tests.fakes.mastodon_world import Said, picture

_VISIBILITIES = {
    Visibility.PUBLIC: "public",
    Visibility.UNLISTED: "unlisted",
    Visibility.FOLLOWERS: "private",
    Visibility.DIRECT: "direct",
}


class Harness(Protocol):
    """`bot` is the name by which people mention the account of `gateway`."""

    gateway: Gateway
    bot: str

    def says(
        self,
        name: str,
        text: str,
        *,
        reply_to: str = "",
        alt_texts: Sequence[str] = (),
        visibility: Visibility = Visibility.PUBLIC,
    ) -> str:
        """Returns the uri of the new post."""
        ...

    def edits(self, name: str, uri: str, text: str) -> None: ...

    def deletes(self, name: str, uri: str) -> None: ...

    def favourites(self, name: str, uri: str) -> None: ...

    def boosts(self, name: str, uri: str) -> None: ...

    def follows(self, name: str) -> None:
        """They follow the account of the gateway."""
        ...

    def remote_id(self, uri: str) -> str:
        """What the server calls this post."""
        ...


class MastodonHarness:
    """The gateway over HTTP, and the pretended server's own people."""

    bot = "envol"

    def __init__(self, server: MastodonServer) -> None:
        self.server = server
        self.gateway: Gateway = open_gateway(server.url, server.token, allow_private=True)

    def says(
        self,
        name: str,
        text: str,
        *,
        reply_to: str = "",
        alt_texts: Sequence[str] = (),
        visibility: Visibility = Visibility.PUBLIC,
    ) -> str:
        said = self.server.people[name].say(
            text,
            media=[picture(alt_text) for alt_text in alt_texts],
            parent=self._said(reply_to) if reply_to else None,
            visibility=_VISIBILITIES[visibility],
        )
        return said.uri

    def edits(self, name: str, uri: str, text: str) -> None:
        self.server.people[name].edit(self._said(uri), text)

    def deletes(self, name: str, uri: str) -> None:
        self.server.people[name].delete(self._said(uri))

    def favourites(self, name: str, uri: str) -> None:
        self.server.people[name].favourite(self._said(uri))

    def boosts(self, name: str, uri: str) -> None:
        self.server.people[name].boost(self._said(uri))

    def follows(self, name: str) -> None:
        self.server.people[name].follow()

    def remote_id(self, uri: str) -> str:
        return self._said(uri).id

    def _said(self, uri: str) -> Said:
        return next(said for said in self.server.world.said if said.uri == uri)


@contextmanager
def mastodon() -> Iterator[Harness]:
    with MastodonServer() as server:
        yield MastodonHarness(server)


HARNESSES: dict[str, Callable[[], AbstractContextManager[Harness]]] = {
    "mastodon": mastodon,
    "practice": practice,
}
"""By name of the network. A harness that keeps rows adds its name to `NEEDS_DATABASE`."""

NEEDS_DATABASE = frozenset({"practice"})

"""A web that tells stories: what each address says, when it moves, how it fails; and what it was
asked. Stands in for the wire (`spoken_by`)."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from curation.asks import Ask, Hop
from curation.faults import FetchFault, TooLarge, UnknownName


@dataclass(frozen=True, slots=True)
class Asked:
    method: str
    url: str
    headers: Mapping[str, str]
    content: bytes = b""


Key = TypeVar("Key")
Teller = Callable[[Asked], Hop]


@dataclass
class FakeWeb:
    """An address that nobody spoke of is an unknown name; a path of a known server is a 404."""

    asked: list[Asked] = field(default_factory=list)
    _tellers: dict[str, Teller] = field(default_factory=dict)

    def says(
        self,
        url: str,
        body: str | bytes = b"",
        *,
        status: int = 200,
        media_type: str = "text/html; charset=utf-8",
        **headers: str,
    ) -> None:
        """Headers by name with _ for -: `etag='"1"'`, `retry_after="60"`. An etag or last_modified
        that the asker knows is answered with 304."""
        content = body.encode() if isinstance(body, str) else body
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        named["content-type"] = media_type

        def tell(asked: Asked) -> Hop:
            if status == 200 and _is_known(asked, named):
                return Hop(304, named, b"")
            return Hop(status, named, content)

        self._tellers[url] = tell

    def moves(self, url: str, to: str, *, status: int = 301) -> None:
        self._tellers[url] = lambda _asked: Hop(status, {"location": to}, b"")

    def fails(self, url: str, fault: FetchFault) -> None:
        def tell(_asked: Asked) -> Hop:
            raise fault

        self._tellers[url] = tell

    def tells(self, url: str, teller: Teller) -> None:
        self._tellers[url] = teller

    def ask_all(self, asks: Iterable[tuple[Key, Ask]]) -> Iterator[tuple[Key, Hop | FetchFault]]:
        for key, ask in asks:
            try:
                yield key, self._answer(ask)
            except FetchFault as fault:
                yield key, fault

    def _answer(self, ask: Ask) -> Hop:
        asked = Asked(ask.method, ask.url, ask.headers, ask.content or b"")
        self.asked.append(asked)
        if ask.url not in self._tellers:
            if not any(known.startswith(_server(ask.url)) for known in self._tellers):
                raise UnknownName(f"{ask.url} is not found")
            return Hop(404, {"content-type": "text/html"}, b"not here")
        hop = self._tellers[ask.url](asked)
        if len(hop.body) > ask.most_bytes:
            raise TooLarge(f"more than {ask.most_bytes} bytes")
        return hop

    def addresses(self) -> list[str]:
        return [asked.url for asked in self.asked]


def _is_known(asked: Asked, headers: Mapping[str, str]) -> bool:
    if "etag" in headers and asked.headers.get("if-none-match") == headers["etag"]:
        return True
    since = asked.headers.get("if-modified-since")
    return "last-modified" in headers and since == headers["last-modified"]


def _server(url: str) -> str:
    return "/".join(url.split("/")[:3]) + "/"

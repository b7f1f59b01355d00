"""A server that answers as three real ones did: the answers in tests/payloads, over real HTTP."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from tests.fakes.wire import Answer, LocalServer, Request

PAYLOADS = Path(__file__).resolve().parents[1] / "payloads"


def recorded(server: str, name: str) -> Any:
    """A recorded answer's JSON, by server and name without ".json"."""
    return json.loads((PAYLOADS / server / f"{name}.json").read_text())


class ReplayServer(LocalServer):
    """Answers every recorded request of one server (`gotosocial`, `takahe`, `snac`) as that server
    did.

    Of a request recorded several times the first counts; `show` puts another in its place.
    Lists are served page by page, by `max_id`, as `pages` lays them out. All else is 404, as the
    server says it.
    """

    def __init__(self, server: str) -> None:
        super().__init__()
        self.server = server
        self._index: Mapping[str, Mapping[str, Any]] = recorded(server, "_requests")
        self._pages: dict[str, list[list[Any]]] = {}
        self._answers: dict[str, Answer] = {}
        for path in sorted((PAYLOADS / server).glob("[0-9]*.json")):
            self._learn(path.stem)

    def show(self, name: str, *, on: str = "") -> None:
        """From now on the request of this recording (or the request line `on`) gets this answer."""
        self._answers[on or self._line(name)] = self._answer_of(name)

    def pages(self, path: str, *names: str) -> None:
        """A list that is read from page to page; after the last comes an empty one."""
        self._pages[path] = [recorded(self.server, name) for name in names]

    def list_ids(self, path: str) -> list[str]:
        return [entry["id"] for page in self._pages[path] for entry in page]

    def target_of(self, name: str) -> str:
        """The id in the path of a recorded request."""
        return self._line(name).removesuffix("/context").rpartition("/")[2]

    def answer(self, request: Request) -> Answer:
        path = unquote(request.path)
        if request.method == "GET" and path in self._pages:
            return Answer(body=json.dumps(self._page(path, request.asked("max_id"))).encode())
        found = self._answers.get(f"{request.method} {path}")
        return found or self._answer_of("19_error_404_endpoint")

    def _page(self, path: str, below: str) -> Sequence[Any]:
        pages = self._pages[path]
        if not below:
            return pages[0] if pages else []
        for number, page in enumerate(pages[:-1]):
            if page and below == page[-1]["id"]:
                return pages[number + 1]
        return []

    def _learn(self, name: str) -> None:
        """Good single answers are what the server says; lists and errors wait to be asked for."""
        line = self._line(name)
        body = recorded(self.server, name)
        is_envelope = bool(self._index[f"{name}.json"].get("envelope"))
        if name.startswith("13_deleted_get") or (isinstance(body, Mapping) and not is_envelope):
            self._answers.setdefault(line, self._answer_of(name))

    def _line(self, name: str) -> str:
        """ "GET /api/v1/statuses/1": without the query, decoded."""
        method, _, target = self._index[f"{name}.json"]["request"].partition(" ")
        return f"{method} {unquote(urlsplit(target).path)}"

    def _answer_of(self, name: str) -> Answer:
        body = recorded(self.server, name)
        if not self._index[f"{name}.json"].get("envelope"):
            return Answer(body=json.dumps(body).encode())
        if "body_text" in body:
            text, kind = (body["body_text"] or "").encode(), "text/html; charset=utf-8"
        else:
            text, kind = json.dumps(body["body"]).encode(), "application/json"
        kept = {
            header: value
            for header, value in body["headers"].items()
            if header.startswith(("x-ratelimit", "retry-after", "date"))
        }
        return Answer(body["status"], text, {"Content-Type": kind, **kept})

"""A tiny Mastodon-API server with a memory: what is posted to it stays, and test people answer by
stories.

    with MastodonServer() as server:
        gateway = open_gateway(server.url, server.token, allow_private=True)
        riddle = gateway.publish(Draft(key="1", text="Où suis-je ? #photoDevinette"))
        server.people["nia"].reply(to=server.find(riddle.remote_id), text="Dans un phare ?")

It ignores Idempotency-Key, as the servers that we know do, unless `honours_keys`.
"""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import unquote

from tests.fakes.mastodon_json import (
    VISIBLE_LENGTH,
    show_account,
    show_instance,
    show_media,
    show_notification,
    show_status,
)
from tests.fakes.mastodon_world import Person, Picture, Said, World
from tests.fakes.wire import Answer, LocalServer, Request

Action = Callable[["MastodonServer", Request, str], Any]


class Refusal(Exception):
    """An answer other than 200."""

    def __init__(self, status: int, error: str) -> None:
        super().__init__(error)
        self.answer = Answer(status, json.dumps({"error": error}).encode())


class MastodonServer(LocalServer):
    """`people`, `say`, `said_by_bot` and `find` tell and ask stories; the rest is HTTP."""

    token = "the-bot-of-this-test"

    def __init__(
        self,
        *,
        clock: Callable[[], datetime] | None = None,
        honours_keys: bool = False,
        replies_in_tags: bool = True,
        forgets_unknown_parents: bool = False,
    ) -> None:
        super().__init__()
        self.world = World(self.url, clock=clock)
        self.honours_keys = honours_keys
        self.replies_in_tags = replies_in_tags
        self.forgets_unknown_parents = forgets_unknown_parents

    @property
    def people(self) -> dict[str, Person]:
        return self.world.people

    @property
    def said_by_bot(self) -> list[Said]:
        return self.world.said_by_bot

    def say(self, name: str, text: str, **details: Any) -> Said:
        return self.people[name].say(text, **details)

    def find(self, remote_id: str) -> Said:
        """A post that is there. Raises LookupError."""
        said = self.world.find(remote_id)
        if said is None:
            raise LookupError(f"nothing is said under {remote_id}")
        return said

    def show(self, said: Said) -> dict[str, Any]:
        """A post in the JSON of the API."""
        return show_status(said)

    def answer(self, request: Request) -> Answer:
        if request.headers.get("authorization") != f"Bearer {self.token}":
            return Refusal(401, "The access token is invalid").answer
        for method, pattern, action in _ROUTES:
            found = re.fullmatch(pattern, unquote(request.path))
            if found and method == request.method:
                try:
                    return Answer(
                        body=json.dumps(action(self, request, "".join(found.groups()))).encode()
                    )
                except Refusal as refusal:
                    return refusal.answer
        return Refusal(404, "Not found").answer

    def visible(self, remote_id: str) -> Said:
        said = self.world.find(remote_id)
        if said is None:
            raise Refusal(404, "Record not found")
        return said

    def mine(self, remote_id: str) -> Said:
        said = self.visible(remote_id)
        if said.author is not self.world.bot:
            raise Refusal(403, "This action is not allowed")
        return said


def _page(request: Request, entries: Iterable[Any]) -> list[Any]:
    """Newest first, by max_id, since_id or min_id, at most `limit`."""
    below, above = request.asked("max_id"), request.asked("since_id") or request.asked("min_id")
    kept = [
        entry
        for entry in entries
        if (not below or int(entry.id) < int(below)) and (not above or int(entry.id) > int(above))
    ]
    kept.sort(key=lambda entry: int(entry.id), reverse=True)
    limit = min(int(request.asked("limit", "20")), 40)
    return kept[-limit:] if request.asked("min_id") else kept[:limit]


def _who(server: MastodonServer, request: Request, _: str) -> Any:
    return show_account(server.world.bot)


def _instance(server: MastodonServer, request: Request, _: str) -> Any:
    return show_instance(server.url)


def _notifications(server: MastodonServer, request: Request, _: str) -> Any:
    wanted = request.query.get("types[]")
    told = [
        notification
        for notification in server.world.notifications
        if (not wanted or notification.kind in wanted)
        and not (notification.said and notification.said.is_deleted)
    ]
    return [show_notification(notification) for notification in _page(request, told)]


def _tag(server: MastodonServer, request: Request, tag: str) -> Any:
    tagged = [
        said
        for said in server.world.alive()
        if tag.lower() in said.hashtags
        and said.visibility == "public"
        and (server.replies_in_tags or said.parent is None)
    ]
    return [show_status(said) for said in _page(request, tagged)]


def _status(server: MastodonServer, request: Request, remote_id: str) -> Any:
    return show_status(server.visible(remote_id))


def _context(server: MastodonServer, request: Request, remote_id: str) -> Any:
    below = server.world.below(server.visible(remote_id))
    return {"ancestors": [], "descendants": [show_status(said) for said in below]}


def _statuses_of(server: MastodonServer, request: Request, account_id: str) -> Any:
    theirs = [said for said in server.world.alive() if said.author.id == account_id]
    if request.asked("exclude_reblogs"):
        theirs = [said for said in theirs if said.boosts is None]
    return [show_status(said) for said in _page(request, theirs)]


def _search(server: MastodonServer, request: Request, _: str) -> Any:
    wanted = request.asked("q").rstrip("/")
    found = [said for said in server.world.alive() if wanted in (said.uri, said.url)]
    return {"accounts": [], "hashtags": [], "statuses": [show_status(said) for said in found]}


def _publish(server: MastodonServer, request: Request, _: str) -> Any:
    form, world = request.form, server.world
    key = request.headers.get("idempotency-key", "")
    if server.honours_keys and key:
        for said in server.said_by_bot:
            if said.key == key:
                return show_status(said)
    pictures = _pictures(server, form.all("media_ids"))
    text = form.get("status")
    if not text and not pictures:
        raise Refusal(422, "Validation failed: Text can't be blank")
    if len(text) > VISIBLE_LENGTH:
        raise Refusal(422, "Validation failed: Text character limit of 500 exceeded")
    parent = None
    if form.get("in_reply_to_id"):
        parent = world.find(form.get("in_reply_to_id"))
        if parent is None and not server.forgets_unknown_parents:
            raise Refusal(404, "The post you are trying to reply to does not appear to exist.")
    said = world.add(
        world.bot,
        text,
        media=pictures,
        parent=parent,
        visibility=form.get("visibility", "unlisted"),
        warning=form.get("spoiler_text"),
        language=form.get("language", "en"),
        key=key,
    )
    return show_status(said)


def _edit(server: MastodonServer, request: Request, remote_id: str) -> Any:
    said, form = server.mine(remote_id), request.form
    said.author.edit(said, form.get("status"))
    said.warning = form.get("spoiler_text")
    said.media = _pictures(server, form.all("media_ids"))
    return show_status(said)


def _delete(server: MastodonServer, request: Request, remote_id: str) -> Any:
    said = server.mine(remote_id)
    said.is_deleted = True
    return show_status(said)


def _upload(server: MastodonServer, request: Request, _: str) -> Any:
    form = request.form
    upload = form.files.get("file")
    if upload is None:
        raise Refusal(422, "Validation failed: File can't be blank")
    kept = server.world.keep(
        Picture(form.get("description"), content=upload.content, mime_type=upload.mime_type)
    )
    return show_media(kept, server.url)


def _media(server: MastodonServer, request: Request, media_id: str) -> Any:
    return show_media(_pictures(server, [media_id])[0], server.url)


def _pictures(server: MastodonServer, ids: Sequence[str]) -> list[Picture]:
    if any(media_id not in server.world.pictures for media_id in ids):
        raise Refusal(422, "Validation failed: Media not found")
    return [server.world.pictures[media_id] for media_id in ids]


_ROUTES: tuple[tuple[str, str, Action], ...] = (
    ("GET", r"/api/v1/accounts/verify_credentials", _who),
    ("GET", r"/api/v[12]/instance", _instance),
    ("GET", r"/api/v1/notifications", _notifications),
    ("GET", r"/api/v1/timelines/tag/([^/]+)", _tag),
    ("GET", r"/api/v1/statuses/(\w+)", _status),
    ("GET", r"/api/v1/statuses/(\w+)/context", _context),
    ("GET", r"/api/v1/accounts/(\w+)/statuses", _statuses_of),
    ("GET", r"/api/v2/search", _search),
    ("POST", r"/api/v1/statuses", _publish),
    ("PUT", r"/api/v1/statuses/(\w+)", _edit),
    ("DELETE", r"/api/v1/statuses/(\w+)", _delete),
    ("POST", r"/api/v2/media", _upload),
    ("GET", r"/api/v1/media/(\w+)", _media),
)

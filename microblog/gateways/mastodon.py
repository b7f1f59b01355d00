"""The gateway to every server that speaks the Mastodon client API."""

import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, unquote, urlsplit

from microblog.gateways.addresses import parse_address
from microblog.gateways.base import (
    Draft,
    Gone,
    Heard,
    HeardAccount,
    HeardPost,
    Limits,
    Never,
    TryAgain,
)
from microblog.gateways.mastodon_client import Client, Clock
from microblog.gateways.mastodon_json import as_mapping, text_of
from microblog.gateways.mastodon_pages import (
    PAGE_SIZE,
    FetchPage,
    Page,
    Position,
    Walk,
    as_page,
    walk,
)
from microblog.gateways.mastodon_publish import delete_post, edit_post, publish_post
from microblog.gateways.mastodon_threads import fetch_descendants
from microblog.gateways.mastodon_values import (
    Home,
    Unreadable,
    parse_account,
    parse_limits,
    parse_post,
    parse_posts,
    parse_reactions,
)

_HEARD = ["mention", "favourite", "reblog", "follow"]
_OWN_OVERLAP = timedelta(minutes=2)
"""Servers' clocks differ from ours by seconds: what we said "since then" may bear an earlier time.
"""


def open_gateway(
    base_url: str,
    token: str,
    *,
    domain: str = "",
    account_id: str = "",
    request_timeout: float = 10.0,
    allow_private: bool = False,
) -> "MastodonGateway":
    """A gateway to one account. Raises AddressRefused for an address that we never call.

    `domain` is the one in the handles of the server's people, where it differs from the host of
    `base_url`; `account_id` the remote id of the account that speaks, if known, which spares a
    question; `allow_private` lets a developer's server on this machine be called, also without
    https.
    """
    parse_address(base_url, allow_private=allow_private)
    return MastodonGateway(
        base_url,
        token,
        domain=domain,
        account_id=account_id,
        request_timeout=request_timeout,
        allow_private=allow_private,
    )


def _utc_now() -> datetime:
    return datetime.now(UTC)


class MastodonGateway:
    """See base.Gateway for what each method promises."""

    def __init__(
        self,
        base_url: str,
        token: str,
        *,
        domain: str = "",
        account_id: str = "",
        request_timeout: float = 10.0,
        allow_private: bool = False,
        clock: Clock = _utc_now,
    ) -> None:
        self._home = Home(domain=(domain or urlsplit(base_url).netloc).lower())
        self._account_id = account_id
        self._clock = clock
        self._client = Client(
            base_url,
            token,
            request_timeout=request_timeout,
            allow_private=allow_private,
            clock=clock,
        )

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._client.base_url}>"

    def verify(self) -> HeardAccount:
        try:
            return parse_account(self._client.ask_who(), self._home)
        except Unreadable as error:
            raise Never("The server doesn't say which account the token belongs to") from error

    def limits(self) -> Limits:
        """The usual limits where the server tells none."""
        try:
            return parse_limits(self._client.ask_instance())
        except (Never, TryAgain):
            return Limits()

    def cursor_at(self, moment: datetime) -> str:
        return str(Position(floor=moment))

    def fetch_mentions(self, cursor: str) -> Heard:
        def fetch_page(below: str | None) -> Page:
            return as_page(
                self._client.ask(
                    lambda client: client.notifications(types=_HEARD, limit=PAGE_SIZE, max_id=below)
                )
            )

        walked = self._walk_own(fetch_page, Position.parse(cursor))
        said = [
            entry.get("status")
            for entry in walked.entries
            if text_of(entry.get("type")) == "mention"
        ]
        return Heard(
            posts=tuple(post for post in parse_posts(said, self._home) if not post.boost_of_uri),
            reactions=parse_reactions(walked.entries, self._home),
            cursor=str(walked.position),
            complete=walked.complete,
        )

    def fetch_hashtag(self, hashtag: str, cursor: str) -> Heard:
        """A tag that nobody used yet is unknown to some servers: no posts, no error."""
        name = quote(unicodedata.normalize("NFC", hashtag.lstrip("#")), safe="")

        def fetch_page(below: str | None) -> Page:
            return as_page(
                self._client.ask(
                    lambda client: client.timeline_hashtag(name, limit=PAGE_SIZE, max_id=below)
                )
            )

        try:
            walked = walk(fetch_page, Position.parse(cursor), now=self._clock())
        except Gone:
            return Heard(cursor=cursor)
        return Heard(
            posts=parse_posts(walked.entries, self._home),
            cursor=str(walked.position),
            complete=walked.complete,
        )

    def fetch_thread(self, remote_id: str) -> Heard:
        return Heard(posts=fetch_descendants(self._client, self._home, remote_id))

    def fetch_post(self, remote_id: str) -> HeardPost:
        answer = self._client.ask(lambda client: client.status(quote(remote_id, safe="")))
        return self._read(answer)

    def resolve(self, url: str) -> HeardPost:
        """By the server's search; else, where the address is of this server, by the id at the end
        of its path.
        """
        if not url.startswith(("https://", "http://")):
            raise Gone(f"Not the address of a post: {url[:200]!r}")
        found = self._search(url)
        wanted = url.rstrip("/")
        for post in found:
            if wanted in {post.url.rstrip("/"), post.uri.rstrip("/")}:
                return post
        if len(found) == 1:
            return found[0]
        return self._guess(url)

    def fetch_own(self, since: datetime) -> Sequence[HeardPost]:
        account_id = self._account_id or self._ask_own_id()

        def fetch_page(below: str | None) -> Page:
            return as_page(
                self._client.ask(
                    lambda client: client.account_statuses(
                        quote(account_id, safe=""),
                        exclude_reblogs=True,
                        limit=PAGE_SIZE,
                        max_id=below,
                    )
                )
            )

        walked = self._walk_own(fetch_page, Position(floor=since))
        mine = (post for post in parse_posts(walked.entries, self._home) if not post.boost_of_uri)
        recent = (post for post in mine if post.created_at >= since - _OWN_OVERLAP)
        return sorted(recent, key=lambda post: post.created_at, reverse=True)

    def publish(self, draft: Draft) -> HeardPost:
        return self._read(publish_post(self._client, draft))

    def edit(self, remote_id: str, draft: Draft) -> HeardPost:
        answer = edit_post(self._client, remote_id, draft)
        try:
            return parse_post(answer, self._home)
        except Unreadable:
            return self.fetch_post(remote_id)

    def delete(self, remote_id: str) -> None:
        delete_post(self._client, remote_id)

    def _ask_own_id(self) -> str:
        answer = self._client.ask(lambda client: client.account_verify_credentials())
        return text_of(as_mapping(answer).get("id"))

    def _walk_own(self, fetch_page: FetchPage, start: Position) -> Walk:
        """Lists that always exist: where a server doesn't find them, the server is lost."""
        try:
            return walk(fetch_page, start, now=self._clock())
        except Gone as error:
            raise TryAgain(str(error)) from error

    def _read(self, answer: object) -> HeardPost:
        try:
            return parse_post(answer, self._home)
        except Unreadable as error:
            raise TryAgain(f"The server's answer is no post: {error}") from error

    def _search(self, url: str) -> tuple[HeardPost, ...]:
        try:
            answer = self._client.ask(
                lambda client: client.search_v2(url, resolve=True, result_type="statuses")
            )
        except Gone:
            return ()
        return parse_posts(as_mapping(answer).get("statuses"), self._home)

    def _guess(self, url: str) -> HeardPost:
        parts = urlsplit(url)
        last = unquote(parts.path.rstrip("/").rpartition("/")[2])
        if parts.hostname == urlsplit(self._client.base_url).hostname and last:
            post = self.fetch_post(last)
            if url.rstrip("/") in {post.url.rstrip("/"), post.uri.rstrip("/")}:
                return post
        raise Gone(f"This server finds no post at {url[:200]!r}")

"""What every network's gateway takes and returns, in our words. Nothing above this line has seen
JSON."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Visibility(StrEnum):
    PUBLIC = "public"
    UNLISTED = "unlisted"
    FOLLOWERS = "followers"
    DIRECT = "direct"


class MediaKind(StrEnum):
    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    OTHER = "other"


class ReactionKind(StrEnum):
    FAVOURITE = "favourite"
    BOOST = "boost"
    FOLLOW = "follow"


@dataclass(frozen=True, slots=True)
class HeardAccount:
    """A remote actor. `uri` is its identity for ever; the handle ("nia@example.org", no leading @)
    may change.

    `uri` may be empty only inside a mention whose server gave none.
    """

    uri: str
    handle: str
    display_name: str = ""
    url: str = ""
    avatar_url: str = ""
    note: str = ""
    is_bot: bool = False
    remote_id: str = ""


@dataclass(frozen=True, slots=True)
class HeardMedia:
    kind: MediaKind
    url: str
    preview_url: str = ""
    alt_text: str = ""
    width: int = 0
    height: int = 0
    remote_id: str = ""


@dataclass(frozen=True, slots=True)
class HeardPost:
    """A post as one server shows it now.

    html is sanitised; text is its plain form, lines separated by "\\n", links and mentions as
    written. Hashtags are normalised (NFC, casefolded, no "#"). `remote_id` means something only to
    the server that gave it. A boost has `boost_of_uri` and is otherwise empty. Times are aware, in
    UTC.
    """

    uri: str
    remote_id: str
    author: HeardAccount
    created_at: datetime
    text: str = ""
    html: str = ""
    url: str = ""
    language: str = ""
    visibility: Visibility = Visibility.PUBLIC
    content_warning: str = ""
    is_sensitive: bool = False
    edited_at: datetime | None = None
    parent_uri: str = ""
    parent_remote_id: str = ""
    quote_uri: str = ""
    boost_of_uri: str = ""
    hashtags: tuple[str, ...] = ()
    mentions: tuple[HeardAccount, ...] = ()
    links: tuple[str, ...] = ()
    media: tuple[HeardMedia, ...] = ()


@dataclass(frozen=True, slots=True)
class HeardReaction:
    """A favourite or boost of one of our posts, or a follow of our account (then without a
    post)."""

    kind: ReactionKind
    account: HeardAccount
    created_at: datetime
    post: HeardPost | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """One answer of a server: what it told, and the cursor from which to ask next (opaque, "" =
    from the start).

    `complete` is False where a limit stopped the paging before the old cursor was reached; ask
    again at once. `gone` are uris that the server says no longer exist.
    """

    posts: tuple[HeardPost, ...] = ()
    reactions: tuple[HeardReaction, ...] = ()
    cursor: str = ""
    complete: bool = True
    gone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture to publish: a path in the default storage, with its description."""

    path: str
    alt_text: str
    mime_type: str = "image/jpeg"


@dataclass(frozen=True, slots=True)
class Draft:
    """A post to publish. `key` is ours: the network's idempotency key, and how we find our own post
    again.

    `reply_to_id` is the remote id, on this connection's server, of the post that this one answers.
    """

    key: str
    text: str
    visibility: Visibility = Visibility.PUBLIC
    content_warning: str = ""
    language: str = ""
    reply_to_id: str = ""
    reply_to_uri: str = ""
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """What one post may hold on this server. Characters as the server counts them, a link as
    `link_characters`."""

    characters: int = 500
    link_characters: int = 23
    attachments: int = 4
    alt_text_characters: int = 1500


class GatewayError(Exception):
    """Something a gateway could not do; the subclass tells the caller what to do about it."""


class TryAgain(GatewayError):
    """A passing fault (timeout, reset, 5xx, cut-off answer): ask again later, with growing
    pauses."""


class NotBefore(GatewayError):
    """The server asks for patience: not before `when` (aware, UTC)."""

    def __init__(self, message: str, when: datetime) -> None:
        super().__init__(message)
        self.when = when


class Never(GatewayError):
    """Asking again the same way is useless (refused text, unknown parent, unsupported): tell a
    person."""


class Unauthorised(Never):
    """The token is wrong or was withdrawn: the connection needs a person."""


class Gone(Never):
    """What was asked for does not exist, or not any more."""


class Gateway(Protocol):
    """One account on one server. Every method may raise TryAgain, NotBefore, Unauthorised or Never.

    A gateway holds no state between calls but its connection's credentials: cursors are passed in
    and given back.
    """

    def verify(self) -> HeardAccount:
        """The account that will speak, as the server knows it."""
        ...

    def limits(self) -> Limits: ...

    def cursor_at(self, moment: datetime) -> str:
        """The cursor of somebody who has read everything until then; asks nobody."""
        ...

    def fetch_mentions(self, cursor: str) -> Heard:
        """Posts that mention our account, and reactions to what it said, since `cursor` and a
        little before."""
        ...

    def fetch_hashtag(self, hashtag: str, cursor: str) -> Heard:
        """Posts that bear `hashtag` (without #), since `cursor` and a little before."""
        ...

    def fetch_thread(self, remote_id: str) -> Heard:
        """All that hangs on a post, at any depth. Absence here is no deletion. Raises Gone."""
        ...

    def fetch_post(self, remote_id: str) -> HeardPost:
        """The post as it is now. Raises Gone where the server says that it exists no more."""
        ...

    def resolve(self, url: str) -> HeardPost:
        """The post behind a public address or uri, through this server's search. Raises Gone if it
        finds none."""
        ...

    def fetch_own(self, since: datetime) -> Sequence[HeardPost]:
        """What our account said since then, newest first: how we find our own post before a
        retry."""
        ...

    def publish(self, draft: Draft) -> HeardPost:
        """Say it. After TryAgain it may or may not have been said: look with fetch_own first.
        Raises Gone if the post that it answers is gone."""
        ...

    def edit(self, remote_id: str, draft: Draft) -> HeardPost:
        """Change what we said; attachments stay. Raises Gone."""
        ...

    def delete(self, remote_id: str) -> None:
        """Take back what we said; no error if it is gone already."""
        ...

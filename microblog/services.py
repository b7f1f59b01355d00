"""Opening gateways and promising to say things. What was heard is recorded in
microblog.recording."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import F

from microblog.doorbells import ring
from microblog.gateways.base import Attachment, Gateway, Visibility
from microblog.gateways.mastodon import MastodonGateway
from microblog.gateways.practice import PracticeGateway
from microblog.models import Account, Connection, OutboxPost, Post
from microblog.networks import Network


def open_gateway(connection: Connection) -> Gateway:
    """The gateway of a connection. Opening makes no call. Raises Never for an address that may not
    be reached."""
    if connection.network == Network.PRACTICE:
        return PracticeGateway(connection.account)
    return MastodonGateway(
        connection.server_url,
        connection.token.reveal(),
        account_id=connection.account_remote_id,
        request_timeout=settings.GATEWAY_TIMEOUT,
        allow_private=settings.ALLOW_PRIVATE_ADDRESSES,
    )


def enqueue_post(
    connection: Connection,
    *,
    key: str,
    kind: OutboxPost.Kind,
    text: str,
    now: datetime,
    due_at: datetime | None = None,
    language: str = "",
    visibility: Visibility = Visibility.PUBLIC,
    content_warning: str = "",
    in_reply_to: Post | None = None,
    recipient: Account | None = None,
    lane: str = "",
    attachments: Sequence[Attachment] = (),
) -> OutboxPost:
    """Promise to say something, once per key.

    A second call with the same key changes the words: of what is still unsaid, or, by an edit, of
    what was said.
    """
    fields: Mapping[str, Any] = {
        "kind": kind,
        "text": text,
        "language": language or connection.language,
        "content_warning": content_warning,
    }
    promise, made = OutboxPost.objects.get_or_create(
        key=key,
        defaults={
            **fields,
            "connection": connection,
            "visibility": visibility.value,
            "in_reply_to": in_reply_to,
            "is_answer": in_reply_to is not None,
            "recipient": recipient,
            "lane": lane,
            "due_at": due_at or now,
            "attachments": [
                {"path": item.path, "alt_text": item.alt_text, "mime_type": item.mime_type}
                for item in attachments
            ],
        },
    )
    if not made and promise.text != text:
        OutboxPost.objects.filter(pk=promise.pk).exclude(text=text).update(
            **fields, version=F("version") + 1, due_at=due_at or now, given_up_at=None, attempts=0
        )
        promise.refresh_from_db()
    ring("deliver")
    return promise

"""Saying, changing and taking back, on servers that may say yes to what they did not do."""

from collections.abc import Mapping
from urllib.parse import quote

from django.core.files.storage import default_storage

from microblog.gateways.base import (
    Attachment,
    Draft,
    GatewayError,
    Gone,
    Never,
    TryAgain,
    Visibility,
)
from microblog.gateways.mastodon_client import Client
from microblog.gateways.mastodon_json import Answer, as_mapping, text_of
from microblog.gateways.mastodon_pages import as_page

_VISIBILITIES = {
    Visibility.PUBLIC: "public",
    Visibility.UNLISTED: "unlisted",
    Visibility.FOLLOWERS: "private",
    Visibility.DIRECT: "direct",
}
QUESTIONS_ABOUT_A_PICTURE = 3
"""How often we ask whether a picture is ready before we leave it to the next attempt."""


def publish_post(client: Client, draft: Draft) -> object:
    """What the server answers to the new post. Raises Gone where the post that it answers is gone.

    Visibility is always sent: a server's own default may be one that no hashtag timeline shows.
    """
    media = [_upload(client, attachment) for attachment in draft.attachments]
    try:
        answer = _post(client, draft, media)
    except Gone as error:
        _ask_for_the_parent(client, draft)
        raise Never(f"The server doesn't know something in this post: {error}") from error
    if draft.reply_to_id and isinstance(answer, Mapping) and answer.get("id"):
        _check_its_place(client, draft, answer)
    return answer


def edit_post(client: Client, remote_id: str, draft: Draft) -> object:
    """The server's answer, maybe empty. Attachments that aren't named again would be lost."""
    of = quote(remote_id, safe="")
    before = client.ask(lambda mastodon: mastodon.status(of))
    media = [
        identity
        for item in as_page(as_mapping(before).get("media_attachments") or [])
        if (identity := _named(item))
    ]
    return client.ask(
        lambda mastodon: mastodon.status_update(
            of,
            draft.text,
            spoiler_text=draft.content_warning or None,
            sensitive=bool(draft.content_warning),
            media_ids=media or None,
        )
    )


def delete_post(client: Client, remote_id: str) -> None:
    try:
        client.ask(lambda mastodon: mastodon.status_delete(quote(remote_id, safe="")))
    except Gone:
        return


def _post(client: Client, draft: Draft, media: list[str]) -> object:
    return client.ask(
        lambda mastodon: mastodon.status_post(
            draft.text,
            in_reply_to_id=draft.reply_to_id or None,
            media_ids=media or None,
            sensitive=bool(draft.content_warning),
            visibility=_VISIBILITIES[draft.visibility],
            spoiler_text=draft.content_warning or None,
            language=draft.language or None,
            idempotency_key=draft.key,
        )
    )


def _upload(client: Client, attachment: Attachment) -> str:
    """The picture's id on the server, once it is ready there; raises TryAgain until then."""
    try:
        picture = default_storage.open(attachment.path, "rb")
    except OSError as error:
        raise Never(f"The picture {attachment.path!r} can't be opened") from error
    with picture:
        answer = client.ask(
            lambda mastodon: mastodon.media_post(
                picture.file,
                mime_type=attachment.mime_type,
                description=attachment.alt_text or None,
            )
        )
    return _wait_until_ready(client, as_mapping(answer))


def _wait_until_ready(client: Client, media: Answer) -> str:
    """Asks a few times, without sleeping: pictures are nearly always ready at once."""
    remote_id = text_of(media.get("id"))
    of = quote(remote_id, safe="")
    for _ in range(QUESTIONS_ABOUT_A_PICTURE):
        if not remote_id or media.get("url"):
            break
        media = as_mapping(client.ask(lambda mastodon: mastodon.media(of)))
    if not remote_id or not media.get("url"):
        raise TryAgain("The server is still preparing the picture")
    return remote_id


def _ask_for_the_parent(client: Client, draft: Draft) -> None:
    """Raises Gone if the post that we answer is not there."""
    if draft.reply_to_id:
        client.ask(lambda mastodon: mastodon.status(quote(draft.reply_to_id, safe="")))


def _check_its_place(client: Client, draft: Draft, answer: Answer) -> None:
    """An answer to a post that is gone may come out as a post of its own: taken back, as nobody
    would understand it.
    """
    if answer.get("in_reply_to_id"):
        return
    try:
        delete_post(client, text_of(answer["id"]))
    except GatewayError as error:
        left = text_of(answer.get("url")) or text_of(answer["id"])
        raise Gone(
            f"The post that we answer is gone, and {left} could not be taken back"
        ) from error
    raise Gone("The post that we answer is gone")


def _named(item: Answer) -> str:
    """An attachment's id, where it is one that the server would understand again (one gives an
    address instead).
    """
    identity = text_of(item.get("id"))
    return "" if "/" in identity else identity

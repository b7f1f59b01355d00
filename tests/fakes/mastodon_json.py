"""How the pretended server shows its world in the JSON of the Mastodon client API."""

from datetime import UTC, datetime
from typing import Any

from tests.fakes.mastodon_world import Notification, Person, Picture, Said

VISIBLE_LENGTH = 500


def show_account(person: Person) -> dict[str, Any]:
    return {
        "id": person.id,
        "username": person.name,
        "acct": person.name,
        "display_name": person.display_name,
        "bot": person.is_bot,
        "locked": False,
        "note": person.note,
        "url": person.url,
        "uri": person.uri,
        "avatar": f"{person.world.base}/avatars/{person.name}.png",
        "created_at": "2026-01-01T00:00:00.000Z",
        "emojis": [],
        "fields": [],
    }


def show_status(said: Said) -> dict[str, Any]:
    world = said.author.world
    answers = [other for other in world.alive() if other.parent is said]
    return {
        "id": said.id,
        "uri": said.uri,
        "url": said.url,
        "created_at": _time(said.created_at),
        "edited_at": _time(said.edited_at) if said.edited_at else None,
        "account": show_account(said.author),
        "content": said.html if said.boosts is None else "",
        "visibility": said.visibility,
        "sensitive": bool(said.warning),
        "spoiler_text": said.warning,
        "language": said.language,
        "in_reply_to_id": said.parent.id if said.parent else None,
        "in_reply_to_account_id": said.parent.author.id if said.parent else None,
        "reblog": show_status(said.boosts) if said.boosts else None,
        "media_attachments": [show_media(item, world.base) for item in said.media],
        "mentions": [_mention(world.people[name]) for name in said.mentioned],
        "tags": [{"name": tag, "url": f"{world.base}/tags/{tag}"} for tag in said.hashtags],
        "emojis": [],
        "card": None,
        "poll": None,
        "replies_count": len(answers),
        "reblogs_count": len(said.boosters),
        "favourites_count": len(said.favourites),
    }


def show_notification(notification: Notification) -> dict[str, Any]:
    shown = {
        "id": notification.id,
        "type": notification.kind,
        "created_at": _time(notification.created_at),
        "account": show_account(notification.person),
    }
    if notification.said is not None:
        shown["status"] = show_status(notification.said)
    return shown


def show_media(item: Picture, base: str) -> dict[str, Any]:
    return {
        "id": item.id,
        "type": "image",
        "url": f"{base}/media/{item.id}.jpg",
        "preview_url": f"{base}/media/{item.id}-small.jpg",
        "remote_url": None,
        "description": item.alt_text or None,
        "meta": {"original": {"width": 640, "height": 480}},
    }


def show_instance(base: str) -> dict[str, Any]:
    return {
        "domain": base.partition("://")[2],
        "title": "A practice world",
        "version": "4.2.0",
        "configuration": {
            "statuses": {
                "max_characters": VISIBLE_LENGTH,
                "max_media_attachments": 4,
                "characters_reserved_per_url": 23,
            },
            "media_attachments": {"description_limit": 1500},
        },
    }


def _mention(person: Person) -> dict[str, Any]:
    return {"id": person.id, "username": person.name, "acct": person.name, "url": person.url}


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

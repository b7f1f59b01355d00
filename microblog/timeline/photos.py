"""Photos on their way into a post: kept as they arrive, so that a slip in the text loses none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.core.files.base import ContentFile
from django.db import transaction

from microblog.models import Account, Media, Post

MOST_PHOTOS = 4
UNUSED_FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo of a post, with the description that it shall have there."""

    media: Media
    alt_text: str = ""


def keep_photo(uploader: Account, content: "ContentFile[bytes]", *, alt_text: str = "") -> Media:
    """Store what read_picture made; it waits for its post."""
    media = Media(uploader=uploader, alt_text=alt_text)
    media.file.save(content.name or "photo", content, save=True)
    return media


def waiting_photos(uploader: Account, *, of: Post | None = None) -> dict[int, Media]:
    """What this person may put into a post: their unused photos, and those of the edited post."""
    mine = Media.objects.filter(uploader=uploader, post=None)
    found = {media.pk: media for media in mine}
    if of is not None:
        found |= {media.pk: media for media in of.media.all()}
    return found


def attach_photos(post: Post, photos: Sequence[Photo]) -> None:
    """Give the post exactly these photos, in this order; others that it had are thrown away."""
    throw_away(list(post.media.exclude(pk__in=[photo.media.pk for photo in photos])))
    for position, photo in enumerate(photos):
        photo.media.post = post
        photo.media.position = position
        photo.media.alt_text = photo.alt_text
    Media.objects.bulk_update(
        [photo.media for photo in photos], ["post", "position", "alt_text"], batch_size=50
    )


def throw_away(media: Sequence[Media]) -> None:
    """The rows now, the files once that is committed."""
    Media.objects.filter(pk__in=[one.pk for one in media]).delete()
    for one in media:
        if one.file.name:
            transaction.on_commit(partial(one.file.storage.delete, one.file.name))


def forget_unused_photos(*, now: datetime) -> int:
    """Photos that were sent for a post which nobody wrote; returns how many."""
    unused = Media.objects.filter(post=None, created_at__lt=now - UNUSED_FOR).exclude(file="")
    found = list(unused[:200])
    throw_away(found)
    return len(found)

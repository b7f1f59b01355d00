"""Small copies of the pictures that pages show of themselves, written anew: who reads our pages
calls no other server, and nothing hidden in a file comes along."""

import struct
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.db.models.signals import post_delete
from django.dispatch import receiver
from PIL import Image, ImageOps

from curation.faults import FetchFault
from curation.models import Item, ItemPicture
from curation.web import Client, fetch

MOST_BYTES = 5 * 1024 * 1024
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 640
SHORTEST_SIDE = 64
"""Smaller ones are signs and counters."""
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
SECONDS = 10.0
_DAMAGE = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    OverflowError,
    RuntimeError,
    MemoryError,
    struct.error,
    Image.DecompressionBombError,
)


def copy_picture(url: str, *, client: Client | None = None) -> bytes:
    """A JPEG of 640 pixels at most; b"" where there is none that we can show."""
    if not url.startswith("https://"):
        return b""
    try:
        answer = fetch(url, most_bytes=MOST_BYTES, timeout=SECONDS, client=client)
    except FetchFault:
        return b""
    return thumbnail(answer.body) if answer.is_ok else b""


def thumbnail(body: bytes) -> bytes:
    """Its size is read before any pixel is decoded. b"" for what is no picture."""
    try:
        with Image.open(BytesIO(body), formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS or min(picture.size) < SHORTEST_SIDE:
                return b""
            picture.seek(0)
            upright = ImageOps.exif_transpose(picture).convert("RGBA")
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
        flat = Image.new("RGB", upright.size, "white")
        flat.paste(upright, mask=upright)
        out = BytesIO()
        flat.save(out, "JPEG", quality=82, optimize=True, progressive=True)
    except _DAMAGE:
        return b""
    return out.getvalue()


def keep_picture(picture: ItemPicture, body: bytes) -> None:
    """`body` as copy_picture gives it."""
    with Image.open(BytesIO(body)) as head:
        picture.width, picture.height = head.size
    picture.file.save("picture.jpg", ContentFile(body), save=True)


def take_pictures_anew(items: Sequence[int], *, now: datetime) -> None:
    """A person said which picture is theirs: the copy that was shown goes, and the step "describe"
    brings the other, if there is one."""
    ItemPicture.objects.filter(item__in=items).delete()
    Item.objects.filter(pk__in=items).update(describe_at=now, describe_attempts=0)


@receiver(post_delete, sender=ItemPicture)
def delete_file(instance: ItemPicture, **_kwargs: Any) -> None:
    instance.file.delete(save=False)

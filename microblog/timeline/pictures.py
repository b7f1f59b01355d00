"""Photos that people send: checked, turned upright, freed of hidden data, and written anew.

A file's name and declared type are never believed, and its size in pixels is read before any of
them is decoded.
"""

import secrets
import struct
from io import BytesIO

import pillow_heif
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 2048
AVATAR_SIDE = 400
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "HEIF", "AVIF")
ACCEPT = "image/jpeg,image/png,image/webp,image/gif,image/heic,image/heif,image/avif"

# What the readers of the formats raise on damaged files, beside their own errors.
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
)

pillow_heif.register_heif_opener()


class PictureRefused(ValueError):
    """Says to the person why their file can't be shown, and what to do."""


def read_picture(upload: UploadedFile) -> ContentFile[bytes]:
    """A photo for a post: JPEG, or PNG where it is see-through. Raises PictureRefused."""
    return _write(_shrink(_open(upload), LONGEST_SIDE))


def read_avatar(upload: UploadedFile) -> ContentFile[bytes]:
    """A square from the middle of a photo. Raises PictureRefused."""
    picture = _open(upload)
    side = min(AVATAR_SIDE, *picture.size)
    return _write(ImageOps.fit(picture, (side, side)))


def _open(upload: UploadedFile) -> Image.Image:
    if (upload.size or 0) > MOST_BYTES:
        raise PictureRefused(
            _("“%(name)s” is too heavy: a photo may have 8 MB at most.") % {"name": upload.name}
        )
    try:
        _verify(upload)
        upload.seek(0)
        with Image.open(upload, formats=FORMATS) as picture:
            # Of moving pictures the first frame is kept: nothing here blinks.
            picture.seek(0)
            return ImageOps.exif_transpose(picture).convert(
                "RGBA" if picture.has_transparency_data else "RGB"
            )
    except PictureRefused:
        raise
    except Image.DecompressionBombError as error:
        raise _too_large(upload.name or "") from error
    except _DAMAGE as error:
        raise PictureRefused(
            _("“%(name)s” can't be read as a photo. Send a JPEG, PNG, WebP, GIF or HEIC file.")
            % {"name": upload.name}
        ) from error


def _verify(upload: UploadedFile) -> None:
    """Looks at the head of the file, decodes nothing. Raises PictureRefused and Pillow's errors."""
    with Image.open(upload, formats=FORMATS) as head:
        width, height = head.size
        if width * height > MOST_PIXELS:
            raise _too_large(upload.name or "")
        head.verify()


def _too_large(name: str) -> PictureRefused:
    return PictureRefused(
        _("“%(name)s” is too large: 40 million pixels at most. Make it smaller first.")
        % {"name": name}
    )


def _shrink(picture: Image.Image, longest: int) -> Image.Image:
    picture.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    return picture


def _write(picture: Image.Image) -> ContentFile[bytes]:
    """New bytes of the pixels alone: no EXIF, no place, no thumbnail of the original."""
    out = BytesIO()
    if picture.mode == "RGBA":
        picture.save(out, "PNG", optimize=True)
        return ContentFile(out.getvalue(), name=f"{secrets.token_hex(8)}.png")
    picture.save(out, "JPEG", quality=85, optimize=True, progressive=True)
    return ContentFile(out.getvalue(), name=f"{secrets.token_hex(8)}.jpg")

"""The one door to openbadges_bakery: a badge's document inside its picture (PNG, iTXt
"openbadges").

SVG is left out: the library's SVG side keeps scripts, and baking twice leaves two documents.
"""

import json
import struct
import zlib
from io import BytesIO
from typing import Any

import openbadges_bakery
import png

SIGNATURE = b"\x89PNG\r\n\x1a\n"
MOST_BYTES = 2 * 1024 * 1024
MOST_SIDE = 2048  # pixels; the library never looks at them, so we do


class UnfitImage(ValueError):
    """No PNG that a badge can live in. Choose another picture."""


class NothingBaked(ValueError):
    """The picture carries no Open Badges 2.0 document."""


def bake(image: bytes, document: dict[str, Any]) -> bytes:
    """The picture with the document inside; an earlier document is replaced. Raises UnfitImage."""
    check_image(image)
    baked = BytesIO()
    try:
        openbadges_bakery.bake(BytesIO(image), to_json(document), baked)
    except (png.Error, struct.error, zlib.error, StopIteration) as error:
        raise UnfitImage(f"the PNG can't be read: {error}") from error
    return baked.getvalue()


def unbake(image: bytes) -> dict[str, Any]:
    """The document inside. Raises UnfitImage or NothingBaked."""
    check_image(image)
    try:
        text = openbadges_bakery.unbake(BytesIO(image))
        document = json.loads(text or "")
    except (png.Error, struct.error, zlib.error, IndexError) as error:
        raise UnfitImage(f"the PNG can't be read: {error}") from error
    except (
        ValueError,
        RecursionError,
    ) as error:  # no text, another encoding, no JSON, nested without end
        raise NothingBaked("no Open Badges document") from error
    if not isinstance(document, dict):
        raise NothingBaked("no Open Badges document")
    return document


def check_image(image: bytes) -> None:
    """Raises UnfitImage for anything but a PNG of a reasonable size."""
    if len(image) > MOST_BYTES:
        raise UnfitImage(f"more than {MOST_BYTES} bytes")
    if not image.startswith(SIGNATURE) or len(image) < 33 or image[12:16] != b"IHDR":
        raise UnfitImage("not a PNG")
    width, height = struct.unpack(">II", image[16:24])
    if not (0 < width <= MOST_SIDE and 0 < height <= MOST_SIDE):
        raise UnfitImage(f"{width} by {height} pixels")


def to_json(document: dict[str, Any]) -> str:
    """Always the same text for the same document."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

"""Photo files as people send them, good and bad."""

import struct
import zlib
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

ORIENTATION, GPS = 0x0112, 0x8825


def a_photo(
    name: str = "photo.jpg", *, size: tuple[int, int] = (60, 40), kind: str = "JPEG", **options
) -> SimpleUploadedFile:
    mode = options.pop("mode", "RGB")
    out = BytesIO()
    Image.new(mode, size, "tomato").save(out, kind, **options)
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def a_turned_photo() -> SimpleUploadedFile:
    """Lies on its side, and knows where it was taken."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif.get_ifd(GPS)[1] = "N"
    return a_photo(exif=exif)


def a_bomb() -> SimpleUploadedFile:
    """A few bytes that promise four hundred million pixels."""
    head = struct.pack(">IIBBBBB", 20_000, 20_000, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\x00" * 1000)), (b"IEND", b"")]
    packed = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )
    content = b"\x89PNG\r\n\x1a\n" + b"".join(packed)
    return SimpleUploadedFile("bomb.png", content, "image/png")


def no_photo(content: bytes = b"%PDF-1.7 not a photo") -> SimpleUploadedFile:
    return SimpleUploadedFile("photo.jpg", content, "image/jpeg")

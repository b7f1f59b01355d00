"""Documents in pictures, and what strangers may send us as one."""

import struct
import zlib
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from badges.baking import MOST_BYTES, NothingBaked, UnfitImage, bake, unbake
from tests.badges.builders import a_png

DOCUMENT = {"id": "https://envol.example/é", "text": "œuf ]]> \u2028 </script> \x00 🐦"}


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def with_chunk(kind: bytes, data: bytes) -> bytes:
    png = a_png()
    return png[:33] + chunk(kind, data) + png[33:]


def test_there_and_back():
    assert unbake(bake(a_png(), DOCUMENT)) == DOCUMENT


def test_baking_again_replaces_the_document():
    twice = bake(bake(a_png(), {"a": 1}), {"a": 2})
    assert unbake(twice) == {"a": 2}
    assert twice.count(b"openbadges\x00") == 1


def test_the_picture_stays_the_same():
    before, after = Image.open(BytesIO(a_png())), Image.open(BytesIO(bake(a_png(), DOCUMENT)))
    assert before.tobytes() == after.tobytes()


def a_jpeg() -> bytes:
    out = BytesIO()
    Image.new("RGB", (8, 8)).save(out, "JPEG")
    return out.getvalue()


@pytest.mark.parametrize(
    "image",
    [
        b"",
        b"\x89PNG\r\n\x1a\n",
        a_jpeg(),
        b"<svg xmlns='http://www.w3.org/2000/svg'></svg>",
        a_png()[:60],
        a_png() + b"x" * MOST_BYTES,
        a_png(side=2049),
        a_png()[:16] + b"\x00" * 8 + a_png()[24:],
        a_png()[:-30] + b"\x00" * 30,
    ],
    ids=["nothing", "signature", "jpeg", "svg", "cut", "heavy", "wide", "no-size", "bad-crc"],
)
def test_what_is_no_fit_picture_is_refused_on_both_sides(image):
    for action in (lambda: bake(image, DOCUMENT), lambda: unbake(image)):
        with pytest.raises((UnfitImage, NothingBaked)):
            action()


@pytest.mark.parametrize(
    "image",
    [
        a_png(),
        with_chunk(b"iTXt", b"openbadges\x00\x00\x00\x00\x00no json"),
        with_chunk(b"iTXt", b"openbadges\x00\x00\x00\x00\x00[1, 2]"),
        with_chunk(b"iTXt", b"openbadges\x00\x01\x00\x00\x00" + zlib.compress(b'{"a": 1}')),
        with_chunk(b"iTXt", b"openbadges\x00\x00\x00\x00\x00" + b"[" * 100_000),
        with_chunk(b"tEXt", b"openbadges\x00\xff\xfe"),
        with_chunk(b"tEXt", b"openbadges\x00"),
    ],
)
def test_pictures_without_a_document(image):
    with pytest.raises(NothingBaked):
        unbake(image)


@given(st.binary(max_size=300), st.integers(33, 200))
def test_any_bytes_get_an_answer(noise, at):
    image = a_png()
    for attempt in (noise, image[:at] + noise, image[:at] + noise + image[at:]):
        try:
            unbake(attempt)
        except (UnfitImage, NothingBaked):
            continue
        pytest.fail("noise was read as a badge")

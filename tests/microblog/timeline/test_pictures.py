from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from microblog.timeline.pictures import MOST_BYTES, PictureRefused, read_avatar, read_picture
from tests.photos import a_bomb, a_photo, a_turned_photo, no_photo


def opened(content) -> Image.Image:
    return Image.open(BytesIO(content.read()))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "HEIF", "AVIF"])
def test_usual_formats_become_jpeg(kind):
    picture = opened(read_picture(a_photo(kind=kind)))

    assert (picture.format, picture.size) == ("JPEG", (60, 40))


def test_what_is_see_through_stays_so():
    picture = opened(read_picture(a_photo(kind="PNG", mode="RGBA")))

    assert (picture.format, picture.mode) == ("PNG", "RGBA")


def test_a_photo_is_turned_upright_and_forgets_where_it_was_taken():
    picture = opened(read_picture(a_turned_photo()))

    assert picture.size == (40, 60)
    assert not dict(picture.getexif())


def test_a_large_photo_is_made_smaller():
    assert opened(read_picture(a_photo(size=(4000, 1000)))).size == (2048, 512)


def test_of_a_moving_picture_the_first_frame_is_kept():
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue", "green")]
    out = BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])

    picture = opened(read_picture(SimpleUploadedFile("moving.gif", out.getvalue())))

    assert getattr(picture, "n_frames", 1) == 1
    assert picture.convert("RGB").getpixel((4, 4))[0] > 200


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"\x89PNG\r\n\x1a\n" + b"\x00" * 50,
        b"GIF89a\xff\xff\xff\xff",
        b"RIFF\x00\x00\x00\x00WEBPVP8 ",
        b"\xff\xd8\xff\xe0" + b"\x00" * 20,
    ],
)
def test_what_is_no_photo_is_refused_in_words(content):
    with pytest.raises(PictureRefused, match=r"photo\.jpg"):
        read_picture(no_photo(content))


def test_a_photo_cut_short_is_refused():
    whole = a_photo(size=(400, 400)).read()

    with pytest.raises(PictureRefused):
        read_picture(no_photo(whole[: len(whole) // 2]))


def test_a_bomb_is_refused_before_it_is_unpacked():
    with pytest.raises(PictureRefused, match="40"):
        read_picture(a_bomb())


def test_a_heavy_file_is_refused():
    with pytest.raises(PictureRefused, match="8"):
        read_picture(no_photo(a_photo().read() + b"\x00" * MOST_BYTES))


def test_an_avatar_is_a_square():
    assert opened(read_avatar(a_photo(size=(900, 500)))).size == (400, 400)

"""A riddle's photo opens bit by bit; pixels beside what was opened never leave the house."""

from io import BytesIO

import pytest
from django.core.files.images import ImageFile
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from wagtail.images import get_image_model
from wagtail.images.exceptions import InvalidFilterSpecError

from challenges.riddles.cropping import WHOLE, crop_after, cropped, window_around

SIDES = st.integers(1, 6000)
PARTS = st.integers(1, WHOLE)


@given(first=st.integers(5, 80), steps=st.integers(1, 12))
def test_every_step_shows_at_least_as_much_and_never_the_whole(first, steps):
    shown = [crop_after(given, of=steps, first=first) for given in range(steps + 1)]
    assert shown[0] == first
    assert shown == sorted(shown)
    assert shown[-1] < WHOLE


def test_each_step_widens_by_the_same_factor():
    assert [crop_after(given, of=3, first=16) for given in range(4)] == [16, 25, 40, 63]
    assert crop_after(0, of=0, first=20) == WHOLE


@given(size=st.tuples(SIDES, SIDES), at=st.tuples(st.floats(0, 1), st.floats(0, 1)), data=st.data())
def test_a_wider_part_holds_the_narrower_one_and_stays_inside(size, at, data):
    focus = (size[0] * at[0], size[1] * at[1])
    less, more = sorted([data.draw(PARTS), data.draw(PARTS)])
    narrow, wide = (window_around(size, focus, part) for part in (less, more))
    assert 0 <= wide.left <= narrow.left + 1 and 0 <= wide.top <= narrow.top + 1
    assert narrow.left + narrow.width <= wide.left + wide.width + 1
    assert narrow.top + narrow.height <= wide.top + wide.height + 1
    assert wide.left + wide.width <= size[0] and wide.top + wide.height <= size[1]


RINGS = ((100, "blue"), (60, "red"), (40, "green"), (20, "yellow"))
"""Squares one in another around the point (300, 100): their half sides and colours."""
CENTRE = (300, 100)


def rings_around(**fields):
    """A photo with what a camera writes beside it: the place, and a small copy of the whole."""
    picture = Image.new("RGB", (400, 200), "black")
    for half, colour in RINGS:
        x, y = CENTRE
        picture.paste(colour, (x - half, y - half, x + half, y + half))
    exif = Image.Exif()
    exif[0x010E] = "The lighthouse of Eckmühl"
    file = BytesIO()
    picture.save(file, "JPEG", quality=95, exif=exif, comment=b"lighthouse")
    file.seek(0)
    return get_image_model().objects.create(
        title="Rings",
        file=ImageFile(file, name="phare.jpg"),
        alt_text="Rings",
        focal_point_x=CENTRE[0],
        focal_point_y=CENTRE[1],
        focal_point_width=10,
        focal_point_height=10,
        **fields,
    )


def colours_of(rendition) -> set[str]:
    names = {"black": (0, 0, 0), "blue": (0, 0, 255), "red": (255, 0, 0), "green": (0, 128, 0)}
    names["yellow"] = (255, 255, 0)
    with rendition.file.open() as file:
        picture = Image.open(file).convert("RGB")
        pixels = picture.resize((80, 40), Image.Resampling.NEAREST).get_flattened_data()
    return {
        name
        for name, colour in names.items()
        if sum(max(abs(a - b) for a, b in zip(pixel, colour, strict=True)) < 60 for pixel in pixels)
        > 20
    }


@pytest.mark.django_db
def test_wider_crops_show_more_around_the_focal_point():
    photo = rings_around()
    spec = "max-800x800|format-png"
    seen = [colours_of(photo.get_rendition(cropped(spec, part))) for part in (9, 20, 30, 100)]
    assert seen[0] == {"yellow"}
    assert seen[0] < seen[1] < seen[2] < seen[3]
    assert "black" in seen[3] and "black" not in seen[2]
    assert photo.get_rendition(cropped(spec, 20)).width == 80


@pytest.mark.django_db
def test_renditions_tell_nothing_of_the_camera_and_lead_nowhere():
    photo = rings_around()
    made = [photo.get_rendition(spec) for spec in ("around-20|format-jpeg", "max-300x300")]
    token = photo.file.name.rpartition("/")[2].partition(".")[0]
    for rendition in made:
        data = rendition.file.read()
        assert b"lighthouse" not in data and b"Exif" not in data
        assert token not in rendition.file.name
        assert "around" not in rendition.file.name
    first, second = (one.file.name.rpartition("/")[2].partition(".")[0] for one in made)
    assert first != second


@pytest.mark.django_db
@pytest.mark.parametrize("part", ["0", "101", "wide"])
def test_nonsense_is_no_filter(part):
    with pytest.raises(InvalidFilterSpecError):
        rings_around().get_rendition(f"around-{part}|format-jpeg")

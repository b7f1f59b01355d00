"""Pictures in modern formats: made away from readers, by one worker; they tell nothing that wasn't
to be seen, and a broken one stops nobody."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image

from challenges.models import PhotoRiddlePage
from cms.models import EnvolImage
from cms.models.images import EnvolRendition
from cms.serving.kin import FIRST_WAIT, MOST_ATTEMPTS, backlog, make_kin
from community.pictures import modern_formats, picture_of
from tests.builders import NOON
from tests.cms.conftest import an_image
from tests.photos import a_turned_photo

pytestmark = pytest.mark.django_db
SPEC = "max-320x240"
SOON = timedelta(minutes=1)


@pytest.fixture
def later(house):
    return timezone.now() + SOON


def plain_of(photo) -> EnvolRendition:
    return photo.renditions.get(filter_spec__contains="format-jpeg")


def test_the_first_reader_gets_a_jpeg_and_the_next_ones_every_format(later):
    photo = an_image()
    assert picture_of(photo, SPEC).sources == []
    assert backlog(later).count == 1
    assert [make_kin(later), make_kin(later)] == [1, 0]
    sources = picture_of(EnvolImage.objects.get(pk=photo.pk), SPEC).sources
    assert [source.type for source in sources] == [f"image/{name}" for name in modern_formats()]
    for source in sources:
        widths = [int(width) for width in re.findall(r" (\d+)w", source.srcset)]
        assert widths == sorted(set(widths)) and len(widths) > 1


def test_who_looks_before_they_are_made_asks_no_more_than_who_looks_after(
    later, django_assert_num_queries
):
    photo = an_image()

    def look() -> list[str]:
        again = EnvolImage.objects.get(pk=photo.pk)
        with django_assert_num_queries(0):
            return [source.type for source in picture_of(again, SPEC).sources]

    picture_of(photo, SPEC)
    assert look() == []
    make_kin(later)
    picture_of(EnvolImage.objects.get(pk=photo.pk), SPEC)
    assert len(look()) == len(modern_formats())


def test_a_picture_is_taken_up_once_however_many_look(later):
    picture_of(an_image(), SPEC)
    EnvolRendition.objects.update(kin_attempts=1, kin_at=later + FIRST_WAIT)
    assert make_kin(later) == 0, "another worker has it"
    assert make_kin(later + FIRST_WAIT) == 1, "and was killed"


def test_a_broken_picture_waits_longer_each_time_and_stops_no_other(later):
    broken = an_image()
    picture_of(broken, SPEC)
    broken.file.storage.delete(broken.file.name)
    now = later
    for attempt in range(1, MOST_ATTEMPTS + 1):
        assert make_kin(now) == 1
        assert plain_of(broken).kin_attempts == attempt
        assert make_kin(now) == 0
        if attempt == 1:
            picture_of(an_image(), "max-200x200")
            assert make_kin(now) == 1, "the next one has its turn"
        now = plain_of(broken).kin_at or now
    assert plain_of(broken).kin_at is None, "it is given up"
    assert picture_of(EnvolImage.objects.get(pk=broken.pk), SPEC).url


def test_a_picture_that_came_back_is_made_at_the_next_attempt(later):
    photo = an_image()
    picture_of(photo, SPEC)
    name, content = photo.file.name, photo.file.open("rb").read()
    photo.file.storage.delete(name)
    assert make_kin(later) == 1
    photo.file.storage.save(name, ContentFile(content))
    assert make_kin(plain_of(photo).kin_at) == 1
    assert picture_of(EnvolImage.objects.get(pk=photo.pk), SPEC).sources


def test_no_format_tells_where_a_photo_was_taken(later):
    file = a_turned_photo()
    assert Image.open(BytesIO(file.read())).getexif(), "the telephone told it"
    photo = EnvolImage.objects.create(title="Photo", file=file, alt_text="A tomato")
    picture_of(photo, "max-40x40")
    make_kin(later)
    made = list(photo.renditions.all())
    assert {row.filter_spec.rpartition("format-")[2] for row in made} >= {*modern_formats()}
    for row in made:
        with Image.open(row.file.path) as picture:
            assert not dict(picture.getexif()), row.filter_spec
            assert not picture.info.keys() & {"exif", "xmp", "comment", "photoshop"}


def a_ringed_photo() -> EnvolImage:
    """Yellow in the middle, red all around."""
    picture = Image.new("RGB", (400, 300), "red")
    picture.paste("yellow", (100, 75, 300, 225))
    file = BytesIO()
    picture.save(file, "PNG")
    return EnvolImage.objects.create(
        title="Rings", file=ContentFile(file.getvalue(), "rings.png"), alt_text="Rings"
    )


@pytest.fixture
def riddle(house):
    """Its launch shows a fifth of its photo."""
    riddle = house.riddle
    riddle.photo, riddle.first_crop = a_ringed_photo(), 20
    riddle.hints = [{"type": "crop", "value": {"text": "", "alt_text": "A red rim"}}]
    riddle.save()
    return riddle


def formats_seen(client, addresses) -> dict[str, bool]:
    """Of every picture that these pages lead to: its format, and whether red is to be seen."""
    for _look in range(2):
        pages = "".join(client.get(address).text for address in addresses)
        while make_kin(timezone.now() + SOON):
            pass
    found = {}
    for address in set(re.findall(r"/media/[^\s\",]+", pages)):
        with (
            default_storage.open(address.removeprefix("/media/")) as file,
            Image.open(file) as picture,
        ):
            found.setdefault(str(picture.format).lower(), False)
            _red, green, _blue = picture.convert("RGB").split()
            found[str(picture.format).lower()] |= green.getextrema()[0] < 100
    return found


def test_no_size_of_a_riddles_photo_leads_to_the_whole_before_its_reveal(client, house, riddle):
    addresses = [page.get_url() for page in (riddle, house.home, house.challenges)]
    seen = formats_seen(client, addresses)
    assert seen == dict.fromkeys(["jpeg", *modern_formats()], False)
    PhotoRiddlePage.objects.update(revealed_at=NOON)
    assert formats_seen(client, addresses[:1]) == dict.fromkeys(seen, True)

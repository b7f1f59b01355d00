import pytest
from django.core.exceptions import ValidationError
from django.template import Context, Template
from wagtail.images.forms import get_image_form

from cms.models import EnvolImage
from tests.cms.conftest import an_image
from tests.markup import attributes_of


def test_an_image_needs_words_for_those_who_do_not_see_it(house):
    image = an_image()
    image.alt_text = ""
    with pytest.raises(ValidationError) as refused:
        image.full_clean()
    assert "alt_text" in refused.value.message_dict


def test_the_editors_form_asks_for_them(db):
    form = get_image_form(EnvolImage)({"title": "Heron", "licence": "CC-BY-SA-4.0"})
    assert not form.is_valid()
    assert "alt_text" in form.errors
    assert {"credit", "licence"} <= set(form.fields)


def test_templates_say_these_words_by_default(house):
    template = Template("{% load wagtailimages_tags %}{% image photo width-100 %}")
    (shown,) = attributes_of(template.render(Context({"photo": house.riddle.photo})), "img")
    assert shown["alt"] == "A golden disc on blue."
    assert shown["width"] and shown["height"]


@pytest.mark.parametrize("licence", EnvolImage.Licence)
def test_public_licences_have_an_address_and_permissions_none(db, licence):
    address = EnvolImage(licence=licence).licence_url
    assert address.startswith("https://creativecommons.org/") == (licence != "permission")


def test_a_picture_on_a_page_names_its_author_and_licence(client, house):
    house.charter.body = _picture(house.charter, house.riddle.photo)
    house.charter.save()
    page = client.get(house.charter.get_url()).text
    assert "Nia" in page
    assert "https://creativecommons.org/licenses/by-sa/4.0/" in page


def _picture(page, photo):
    block = page.body.stream_block.child_blocks["image"]
    value = block.to_python({"image": photo.pk, "decorative": False, "alt_text": "A disc"})
    return [("image", value)]


def test_the_name_of_an_upload_tells_nothing(db):
    upload = EnvolImage().get_upload_to("Lighthouse of Hvar.JPG")
    assert "lighthouse" not in upload.casefold()
    assert upload.endswith(".JPG")
    assert upload != EnvolImage().get_upload_to("Lighthouse of Hvar.JPG")

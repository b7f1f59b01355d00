from io import BytesIO

import pytest
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.urls import reverse
from pypdf import PdfReader

from cms.booklet.prose import prose
from tests.cms.house.building import HOSTILE


@pytest.fixture
def address(rooms, settings, tmp_path) -> str:
    """Nothing was printed yet."""
    settings.MEDIA_ROOT = tmp_path
    return reverse("cms:booklet", args=[rooms.kit.pk])


def read_pdf(data: bytes) -> tuple[PdfReader, str]:
    reader = PdfReader(BytesIO(data))
    words = " ".join(page.extract_text() for page in reader.pages)
    return reader, " ".join(words.split())


def test_the_booklet_holds_all_that_was_chosen_tagged_and_in_its_language(client, rooms, address):
    answer = client.get(address)
    assert answer["Content-Type"] == "application/pdf"
    reader, words = read_pdf(answer.content)
    catalog = reader.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/Lang"] == "fr"
    assert reader.metadata.title == "Welcome"
    for said in ("Your first post", "Lists", "hashtag", "We say thank you", "+32 103"):
        assert said in words


def test_hostile_words_are_words(client, address):
    _reader, words = read_pdf(client.get(address).content)
    assert '#panic("x") $oops$' in words
    assert HOSTILE.split()[0] in words


def test_it_is_printed_once_until_its_words_change(client, rooms, address):
    folder = f"booklets/{rooms.kit.pk}"
    first = client.get(address).content
    (name,) = default_storage.listdir(folder)[1]
    assert client.get(address).content == first
    rooms.kit.lead = "Other words."
    rooms.kit.save()
    assert "Other words." in read_pdf(client.get(address).content)[1]
    (other,) = default_storage.listdir(folder)[1]
    assert other != name


def test_whoever_asks_while_it_is_printed_is_asked_to_wait(client, rooms, address):
    cache.add(f"envol:booklet:{rooms.kit.pk}", True)
    answer = client.get(address)
    assert answer.status_code == 503
    assert answer["Retry-After"]


def test_a_draft_has_no_booklet_but_its_editor_sees_one(client, rooms, address):
    shown = rooms.kit.make_preview_request(preview_mode="booklet")
    assert shown.content.startswith(b"%PDF")
    rooms.kit.unpublish()
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("html", "kinds"),
    [
        ("<p>a <b>b</b></p><ul><li>c</li><li>d</li></ul>", ["p", "list", "list"]),
        ("<ol><li><p>a</p></li></ol><blockquote>q</blockquote>", ["steps", "quote"]),
        ("loose <a href='javascript:x'>words</a>", ["p"]),
    ],
)
def test_rich_text_becomes_paragraphs_and_runs(html, kinds):
    nodes = prose(html, base="https://envol.example/")
    assert [node["kind"] for node in nodes] == kinds
    assert all(run["to"] == "" for node in nodes for run in node["runs"])

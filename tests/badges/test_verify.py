"""Anybody may ask whether a badge is ours, whole and valid."""

import json
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from badges.baking import MOST_BYTES, bake
from badges.models import Award
from badges.services import revoke_award
from badges.verifying import State, verify_address, verify_image
from tests.badges.builders import a_badge, a_png, an_award
from tests.builders import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def award(tomas) -> Award:
    return an_award(a_badge("tuteur"), tomas.participant)


def picture(award: Award) -> bytes:
    with award.baked.open("rb") as file:
        return file.read()


def test_ours(award):
    assert verify_image(picture(award)).state is State.VALID
    for address in (
        award.assertion["id"],
        f"https://envol.example/fr/badges/{award.pk}/",
        str(award.pk),
    ):
        assert verify_address(address).award == award


def test_another_document_under_our_address(award):
    forged = award.assertion | {"recipient": {"type": "url", "identity": "https://evil.example"}}
    assert verify_image(bake(picture(award), forged)).state is State.CHANGED
    less = json.loads(json.dumps(award.assertion))
    del less["evidence"]
    assert verify_image(bake(picture(award), less)).state is State.CHANGED


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/badges/assertions/{pk}.json",
        "https://envol.example.evil.example/badges/assertions/{pk}.json",
        "https://envol.example/badges/assertions/00000000-0000-0000-0000-000000000000.json",
        "hello",
        "",
    ],
)
def test_not_ours(award, address):
    assert verify_address(address.format(pk=award.pk)).state is State.NOT_OURS


def test_without_a_document_or_without_a_picture(award):
    assert verify_image(a_png()).state is State.EMPTY
    assert verify_image(b"GIF89a").state is State.UNREADABLE
    assert verify_image(bake(a_png(), {"id": ["x"]})).state is State.NOT_OURS


def test_revoked(award, olga):
    revoke_award(award, by=olga, reason="Erreur", now=NOON)
    assert verify_image(picture(award)).state is State.REVOKED


@pytest.mark.parametrize(
    ("claim", "theirs"),
    [("https://envol.example/@tomas", True), ("https://envol.example/@nia", False), ("", None)],
)
def test_whose(award, claim, theirs):
    assert verify_image(picture(award), claim=claim).theirs is theirs


def ask(client, *, image: bytes | None = None, **data) -> str:
    if image is not None:
        data["image"] = SimpleUploadedFile("badge.png", image, content_type="image/png")
    response = client.post("/en/badges/verify/", data)
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_answers(client, award, olga):
    assert "Check a badge" in client.get("/en/badges/verify/").content.decode()
    page = ask(client, image=picture(award))
    assert "it is valid" in page
    assert "Earned by Tomas" in page
    assert "it is valid" in ask(client, address=award.assertion["id"])
    claimed = ask(client, image=picture(award), claim="https://envol.example/@nia")
    assert "wasn't issued to the address" in claimed.replace("&#x27;", "'")
    assert "carries no badge" in ask(client, image=a_png())
    assert "know this badge" in ask(client, address="https://elsewhere.example/x")
    revoke_award(award, by=olga, reason="Une <erreur>", now=NOON)
    assert "Une &lt;erreur&gt;" in ask(client, image=picture(award))


def test_what_is_private_is_confirmed_without_a_name(client, award):
    Award.objects.update(visibility="private")
    page = ask(client, image=picture(award))
    assert "it is valid" in page
    assert "Tomas" not in page


def test_nothing_or_too_much_is_refused(client):
    assert "Choose a picture, or give an address." in ask(client)
    assert "larger than any of our badges" in ask(client, image=b"x" * (MOST_BYTES + 1))


def test_a_stranger_may_not_ask_without_end(client):
    codes = [client.post("/en/badges/verify/", {"address": "x"}).status_code for _ in range(31)]
    assert codes[-1] == 429
    assert set(codes[:30]) == {200}


def test_an_upload_leaves_nothing(client, award, tmp_path):
    before = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    client.post("/en/badges/verify/", {"image": BytesIO(picture(award))})
    assert sorted(path for path in tmp_path.rglob("*") if path.is_file()) == before

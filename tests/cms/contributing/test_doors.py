"""The editor's doors: who may pass, and that nothing is ever lost."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from cms.contributing.drafting import latest_content
from cms.models import Contribution, ContributionDraft, ContributionPicture, EnvolImage
from tests.badges.builders import a_png
from tests.builders import a_user
from tests.cms.contributing.building import a_house, a_sent_text, a_text, decide

pytestmark = pytest.mark.django_db
OWN = ("show", "edit", "preview", "send", "agree", "take_back", "version")


@pytest.fixture(autouse=True)
def house(db):
    a_house()
    with translation.override("en"):
        yield


def fields(text: Contribution, **more: object) -> dict[str, object]:
    known = {"version": text.version, "title": "T", "summary": "S", "body": "B", "do": "save"}
    return {**known, "licence": "CC-BY-4.0", "language": "fr", "name": "Nia", **more}


def post(client, text: Contribution, **more: object):
    return client.post(reverse("write:edit", args=[text.pk]), fields(text, **more))


@pytest.mark.parametrize("name", OWN)
def test_a_text_is_its_authors_alone(client, nia, name):
    text = a_text(nia)
    args = [text.pk, text.drafts.first().pk] if name == "version" else [text.pk]
    address = reverse(f"write:{name}", args=args)
    assert client.get(address).status_code in (302, 405)
    client.force_login(a_user("eve"))
    assert {client.get(address).status_code, client.post(address).status_code} <= {404, 405}
    assert Contribution.objects.get().state == "draft"


def test_it_begins_once_and_shows_where_each_text_is(client, nia, olga):
    decide(a_sent_text(nia), olga, approve=False, comment="Presque !")
    client.force_login(nia)
    sent = {"kind": "tutorial", "ticket": str(uuid4())}
    first = client.post(reverse("write:new"), sent)
    assert client.post(reverse("write:new"), sent).url == first.url
    html = client.get(reverse("write:texts")).content.decode()
    assert "back with remarks" in html and Contribution.objects.count() == 2
    text = Contribution.objects.get(state="returned")
    assert "Presque !" in client.get(reverse("write:edit", args=[text.pk])).content.decode()


def test_saved_twice_is_one_version_and_an_old_window_loses_nothing(client, nia):
    text = a_text(nia)
    seen = text.version
    client.force_login(nia)
    post(client, text, title="One")
    post(client, text, title="One", version=seen)
    text.refresh_from_db()
    assert text.version == seen + 1
    answer = post(client, text, title="Two", version=seen)
    html = answer.content.decode()
    assert answer.status_code == 409 and "Two" in html and "One" in html
    assert ContributionDraft.objects.filter(number=None).get().content["title"] == "Two"
    post(client, text, title="Two", version=text.version)
    assert latest_content(Contribution.objects.get()).title == "Two"
    other = ContributionDraft.objects.get(number=seen + 1)
    address = reverse("write:version", args=[text.pk, other.pk])
    assert "One" in client.get(address).content.decode()
    client.post(address)
    assert latest_content(Contribution.objects.get()).title == "One"


def test_it_saves_by_itself_and_says_when_it_can_not(client, nia):
    text = a_text(nia)
    client.force_login(nia)
    assert post(client, text, do="autosave").json() == {"version": text.version + 1}
    assert post(client, text, do="autosave", title="X").status_code == 409
    assert post(client, text, do="autosave", title="X" * 999).status_code == 422
    assert "X" * 999 in post(client, text, title="X" * 999).content.decode()


def test_words_typed_after_the_session_ended_are_shown(client, nia):
    answer = post(client, a_text(nia), body="My precious words")
    assert answer.status_code == 403 and "My precious words" in answer.content.decode()


def test_parts_move_without_a_script(client, nia):
    text = a_text(nia, "tutorial")
    client.force_login(nia)

    def steps(do: str) -> list[str]:
        told = latest_content(Contribution.objects.get()).parts
        data: dict[str, object] = {"parts": len(told), "do": do}
        for number, part in enumerate(told):
            data |= {f"part{number}-heading": part.heading, f"part{number}-text": part.text}
        text.refresh_from_db()
        post(client, text, **data)
        return [part.heading for part in latest_content(Contribution.objects.get()).parts]

    assert steps("down-0") == ["Mets-la", "Trouve l'adresse"]
    assert steps("add") == ["Mets-la", "Trouve l'adresse", ""]
    assert steps("drop-0") == ["Trouve l'adresse", ""]
    assert steps("up-99") == ["Trouve l'adresse", ""]


def test_a_picture_is_described_credited_and_free_of_what_cameras_tell(client, nia):
    text = a_text(nia)
    client.force_login(nia)
    picture = SimpleUploadedFile("me.png", a_png(), "image/png")
    told = {"do": "picture", "credit": "Nia", "picture_licence": "CC0-1.0", "may_share": "on"}
    answer = post(client, text, **told, file=picture, title="Kept")
    assert answer.status_code == 422 and not EnvolImage.objects.exists()
    assert latest_content(Contribution.objects.get()).title == "Kept", "the words are saved"
    text.refresh_from_db()
    fake = SimpleUploadedFile("me.png", b"<script>", "image/png")
    assert post(client, text, **told, file=fake, alt_text="A heron").status_code == 422
    text.refresh_from_db()
    picture.seek(0)
    post(client, text, **told, file=picture, alt_text="A heron")
    row = ContributionPicture.objects.select_related("image").get()
    assert (row.image.alt_text, row.image.licence) == ("A heron", "CC0-1.0")
    text.refresh_from_db()
    post(client, text, body=f"![](picture:{row.pk})", do="send")
    page = Contribution.objects.get().page.specific
    assert page.body[0].block_type == "image"
    html = client.get(reverse("write:show", args=[text.pk])).content.decode()
    assert "A heron" in html


def test_the_preview_says_what_is_in_the_form(client, nia):
    text = a_text(nia)
    client.force_login(nia)
    address = reverse("write:preview", args=[text.pk])
    html = client.post(address, fields(text, body="**bold** <script>")).content.decode()
    assert "<b>bold</b>" in html and "<script>" not in html
    assert latest_content(text).body != "**bold** <script>"


def test_what_was_sent_in_elsewhere_meanwhile_keeps_these_words_too(client, nia):
    text = a_sent_text(nia)
    client.force_login(nia)
    assert post(client, text, title="Late").status_code == 302
    assert ContributionDraft.objects.filter(number=None).get().content["title"] == "Late"

"""What every gateway promises about saying, changing and taking back."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from microblog.gateways.base import Attachment, Draft, Gone, MediaKind, Never, Visibility

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 64


@pytest.fixture
def photo():
    path = default_storage.save("contracts/lighthouse.jpg", ContentFile(JPEG))
    yield Attachment(path=path, alt_text="Un phare dans la brume", mime_type="image/jpeg")
    default_storage.delete(path)


def test_it_knows_the_account_that_speaks(harness):
    account = harness.gateway.verify()

    assert account.uri
    assert account.handle.partition("@")[0] == harness.bot
    assert harness.gateway.publish(Draft(key="1", text="Bonjour")).author.uri == account.uri


def test_what_is_said_comes_back_in_our_words(harness):
    draft = Draft(
        key="1", text="Où est ce phare ?\n\nDites-le ! #photoDevinette #Défi", language="fr"
    )

    said = harness.gateway.publish(draft)

    assert said.uri
    assert said.text == draft.text
    assert set(said.hashtags) == {"photodevinette", "défi"}
    assert said.created_at.utcoffset() == timedelta(0)
    assert (said.parent_uri, said.parent_remote_id, said.edited_at) == ("", "", None)
    assert harness.gateway.fetch_post(said.remote_id) == said


@pytest.mark.parametrize("visibility", Visibility)
def test_each_visibility_is_kept(harness, visibility):
    said = harness.gateway.publish(Draft(key="1", text="@nia bonjour", visibility=visibility))

    assert said.visibility is visibility


def test_a_content_warning_is_kept_apart_from_the_text(harness):
    said = harness.gateway.publish(Draft(key="1", text="C’est un phare", content_warning="Réponse"))

    assert (said.content_warning, said.text) == ("Réponse", "C’est un phare")
    assert said.is_sensitive


def test_a_link_is_said_in_full(harness):
    address = "https://mooc.example/defis/photo-devinette-numero-sept/?niveau=1"

    said = harness.gateway.publish(Draft(key="1", text=f"Le défi : {address}"))

    assert said.text == f"Le défi : {address}"
    assert said.links == (address,)


def test_a_photo_goes_out_with_its_description(harness, photo):
    said = harness.gateway.publish(Draft(key="1", text="Une photo", attachments=(photo,)))

    (media,) = said.media
    assert (media.kind, media.alt_text) == (MediaKind.IMAGE, "Un phare dans la brume")
    assert media.url


def test_a_photo_that_is_not_there_is_for_a_person(harness):
    lost = Attachment(path="contracts/nowhere.jpg", alt_text="")

    with pytest.raises(Never):
        harness.gateway.publish(Draft(key="1", text="Une photo", attachments=(lost,)))

    assert list(harness.gateway.fetch_own(LONG_AGO)) == []


def test_an_answer_hangs_on_its_parent(harness):
    question = harness.says("nia", "Une question")

    said = harness.gateway.publish(
        Draft(
            key="1",
            text="@nia Oui !",
            reply_to_id=harness.remote_id(question),
            reply_to_uri=question,
        )
    )

    assert said.parent_remote_id == harness.remote_id(question) or said.parent_uri == question
    assert [person.handle.partition("@")[0] for person in said.mentions] == ["nia"]


def test_an_answer_to_what_is_gone_is_not_said(harness):
    question = harness.says("nia", "Une question")
    remote_id = harness.remote_id(question)
    harness.deletes("nia", question)

    with pytest.raises(Gone):
        harness.gateway.publish(
            Draft(key="1", text="Oui !", reply_to_id=remote_id, reply_to_uri=question)
        )

    assert list(harness.gateway.fetch_own(LONG_AGO)) == []


def test_a_text_that_fills_the_limit_is_said_whole(harness):
    text = "é" * harness.gateway.limits().characters

    assert harness.gateway.publish(Draft(key="1", text=text)).text == text


def test_it_finds_its_own_posts_newest_first(harness):
    for number in range(3):
        harness.gateway.publish(Draft(key=str(number), text=f"Défi {number}"))
    harness.says("nia", "Défi 9")

    own = harness.gateway.fetch_own(datetime.now(UTC) - timedelta(hours=1))

    assert [post.text for post in own] == ["Défi 2", "Défi 1", "Défi 0"]
    assert harness.gateway.fetch_own(datetime.now(UTC) + timedelta(hours=1)) in ([], ())


def test_an_edit_changes_the_words_and_keeps_the_rest(harness, photo):
    said = harness.gateway.publish(Draft(key="1", text="Faute", attachments=(photo,)))

    edited = harness.gateway.edit(said.remote_id, Draft(key="1", text="Sans faute #défi"))

    assert (edited.uri, edited.text, edited.hashtags) == (said.uri, "Sans faute #défi", ("défi",))
    assert [media.alt_text for media in edited.media] == ["Un phare dans la brume"]
    assert edited.edited_at is not None


def test_an_edit_of_what_is_gone(harness):
    said = harness.gateway.publish(Draft(key="1", text="Bientôt parti"))
    harness.gateway.delete(said.remote_id)

    with pytest.raises(Gone):
        harness.gateway.edit(said.remote_id, Draft(key="1", text="Trop tard"))


def test_taking_back_twice_is_no_error(harness):
    said = harness.gateway.publish(Draft(key="1", text="Bientôt parti"))

    harness.gateway.delete(said.remote_id)
    harness.gateway.delete(said.remote_id)

    with pytest.raises(Gone):
        harness.gateway.fetch_post(said.remote_id)


def test_limits_are_usable(harness):
    limits = harness.gateway.limits()

    assert min(limits.characters, limits.attachments, limits.alt_text_characters) > 0

"""What the practice gateway promises beyond the contract: rows are the network."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from microblog.fingerprints import fingerprint_post
from microblog.gateways.base import Attachment, Draft, Gone, Never, Visibility
from microblog.gateways.practice import Position, PracticeGateway
from microblog.models import Connection, Post, Sighting, TimelineSettings
from microblog.recording import record_posts
from microblog.services import open_gateway
from microblog.timeline.writing import delete_post, write_post
from tests.builders import NOON
from tests.photos import a_photo


@pytest.fixture
def gateway(practice: Connection) -> PracticeGateway:
    return open_gateway(practice)


@pytest.fixture
def picture() -> str:
    path = default_storage.save("riddles/phare.jpg", ContentFile(a_photo().read()))
    yield path
    default_storage.delete(path)


def test_a_promise_is_said_once_whatever_happens(gateway):
    first = gateway.publish(Draft(key="launch:1", text="Où suis-je ?"))
    again = gateway.publish(Draft(key="launch:1", text="Où suis-je ?"))

    assert first == again
    assert Post.objects.count() == 1


def test_what_we_took_back_is_not_said_again(gateway):
    said = gateway.publish(Draft(key="launch:1", text="Où suis-je ?"))
    gateway.delete(said.remote_id)

    with pytest.raises(Gone):
        gateway.publish(Draft(key="launch:1", text="Où suis-je ?"))


def test_recording_what_was_published_changes_nothing(gateway, practice, nia):
    said = gateway.publish(
        Draft(key="1", text="@nia bravo #été https://exemple.fr", content_warning="joie")
    )

    recorded = record_posts(practice, [said], via=Sighting.Via.OWN, now=NOON)

    post = Post.objects.get()
    assert not recorded
    assert Sighting.objects.get().remote_id == said.remote_id == post.uri
    assert post.fingerprint == fingerprint_post(said)


def test_a_picture_is_copied_so_that_its_original_outlives_the_post(
    gateway, picture, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        said = gateway.publish(
            Draft(key="1", text="Où ?", attachments=(Attachment(picture, "Un disque doré"),))
        )
        media = Post.objects.get().media.get()
        gateway.edit(said.remote_id, Draft(key="1", text="Où suis-je ?"))
        assert Post.objects.get().media.get() == media
        gateway.delete(said.remote_id)

    assert media.alt_text == "Un disque doré"
    assert media.file.name != picture
    assert default_storage.exists(picture)
    assert not default_storage.exists(media.file.name)


def test_a_missing_picture_is_for_a_person_to_mend(gateway):
    with pytest.raises(Never, match="nowhere"):
        gateway.publish(Draft(key="1", text="x", attachments=(Attachment("nowhere.jpg", ""),)))


def test_nothing_is_no_post(gateway):
    with pytest.raises(Never):
        gateway.publish(Draft(key="1", text="  "))


def test_a_post_is_found_by_any_of_its_addresses(gateway, nia, now):
    post = write_post(nia.accounts.get(), text="Bonjour", now=now)

    for url in (
        post.uri,
        f"https://envol.example/fr/timeline/@nia/{post.number}/",
        f"https://envol.example/en/timeline/@nia/{post.number}/?next=1#reply",
    ):
        assert gateway.resolve(url).uri == post.uri
    for url in ("https://envol.example/@nia", "https://envol.example/@olga/1", "x", ""):
        with pytest.raises(Gone):
            gateway.resolve(url)


def test_what_others_said_in_private_is_not_heard(gateway, nia, tomas, now):
    nia_account = nia.accounts.get()
    secret = write_post(nia_account, text="@tomas psst", visibility=Visibility.DIRECT, now=now)

    with pytest.raises(Gone):
        gateway.fetch_post(secret.uri)


def test_words_of_others_are_not_ours_to_change(gateway, nia, now):
    post = write_post(nia.accounts.get(), text="Bonjour", now=now)

    with pytest.raises(Never):
        gateway.edit(post.uri, Draft(key="1", text="Volé"))
    gateway.delete(post.uri)
    post.refresh_from_db()
    assert (post.text, post.deleted_at) == ("Bonjour", None)


def test_own_posts_since_a_moment_newest_first(gateway, practice, now):
    for minutes in (0, 10, 20):
        write_post(practice.account, text=str(minutes), now=now + timedelta(minutes=minutes))
    gone = write_post(practice.account, text="gone", now=now + timedelta(minutes=15))
    delete_post(gone, now=now)

    own = gateway.fetch_own(now + timedelta(minutes=5))
    assert [post.text for post in own] == ["20", "10"]


def test_the_site_decides_how_much_fits(gateway, client):
    settings = TimelineSettings.for_request(client.get("/fr/timeline/").wsgi_request)
    settings.character_limit = 140
    settings.save()

    assert (gateway.limits().characters, gateway.limits().attachments) == (140, 4)


@pytest.mark.parametrize("cursor", ["", "x", "1.2", "1.2.3.4", "-1.0.0", "1.2.x", "9" * 30])
def test_any_cursor_is_survived(gateway, cursor):
    assert gateway.fetch_mentions(cursor).complete


def test_a_position_survives_its_cursor():
    assert Position.parse(str(Position(1, 2, 3))) == Position(1, 2, 3)

"""Saying things to servers that do something else than they were told."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from microblog.gateways.base import Attachment, Draft, Gone, TryAgain, Visibility
from microblog.gateways.mastodon import open_gateway
from microblog.gateways.mastodon_publish import QUESTIONS_ABOUT_A_PICTURE
from tests.fakes import faults
from tests.fakes.mastodon_server import MastodonServer

PUBLISH = "POST /api/v1/statuses"
JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 64


@pytest.fixture
def server():
    with MastodonServer() as server:
        yield server


@pytest.fixture
def gateway(server):
    return open_gateway(server.url, server.token, allow_private=True, request_timeout=0.5)


@pytest.fixture
def photo():
    path = default_storage.save("publishing/moulin.jpg", ContentFile(JPEG))
    yield Attachment(path=path, alt_text="Un moulin")
    default_storage.delete(path)


def test_key_visibility_and_language_are_always_sent(server, gateway):
    gateway.publish(
        Draft(key="launch-7", text="Bonjour", language="fr", visibility=Visibility.FOLLOWERS)
    )

    (request,) = server.asked(PUBLISH)
    assert request.headers["idempotency-key"] == "launch-7"
    assert request.form.get("visibility") == "private"
    assert request.form.get("language") == "fr"


def test_a_photo_arrives_whole(server, gateway, photo):
    gateway.publish(Draft(key="1", text="Une photo", attachments=(photo,)))

    (said,) = server.said_by_bot
    assert [(item.content, item.mime_type, item.alt_text) for item in said.media] == [
        (JPEG, "image/jpeg", "Un moulin")
    ]


def test_a_photo_still_in_work_is_asked_for_again(server, gateway, photo):
    server.misbehave(faults.say({"id": "100", "url": None}, status=202), on="POST /api/v2/media")
    server.misbehave(
        faults.say({"id": "100", "url": "https://s.example/1.jpg"}), on="GET /api/v1/media"
    )
    server.misbehave(faults.say(_status(server)), on=PUBLISH)

    assert gateway.publish(Draft(key="1", text="Une photo", attachments=(photo,))).uri
    assert server.asked(PUBLISH)[0].form.all("media_ids") == ["100"]


def test_a_photo_that_stays_in_work_is_for_later(server, gateway, photo):
    in_work = faults.say({"id": "100", "url": None}, status=202)
    server.misbehave(in_work, times=20)

    with pytest.raises(TryAgain):
        gateway.publish(Draft(key="1", text="Une photo", attachments=(photo,)))

    assert len(server.requests) == 1 + QUESTIONS_ABOUT_A_PICTURE
    assert server.asked(PUBLISH) == []


@pytest.mark.parametrize("fault", [faults.do_it_then_reset, faults.do_it_then_hang, faults.cut_off])
def test_what_was_said_before_the_connection_broke_is_found_again(server, gateway, fault):
    server.misbehave(fault, on=PUBLISH)
    draft = Draft(key="1", text="Un phare ! #photoDevinette")
    since = datetime.now(UTC) - timedelta(minutes=1)

    with pytest.raises(TryAgain):
        gateway.publish(draft)

    assert [post.text for post in gateway.fetch_own(since)] == [draft.text]


def test_a_retry_without_looking_would_say_it_twice(server, gateway):
    """Why fetch_own comes before every retry: the key alone protects nobody."""
    for _ in range(2):
        gateway.publish(Draft(key="1", text="Bonjour"))

    assert len(server.said_by_bot) == 2


def test_an_empty_answer_to_a_new_post_is_a_doubt(server, gateway):
    server.misbehave(faults.say({}), on=PUBLISH)

    with pytest.raises(TryAgain):
        gateway.publish(Draft(key="1", text="Bonjour"))


def test_an_answer_that_came_out_as_a_post_of_its_own_is_taken_back():
    with MastodonServer(forgets_unknown_parents=True) as server:
        gateway = open_gateway(server.url, server.token, allow_private=True)

        with pytest.raises(Gone):
            gateway.publish(Draft(key="1", text="Oui !", reply_to_id="12345"))

        assert len(server.asked("DELETE /api/v1/statuses/")) == 1
        assert server.said_by_bot == []


def test_a_stray_answer_that_cannot_be_taken_back_is_named_to_a_person():
    with MastodonServer(forgets_unknown_parents=True) as server:
        gateway = open_gateway(server.url, server.token, allow_private=True)
        server.misbehave(faults.unavailable(), on="DELETE")

        with pytest.raises(Gone) as refused:
            gateway.publish(Draft(key="1", text="Oui !", reply_to_id="12345"))

        assert server.said_by_bot[0].url in str(refused.value)


def test_an_edit_with_an_empty_answer_is_asked_for_again(server, gateway):
    said = gateway.publish(Draft(key="1", text="Faute"))
    server.misbehave(_do_it_and_say_nothing, on="PUT")

    assert gateway.edit(said.remote_id, Draft(key="1", text="Sans faute")).text == "Sans faute"


def test_an_edit_names_the_photos_again(server, gateway, photo):
    said = gateway.publish(Draft(key="1", text="Faute", attachments=(photo,)))

    gateway.edit(said.remote_id, Draft(key="1", text="Sans faute"))

    (request,) = server.asked("PUT")
    assert request.form.all("media_ids") == [said.media[0].remote_id]


def test_boosts_are_not_among_our_own_words(server, gateway):
    nias = server.say("nia", "Bonjour")
    server.people["envol"].boost(nias)

    assert list(gateway.fetch_own(datetime.now(UTC) - timedelta(hours=1))) == []


def test_replies_that_a_thread_leaves_out_are_asked_for(server, gateway):
    root = gateway.publish(Draft(key="1", text="Où suis-je ?"))
    first = server.people["nia"].reply(to=server.find(root.remote_id), text="Un phare ?")
    second = server.people["tomas"].reply(to=first, text="Oui !")
    shallow = {"ancestors": [], "descendants": [_status(server, first.id)]}
    server.misbehave(faults.say(shallow), on=f"GET /api/v1/statuses/{root.remote_id}/context")

    posts = gateway.fetch_thread(root.remote_id).posts

    assert [post.uri for post in posts] == [first.uri, second.uri]
    assert posts[1].parent_uri == first.uri


def test_an_id_with_odd_characters_stays_one_id(server, gateway):
    with pytest.raises(Gone):
        gateway.fetch_post("1/../../accounts?x=y#z")

    assert server.requests[0].path == "/api/v1/statuses/1%2F..%2F..%2Faccounts%3Fx%3Dy%23z"


def _do_it_and_say_nothing(exchange):
    exchange.answer_well()
    faults.say({})(exchange)


def _status(server, remote_id=""):
    """The JSON of a post, as the server shows it (without one: of a new post of the bot's)."""
    said = server.find(remote_id) if remote_id else server.people["envol"].say("Une photo")
    return server.show(said)

"""Changing and taking back: one's own posts, and nobody else's."""

import pytest

from microblog.gateways.base import Visibility
from microblog.models import Post
from microblog.timeline.photos import Photo, keep_photo
from microblog.timeline.pictures import read_picture
from microblog.timeline.writing import delete_post, write_post
from tests.photos import a_photo


@pytest.fixture
def post(nia_account, now) -> Post:
    return write_post(nia_account, text="Bonjour", language="fr", now=now)


def test_one_changes_ones_words(signed_in, nia, post, page_of):
    browser = signed_in(nia)
    assert "Bonjour" in browser.get(page_of(post, "edit")).content.decode()

    answer = browser.post(page_of(post, "edit"), {"text": "Bonsoir #nuit", "language": "fr"})

    post.refresh_from_db()
    assert answer.url == page_of(post)
    assert (post.text, post.hashtags) == ("Bonsoir #nuit", ["nuit"])
    assert post.edited_at


def test_a_description_is_added_later_and_the_photo_stays(
    signed_in, nia, nia_account, now, page_of
):
    photo = Photo(keep_photo(nia_account, read_picture(a_photo())))
    post = write_post(nia_account, text="Voilà", photos=[photo], now=now)

    signed_in(nia).post(
        page_of(post, "edit"),
        {"text": "Voilà", "language": "", "kept_1": photo.media.pk, "alt_text_1": "Un phare"},
    )

    assert post.media.get().alt_text == "Un phare"


def test_a_change_that_is_too_long_keeps_its_words(signed_in, nia, post, page_of):
    answer = signed_in(nia).post(page_of(post, "edit"), {"text": "é" * 501, "language": "fr"})

    post.refresh_from_db()
    assert answer.status_code == 422
    assert "é" * 501 in answer.content.decode()
    assert post.text == "Bonjour"


@pytest.mark.parametrize("page", ["edit", "delete"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_changes_the_words_of_others(signed_in, tomas, post, page_of, page, method):
    answer = getattr(signed_in(tomas), method)(page_of(post, page), {"text": "Volé"})

    post.refresh_from_db()
    assert answer.status_code == 403
    assert (post.text, post.deleted_at) == ("Bonjour", None)


@pytest.mark.parametrize("page", ["edit", "delete", "report", "favourite", "boost"])
def test_what_is_taken_back_or_private_is_not_there(
    signed_in, tomas, nia_account, post, page_of, page, now
):
    secret = write_post(nia_account, text="@olga", visibility=Visibility.DIRECT, now=now)
    delete_post(post, now=now)
    browser = signed_in(tomas)

    assert browser.post(page_of(post, page)).status_code == 404
    assert browser.post(page_of(secret, page)).status_code == 404


def test_one_is_asked_before_a_post_is_taken_back(signed_in, nia, post, page_of):
    browser = signed_in(nia)
    asked = browser.get(page_of(post, "delete"), {"next": "/fr/timeline/"})
    post.refresh_from_db()
    assert post.deleted_at is None
    assert 'value="/fr/timeline/"' in asked.content.decode()

    answer = browser.post(page_of(post, "delete"), {"next": "/fr/timeline/"})

    post.refresh_from_db()
    assert answer.url == "/fr/timeline/"
    assert post.deleted_at
    assert browser.get(page_of(post)).status_code == 410


def test_one_is_not_sent_back_to_a_page_that_is_gone(signed_in, nia, post, page_of):
    answer = signed_in(nia).post(page_of(post, "delete"), {"next": page_of(post)})

    assert answer.url != page_of(post)


def test_organisers_take_harm_away_but_put_no_words_into_mouths(signed_in, olga, post, page_of):
    browser = signed_in(olga)

    assert browser.post(page_of(post, "edit"), {"text": "x"}).status_code == 403
    assert browser.post(page_of(post, "delete")).status_code == 302
    post.refresh_from_db()
    assert post.deleted_at


def test_strangers_change_nothing(client, post, page_of):
    for page in ("edit", "delete", "favourite", "boost", "report"):
        assert "login" in client.post(page_of(post, page)).url
    post.refresh_from_db()
    assert (post.text, post.deleted_at) == ("Bonjour", None)

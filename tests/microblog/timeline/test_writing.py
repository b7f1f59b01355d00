from datetime import timedelta

import pytest

from microblog.fingerprints import fingerprint_post
from microblog.gateways.base import Visibility
from microblog.gateways.practice_values import heard_post
from microblog.models import Media, Notification, Post
from microblog.timeline.photos import Photo, forget_unused_photos, keep_photo
from microblog.timeline.pictures import read_picture
from microblog.timeline.writing import delete_post, edit_post, new_number, write_post
from tests.photos import a_photo


def photo(by, alt_text="") -> Photo:
    return Photo(keep_photo(by, read_picture(a_photo())), alt_text)


def test_a_post_is_written_with_all_that_is_read_in_it(nia_account, tomas_account, now):
    post = write_post(
        nia_account,
        text="@Tomas @tomas @inconnu Voir https://exemple.fr #Été #été",
        content_warning="Film",
        language="fr",
        now=now,
    )

    post.refresh_from_db()
    assert post.uri == post.url == f"{nia_account.uri}/{post.number}"
    assert post.hashtags == ["été"]
    assert [row.name for row in post.hashtag_rows.all()] == ["été"]
    assert post.links == ["https://exemple.fr"]
    assert [mention.account for mention in post.mentions.all()] == [tomas_account]
    assert (post.said_at, post.is_sensitive, post.network) == (now, True, "practice")


def test_its_fingerprint_is_the_one_that_hearing_it_would_give(nia_account, tomas_account, now):
    post = write_post(
        nia_account,
        text="@tomas le héron #photo https://exemple.fr",
        content_warning="oiseau",
        language="fr",
        visibility=Visibility.UNLISTED,
        photos=[photo(nia_account, "Un héron"), photo(nia_account)],
        now=now,
    )

    post.refresh_from_db()
    assert fingerprint_post(heard_post(post)) == post.fingerprint != post.answered_fingerprint


def test_sent_twice_it_is_written_once(nia_account, now):
    number = new_number(now)

    first = write_post(nia_account, text="Bonjour", number=number, now=now)
    second = write_post(nia_account, text="Bonjour ", number=number, now=now)

    assert first == second
    assert Post.objects.count() == 1


def test_other_words_from_the_same_form_are_another_post(nia_account, now):
    number = new_number(now)
    write_post(nia_account, text="Bonjour", number=number, now=now)
    write_post(nia_account, text="Bonsoir", number=number, now=now)

    assert Post.objects.count() == 2


def test_the_same_words_in_two_forms_are_two_posts(nia_account, now):
    for _form in range(2):
        write_post(nia_account, text="Bonjour", number=new_number(now), now=now)

    assert Post.objects.count() == 2


def test_answers_know_their_parent_and_the_beginning(nia_account, tomas_account, now):
    root = write_post(nia_account, text="Question", now=now)
    answer = write_post(tomas_account, text="Réponse", in_reply_to=root, now=now)
    last = write_post(nia_account, text="Merci", in_reply_to=answer, now=now)

    assert (answer.root, last.root, last.parent_uri) == (root, root, answer.uri)


def test_an_answer_to_something_private_stays_between_those_two(nia_account, bot, now):
    secret = write_post(bot, text="@nia psst", visibility=Visibility.DIRECT, now=now)
    answer = write_post(nia_account, text="@envol oui ?", in_reply_to=secret, now=now)

    assert answer.visibility == Visibility.DIRECT


def test_people_hear_of_answers_and_mentions_once(nia_account, tomas_account, olga_account, now):
    root = write_post(nia_account, text="Question", now=now)
    write_post(tomas_account, text="@nia @olga @tomas oui", in_reply_to=root, now=now)

    told = Notification.objects.order_by("pk").values_list("recipient__handle", "kind")
    assert list(told) == [("nia", "reply"), ("olga", "mention")]


def test_photos_keep_their_order_and_descriptions(nia_account, now):
    first, second = photo(nia_account, "Un"), photo(nia_account, "")
    post = write_post(nia_account, text="", photos=[second, first], now=now)

    assert [media.alt_text for media in post.media.all()] == ["", "Un"]
    assert post.media.first().width == 60


def test_an_edit_changes_words_tags_and_people(nia_account, tomas_account, olga_account, now):
    post = write_post(nia_account, text="@tomas #avant", now=now)
    before = post.fingerprint
    later = now + timedelta(minutes=5)

    edit_post(post, text="@tomas @olga #après", now=later)

    post.refresh_from_db()
    assert (post.edited_at, post.hashtags) == (later, ["après"])
    assert [row.name for row in post.hashtag_rows.all()] == ["après"]
    assert {mention.account.handle for mention in post.mentions.all()} == {"tomas", "olga"}
    assert post.fingerprint != before
    told = Notification.objects.order_by("pk").values_list("recipient__handle", flat=True)
    assert list(told) == ["tomas", "olga"]


def test_describing_a_photo_afterwards_is_an_edit(nia_account, now):
    post = write_post(nia_account, text="Voilà", photos=[photo(nia_account)], now=now)
    before = post.fingerprint

    edit_post(post, text="Voilà", photos=[Photo(post.media.get(), "Un phare")], now=now)

    post.refresh_from_db()
    assert post.media.get().alt_text == "Un phare"
    assert post.fingerprint != before


def test_an_edit_that_changes_nothing_is_none(nia_account, now):
    post = write_post(nia_account, text="Voilà", now=now)

    edit_post(post, text="Voilà ", now=now)

    post.refresh_from_db()
    assert post.edited_at is None


def test_what_is_taken_back_leaves_an_empty_row(
    nia_account, tomas_account, now, django_capture_on_commit_callbacks
):
    post = write_post(nia_account, text="@tomas #secret", photos=[photo(nia_account, "x")], now=now)
    answer = write_post(tomas_account, text="Ah ?", in_reply_to=post, now=now)
    stored = post.media.get().file
    answered = Post.objects.filter(pk=post.pk).update(answered_fingerprint=post.fingerprint)

    with django_capture_on_commit_callbacks(execute=True):
        delete_post(post, now=now)

    post.refresh_from_db()
    assert answered
    assert (post.text, post.html, post.hashtags, post.deleted_at) == ("", "", [], now)
    assert not stored.storage.exists(stored.name)
    assert not post.hashtag_rows.exists()
    assert not post.mentions.exists()
    assert post in Post.objects.unanswered()
    assert list(Notification.objects.values_list("post", flat=True)) == [answer.pk]
    assert Post.objects.get(pk=answer.pk).parent == post


def test_an_edit_that_removes_a_photo_removes_its_file(
    nia_account, now, django_capture_on_commit_callbacks
):
    post = write_post(nia_account, text="Voilà", photos=[photo(nia_account)], now=now)
    stored = post.media.get().file

    with django_capture_on_commit_callbacks(execute=True):
        edit_post(post, text="Voilà", now=now)

    assert not stored.storage.exists(stored.name)
    assert not Media.objects.exists()


@pytest.mark.parametrize(("hours", "forgotten"), [(1, 0), (30, 1)])
def test_photos_without_a_post_are_forgotten_after_a_day(nia_account, hours, forgotten):
    waiting = keep_photo(nia_account, read_picture(a_photo()))
    waiting.refresh_from_db()

    assert forget_unused_photos(now=waiting.created_at + timedelta(hours=hours)) == forgotten

"""Writing without a script: forms go out whole, come back with what was written, and lead on."""

import pytest
from django.urls import reverse

from microblog.forms import ComposeForm
from microblog.gateways.base import Visibility
from microblog.models import Media, Post, TimelineSettings
from microblog.timeline.photos import keep_photo
from microblog.timeline.pictures import read_picture
from microblog.timeline.writing import delete_post, new_number, write_post
from tests.photos import a_bomb, a_photo, no_photo

COMPOSE = "microblog:compose"


@pytest.fixture
def write(signed_in, nia, now):
    """Sends the composer as nia; returns the answer."""
    browser = signed_in(nia)

    def send(text="Bonjour", **fields):
        data = {"text": text, "number": new_number(now), "visibility": "public", "language": "fr"}
        return browser.post(reverse(COMPOSE), data | fields)

    return send


def test_a_post_goes_out_and_leads_home(write):
    answer = write("Bonjour #Envol", content_warning="Joie", language="en")

    assert answer.status_code == 302
    assert answer.url == reverse("microblog:home_timeline")
    post = Post.objects.get()
    assert (post.text, post.hashtags, post.author.handle) == ("Bonjour #Envol", ["envol"], "nia")
    assert (post.content_warning, post.language, post.visibility) == ("Joie", "en", "public")


def test_one_returns_to_the_page_one_came_from_and_to_no_other_site(write):
    assert write("1", next="/fr/timeline/").url == "/fr/timeline/"
    assert write("2", next="https://evil.example/").url == reverse("microblog:home_timeline")
    assert write("3", next="//evil.example/").url == reverse("microblog:home_timeline")


def test_a_form_sent_twice_writes_once(write, now):
    number = new_number(now)
    for _press in range(2):
        assert write("Bonjour", number=number).status_code == 302

    assert Post.objects.count() == 1


@pytest.mark.parametrize("text", ["", "  \n ", "\x00"])
def test_an_empty_post_is_asked_for_words(write, text):
    answer = write(text)

    assert answer.status_code == 422
    assert answer.context["form"].errors["text"]
    assert not Post.objects.exists()


def test_too_many_characters_are_said_and_no_word_is_lost(write):
    text = "é" * 10_000
    answer = write(text)

    assert answer.status_code == 422
    assert "9500" in answer.context["form"].errors["text"][0]
    assert text in answer.content.decode()


def test_the_site_chooses_the_length(write, client):
    settings = TimelineSettings.for_request(client.get(reverse(COMPOSE)).wsgi_request)
    settings.character_limit = 140
    settings.save()

    assert write("👩🏽‍🚀" * 141).status_code == 422
    assert write("👩🏽‍🚀" * 140).status_code == 302


def test_markup_is_shown_as_it_was_written(write, client, page_of):
    write("<script>alert(1)</script> & <b>gras</b>\x00")

    page = client.get(page_of(Post.objects.get())).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;b&gt;gras" in page


def test_photos_go_out_with_their_descriptions(write):
    write("Voilà", photo_1=a_photo(), alt_text_1="Un phare", photo_3=a_photo())

    assert [media.alt_text for media in Post.objects.get().media.all()] == ["Un phare", ""]


def test_a_photo_alone_is_a_post(write):
    assert write("", photo_2=a_photo()).status_code == 302


def test_a_photo_without_description_goes_out_and_one_is_told_how_to_add_it(write, client):
    write("Voilà", photo_1=a_photo())

    page = client.get(reverse("microblog:home_timeline"))
    assert [message.level_tag for message in page.context["messages"]] == ["success", "info"]


@pytest.mark.parametrize("file", [no_photo, a_bomb, lambda: no_photo(b"x" * 9_000_000)])
def test_a_bad_photo_is_explained_and_the_rest_is_kept(write, file):
    answer = write("Mon texte", photo_1=file(), photo_2=a_photo(), alt_text_2="Un héron")

    assert answer.status_code == 422
    form: ComposeForm = answer.context["form"]
    assert list(form.errors) == ["photo_1"]
    page = answer.content.decode()
    assert "Mon texte" in page
    assert "Un héron" in page
    kept = Media.objects.get()
    assert f'name="kept_2" value="{kept.pk}"' in page

    again = write("Mon texte", kept_2=kept.pk, alt_text_2="Un héron cendré")
    assert again.status_code == 302
    assert Post.objects.get().media.get() == kept
    assert Post.objects.get().media.get().alt_text == "Un héron cendré"


def test_photos_survive_too_many_words(write):
    write("é" * 600, photo_1=a_photo())

    assert write("é", kept_1=Media.objects.get().pk).status_code == 302
    assert Post.objects.get().media.count() == 1


def test_a_kept_photo_can_be_left_out(write):
    write("é" * 600, photo_1=a_photo())
    write("é", kept_1=Media.objects.get().pk, drop_1="on")

    assert Post.objects.get().media.count() == 0


def test_nobody_takes_the_photos_of_others(write, tomas_account, now):
    theirs = keep_photo(tomas_account, read_picture(a_photo()))
    used = write_post(tomas_account, text="à moi", now=now)
    shown = keep_photo(tomas_account, read_picture(a_photo()))
    Media.objects.filter(pk=shown.pk).update(post=used)

    write("Volé", kept_1=theirs.pk, kept_2=shown.pk, kept_3="x")

    assert Post.objects.get(text="Volé").media.count() == 0
    theirs.refresh_from_db()
    shown.refresh_from_db()
    assert (theirs.post, shown.post) == (None, used)


def test_words_may_be_ready(signed_in, nia):
    page = signed_in(nia).get(reverse(COMPOSE), {"text": "Je réponds à #photoDevinette"})

    assert "Je réponds à #photoDevinette" in page.content.decode()


def test_an_answer_begins_with_those_whom_it_is_for(signed_in, nia, tomas_account, now):
    post = write_post(tomas_account, text="@olga @nia qu'en dis-tu ?", now=now)
    page = signed_in(nia).get(reverse(COMPOSE), {"reply_to": post.pk, "text": "Oui"})

    assert page.context["form"]["text"].value() == "@tomas @olga Oui"


def test_an_answer_is_hung_where_it_belongs(write, tomas_account, now):
    post = write_post(tomas_account, text="Qui vient ?", now=now)
    answer = write("Moi", reply_to=post.pk)

    written = Post.objects.get(parent=post)
    assert answer.url.endswith(f"#post-{written.pk}")


def test_an_answer_to_what_was_taken_back_keeps_its_words(write, tomas_account, now):
    post = write_post(tomas_account, text="Qui vient ?", now=now)
    delete_post(post, now=now)

    answer = write("Moi, moi", reply_to=post.pk)
    assert answer.status_code == 422
    assert "Moi, moi" in answer.content.decode()


def test_nobody_answers_what_they_may_not_read(write, tomas_account, now):
    secret = write_post(tomas_account, text="@olga psst", visibility=Visibility.DIRECT, now=now)

    assert write("Quoi ?", reply_to=secret.pk).status_code == 422


@pytest.mark.parametrize("wanted", ["abc", "9" * 40, "-1", "0"])
def test_a_strange_parent_is_no_parent(write, wanted):
    assert write("Moi", reply_to=wanted).status_code == 422


@pytest.mark.parametrize("number", ["../../x", "1", "é", "9" * 60])
def test_a_strange_number_is_refused(write, number):
    assert write("Moi", number=number).status_code == 422


def test_a_private_visibility_is_not_offered(write):
    assert write("Psst", visibility="direct").status_code == 422
    assert write("Doucement", visibility="unlisted").status_code == 302


def test_writing_too_much_waits_and_keeps_the_words(write):
    answers = [write(f"Message {number}").status_code for number in range(31)]

    assert answers == [302] * 30 + [422]


def test_strangers_are_led_to_the_door(client, db):
    answer = client.post(reverse(COMPOSE), {"text": "Bonjour", "next": "/fr/timeline/"})

    assert answer.status_code == 302
    assert "login" in answer.url
    assert not Post.objects.exists()


def test_htmx_gets_a_fresh_composer_and_the_post(write, client):
    answer = client.post(
        reverse(COMPOSE), {"text": "Bonjour", "language": "fr"}, headers={"HX-Request": "true"}
    )

    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'hx-swap-oob="afterbegin:#timeline"' in page
    assert page.count("Bonjour") == 1
    assert "<html" not in page


def test_htmx_gets_the_composer_back_with_its_remarks(write, client):
    answer = client.post(
        reverse(COMPOSE), {"text": "é" * 501, "language": "fr"}, headers={"HX-Request": "true"}
    )

    assert "é" * 501 in answer.content.decode()
    assert "<html" not in answer.content.decode()


@pytest.mark.parametrize("kept", ["²", "9" * 5_000, "-1", "one"])
def test_an_odd_number_of_a_photo_names_none(signed_in, nia, kept):
    answer = signed_in(nia).post(reverse("microblog:compose"), {"text": "Hello", "kept_1": kept})
    assert answer.status_code == 302
    assert not Post.objects.get(author__user=nia).media.exists()

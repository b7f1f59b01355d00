"""Try it, and say whether it was clear."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from cms.models import Clarity
from cms.roles import set_roles
from microblog.models import Post
from tests.builders import NOON, a_user


@pytest.fixture
def lesson(house):
    return house.tutorial


def form_of(page: str, name: str) -> str:
    return page.split(f'name="{name}"')[1].split('value="')[1].split('"')[0]


def test_a_stranger_is_led_aboard_and_comes_back(client, lesson, nia):
    page = client.get(lesson.get_url()).text
    way = f"{reverse('community:embark')}?next={lesson.get_url()}%23try-it"
    assert way in page
    client.get(way)
    client.force_login(nia)
    nia.participant.embarked_at = NOON
    nia.participant.save()
    answer = client.get(reverse("community:embark"))
    assert answer.status_code == 302
    assert answer["Location"] == f"{lesson.get_url()}#try-it"
    assert client.get(reverse("community:embark")).status_code == 200  # once


def test_nobody_is_led_to_another_site(client, nia):
    client.get(reverse("community:embark"), {"next": "https://evil.example/"})
    client.force_login(nia)
    nia.participant.embarked_at = NOON
    nia.participant.save()
    assert client.get(reverse("community:embark")).status_code == 200


@pytest.mark.parametrize("htmx", [True, False])
def test_words_of_a_lesson_are_said_from_its_page_once(client, lesson, nia, practice, htmx):
    client.force_login(nia)
    page = client.get(lesson.get_url()).text
    sent = {"text": "My first steps!", "number": form_of(page, "number")}
    headers = {"HX-Request": "true"} if htmx else {}
    for _twice in range(2):
        answer = client.post(reverse("cms:try_it", args=[lesson.pk]), sent, headers=headers)
    post = Post.objects.get()
    assert post.text == "My first steps!"
    assert post.author.user == nia
    if htmx:
        assert "My first steps!" in answer.text
        assert 'role="status"' in answer.text
    else:
        assert answer["Location"] == f"{lesson.get_url()}#try-it"


def test_an_empty_box_says_kindly_what_is_missing(client, lesson, nia, practice):
    client.force_login(nia)
    answer = client.post(reverse("cms:try_it", args=[lesson.pk]), {"text": " "})
    assert answer.status_code == 422
    assert not Post.objects.exists()


def test_a_reader_says_once_whether_it_was_clear_and_may_change_their_mind(client, lesson):
    address = reverse("cms:clear", args=[lesson.pk])
    assert address in client.get(lesson.get_url()).text
    client.post(address, {"is_clear": "yes"})
    client.post(address, {"is_clear": "not-yet", "sentence": "Where is the button?"})
    said = Clarity.objects.get()
    assert (said.is_clear, said.sentence) == (False, "Where is the button?")
    client.cookies.clear()
    part = client.post(address, {"is_clear": "yes"}, headers={"HX-Request": "true"})
    assert "<html" not in part.text
    assert Clarity.objects.count() == 2
    assert "Where is the button?" not in client.get(lesson.get_url()).text


def test_a_flood_of_words_is_stopped(client, lesson):
    address = reverse("cms:clear", args=[lesson.pk])
    answers = [client.post(address, {"is_clear": "yes"}).status_code for _n in range(41)]
    assert 429 in answers  # of two windows, one is full
    assert Clarity.objects.count() == 1


def test_editors_alone_read_what_was_said(client, lesson, rooms):
    set_roles()
    client.post(
        reverse("cms:clear", args=[lesson.pk]), {"is_clear": "not-yet", "sentence": "Too long."}
    )
    ed = a_user("ed")
    ed.groups.add(Group.objects.get(name="Editors"))
    client.force_login(ed)
    assert "Too long." in client.get(reverse("clearness:report")).text
    assert "Too long." in client.get(reverse("wagtailadmin_pages:edit", args=[lesson.pk])).text
    client.force_login(a_user("mo"))
    assert client.get(reverse("clearness:report")).status_code in (302, 403)

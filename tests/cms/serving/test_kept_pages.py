"""Visitors share a page for a moment; people never get each other's, and what is published or
withdrawn is seen at once."""

import re

import pytest
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page

from cms.serving.shelf import forget_pages
from community.consent import change_consent
from community.models import Consent, MoocSettings
from curation.deciding import drop_items, edit_item
from curation.models import Item, Pick
from curation.picking import take_back
from microblog.timeline.writing import delete_post
from tests.builders import NOON
from tests.cms.conftest import a_conversation, a_post, an_image
from tests.curation.passing.building import an_item, shelve_all

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def pages_are_kept(settings, db):
    settings.PAGE_CACHE_SECONDS = 60


def token_in(page: str) -> str:
    return re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[0]


@pytest.mark.parametrize("name", ["home", "tutorials", "charter"])
def test_the_second_visitor_costs_no_query(client, house, name, django_assert_num_queries):
    url = getattr(house, name).get_url()
    first = client.get(url)
    with django_assert_num_queries(0):
        second = Client().get(url)
    assert second.content == first.content
    assert second["Content-Type"] == first["Content-Type"]
    assert "public" in second["Cache-Control"]
    assert "Cookie" in second["Vary"]
    assert second["Content-Security-Policy"] == first["Content-Security-Policy"]


def test_who_has_the_page_already_gets_nothing(client, house):
    url = house.charter.get_url()
    mark = client.get(url)["ETag"]
    again = client.get(url, headers={"If-None-Match": mark})
    assert (again.status_code, again.content) == (304, b"")


def test_each_visitor_has_a_token_of_their_own_that_works(client, house):
    url = "/fr/digest/"
    mine = client.get(url).text
    other = Client(enforce_csrf_checks=True)
    answer = other.get(url)
    theirs = token_in(answer.text)
    assert theirs != token_in(mine)
    assert "private" in answer["Cache-Control"]
    wish = {"email": "ada@mail.example", "language": "fr"}
    posted = other.post("/fr/digest/subscribe/", {**wish, "csrfmiddlewaretoken": theirs})
    assert posted.status_code == 302
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.post("/fr/digest/subscribe/", wish).status_code == 403


def test_people_get_their_own_page_and_leave_none(client, house, nia):
    url = house.home.get_url()
    client.force_login(nia)
    mine = client.get(url)
    assert "ETag" not in mine
    visitor = Client().get(url)
    assert visitor.content != mine.content
    assert client.get(url).text.count("/logout/") == mine.text.count("/logout/") > 0


def test_publishing_is_seen_at_once(client, house, django_capture_on_commit_callbacks):
    url = house.charter.get_url()
    client.get(url)
    with django_capture_on_commit_callbacks(execute=True):
        house.charter.title = "A new charter"
        house.charter.save_revision().publish()
    assert "A new charter" in client.get(url).text


def test_settings_are_seen_at_once(client, house, django_capture_on_commit_callbacks):
    url = house.charter.get_url()
    client.get(url)
    mooc = MoocSettings.for_request(client.get(url).wsgi_request)
    with django_capture_on_commit_callbacks(execute=True):
        mooc.name = "Another name"
        mooc.save()
    assert "Another name" in client.get(url).text


def test_withdrawn_consent_is_seen_at_once(
    client, house, nia, tomas, django_capture_on_commit_callbacks
):
    a_conversation(house.riddle, nia, tomas)
    url = house.home.get_url()
    assert "Nia" in client.get(url).text
    with django_capture_on_commit_callbacks(execute=True):
        change_consent(nia.participant, Consent.COUNT, now=NOON)
    assert "@nia" not in client.get(url).text


@pytest.mark.parametrize(
    ("path", "more"),
    [
        ("?utm=1", {}),
        ("", {"headers": {"HX-Request": "true"}}),
        ("", {"headers": {"Cookie": "messages=hello"}}),
    ],
)
def test_what_is_asked_in_another_way_is_not_shared(client, house, path, more):
    url = house.charter.get_url()
    assert "ETag" not in client.get(url + path, **more)


def test_pages_behind_a_door_are_not_told_to_visitors(client, house, nia):
    """What one needs to sign in for is answered anew each time."""
    answer = client.get("/fr/logbook/")
    assert answer.status_code == 302
    assert "ETag" not in answer


def test_an_edition_that_is_over_is_served_to_nobody(
    client, house, count_queries, django_capture_on_commit_callbacks
):
    url = house.charter.get_url()
    client.get(url)
    assert count_queries(lambda: client.get(url)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        forget_pages()
    assert count_queries(lambda: client.get(url)) > 0


def test_a_release_looks_at_nothing_that_another_kept_and_both_forget_together(
    client, house, settings, django_capture_on_commit_callbacks
):
    def title_in(release: str) -> str:
        settings.CACHES = {"default": {**settings.CACHES["default"], "VERSION": release}}
        return re.findall(r"<h1[^>]*>([^<]*)", client.get(url).text)[0].strip()

    url, rows = house.charter.get_url(), Page.objects.filter(pk=house.charter.pk)
    first = title_in("one")
    rows.update(title="What the next release says")  # without a word to anybody
    assert title_in("one") == first
    assert title_in("two") == "What the next release says"
    rows.update(title="What an editor says")
    with django_capture_on_commit_callbacks(execute=True):
        call_command("forget_pages")
    assert {title_in("one"), title_in("two")} == {"What an editor says"}


def test_made_up_leaves_are_not_kept(client, house, django_assert_num_queries):
    url = house.charter.get_url()
    for made_up in ("?page=zzz", "?page=0", "?page=123456", "?page=1&page=2"):
        assert "ETag" not in client.get(f"{url}{made_up}")
    assert "ETag" in client.get(f"{url}?page=2")


@pytest.fixture
def taken_up(house, nia):
    """An item that nia put forward, with a picture."""
    item = an_item("Herons at dawn", state=Item.State.PUBLISHED)
    shelve_all()
    now = item.first_seen_at
    pick = Pick.objects.create(item=item, sentence="Read it.", language="fr", picked_at=now)
    shelve_all()
    return pick


def drop(pick, by):
    drop_items([pick.item], by=by, now=NOON, shown=True)


def take_it_back(pick, by):
    take_back(pick, by=by, now=NOON)


def correct(pick, by):
    edit_item(pick.item, {"title": "Owls"}, by=by, now=NOON)


def delete_for_good(pick, by):
    pick.item.delete()


@pytest.mark.parametrize("take", [drop, take_it_back, correct, delete_for_good])
def test_what_is_taken_out_of_the_veille_is_gone_at_once(
    client, taken_up, olga, take, django_capture_on_commit_callbacks
):
    """From its own page, and from every page that names it."""
    gone = "Read it." if take is take_it_back else "Herons at dawn"
    paths = ("/fr/curation/", f"/fr/curation/{taken_up.item_id}/")
    for path in paths:
        assert gone in client.get(path).text
    with django_capture_on_commit_callbacks(execute=True):
        take(taken_up, olga)
    for path in paths:
        assert gone not in client.get(path).text


def test_a_picture_that_is_withdrawn_is_gone_at_once(
    client, house, count_queries, django_capture_on_commit_callbacks
):
    extra, url = an_image(), house.charter.get_url()
    client.get(url)
    with django_capture_on_commit_callbacks(execute=True):
        extra.delete()
    assert count_queries(lambda: client.get(url)) > 0


def test_a_post_that_is_taken_back_is_gone_at_once(
    client, house, nia, django_capture_on_commit_callbacks
):
    post, url = a_post(nia, "A heron at dawn"), house.home.get_url()
    assert "A heron at dawn" in client.get(url).text
    with django_capture_on_commit_callbacks(execute=True):
        delete_post(post, now=NOON)
    assert "A heron at dawn" not in client.get(url).text

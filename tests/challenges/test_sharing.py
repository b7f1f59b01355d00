"""Taking part from one's own server: the words are ready, and nobody is sent anywhere unseen."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from challenges.catalogue import page_address
from challenges.taking_part import COOKIE, read_server, take_part
from tests.builders import NOON
from tests.challenges.building import a_mini_challenge


@pytest.mark.parametrize(
    "written",
    [
        "mastodon.social",
        " Mastodon.Social ",
        "https://mastodon.social/@nia",
        "http://mastodon.social",
        "@nia@mastodon.social",
        "nia@mastodon.social",
        "mastodon.social/home",
        "mastodon.social:443",
    ],
)
def test_a_server_is_read_in_many_writings(written):
    assert read_server(written) == "mastodon.social"


def test_a_name_with_accents_is_read_as_networks_know_it():
    assert read_server("éducation.example") == "xn--ducation-90a.example"


@pytest.mark.parametrize(
    "written",
    [
        "",
        "localhost",
        "127.0.0.1",
        "[::1]",
        "mastodon.social:8080",
        "javascript:alert(1)",
        "javascript://mastodon.social/%0aalert(1)",
        "mastodon..social",
        "-a.social",
        "a b.social",
        "mastodon.social\\@evil.example\\",
        "x" * 300 + ".social",
        "https://[broken",
        "é" * 70 + ".social",
    ],
)
def test_anything_else_is_refused(written):
    with pytest.raises(ValidationError):
        read_server(written)


def ask(page, server, client=None):
    address = reverse("challenges:share", args=[page.pk])
    return (client or Client()).get(address, {"server": server})


@pytest.mark.django_db
def test_the_page_shows_where_the_link_leads_with_the_words_ready():
    page = a_mini_challenge(slug="sans-e")
    response = ask(page, "mastodon.social")

    html = response.content.decode()
    (target,) = {
        word.removeprefix('href="').split('"')[0].replace("&amp;", "&")
        for word in html.split()
        if word.startswith('href="https://mastodon.social')
    }
    assert response.status_code == 200
    text = parse_qs(urlsplit(target).query)["text"][0]
    assert target.startswith("https://mastodon.social/share?")
    assert "#Envol #defiSansE" in text
    assert text.endswith("https://envol.example/fr/defis/sans-e/")


@pytest.mark.django_db
def test_the_server_is_remembered_for_the_next_challenge():
    client = Client()
    ask(a_mini_challenge("One"), "mastodon.social", client)
    other = a_mini_challenge("Two")

    cookie = client.cookies[COOKIE]
    assert cookie.value == "mastodon.social" and cookie["httponly"]
    assert "https://mastodon.social/share" in client.get(other.url).content.decode()


@pytest.mark.django_db
def test_a_forged_cookie_makes_no_link():
    client = Client()
    client.cookies[COOKIE] = 'evil"><script>'
    html = client.get(a_mini_challenge().url).content.decode()

    assert "evil" not in html


@pytest.mark.django_db
def test_a_wrong_server_is_asked_again_and_not_remembered():
    response = ask(a_mini_challenge(), "<b>localhost</b>")

    html = response.content.decode()
    assert response.status_code == 400
    assert COOKIE not in response.cookies
    assert 'aria-invalid="true"' in html and "<b>localhost</b>" not in html


@pytest.mark.django_db
@pytest.mark.parametrize("fields", [{"live": False}, {"closed_at": NOON}])
def test_drafts_and_closed_challenges_have_no_door(fields):
    page = a_mini_challenge(live=fields.get("live", True))
    page.closed_at = fields.get("closed_at")
    page.save()

    assert ask(page, "mastodon.social").status_code == 404


@pytest.mark.django_db
def test_an_answer_written_here_is_recognised_even_before_any_launch():
    page = a_mini_challenge(slug="lire", hashtags="")
    part = {"hashtag": "Envol", "server": ""}
    words = parse_qs(urlsplit(take_part(page, launch=0, **part).here).query)["text"][0]
    assert words.endswith(page_address(page)) and "#Envol" in words
    launched = parse_qs(urlsplit(take_part(page, launch=7, **part).here).query)
    assert launched["reply_to"] == ["7"] and "http" not in launched["text"][0]

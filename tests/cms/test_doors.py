"""Pages that aren't the CMS's: signing in, errors, the living page of pieces, the editors' side."""

import gzip
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import Client

from tests.markup import attributes_of, faults_of

FIRST_PAGE_BYTES = 150_000
DOORS = [
    "style/",
    "search/?q=a",
    "accounts/login/",
    "accounts/signup/",
    "accounts/password/reset/",
]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    "path",
    ["style/", "search/?q=a", "accounts/login/", "accounts/signup/", "accounts/password/reset/"],
)
def test_doors_stand_without_a_fault(client, house, language, path):
    answer = client.get(f"/{language}/{path}")
    assert answer.status_code == 200
    assert faults_of(answer.text) == []


@pytest.mark.parametrize("path", ["logout", "password/change", "email", "2fa"])
def test_pages_of_ones_own_login_wear_our_frame(client, house, nia, path):
    client.login(username="nia", password="envol-envol")
    answer = client.get(f"/fr/accounts/{path}/", follow=True)
    assert answer.status_code == 200
    assert "site-header" in answer.text
    assert faults_of(answer.text) == []


def test_a_refused_form_keeps_the_words_and_ties_the_fault_to_its_field(client, house):
    page = client.post("/fr/accounts/signup/", {"username": "É toi", "password1": "x"}).text
    (handle,) = [one for one in attributes_of(page, "input") if one.get("name") == "username"]
    assert handle["value"] == "É toi"
    assert handle["aria-invalid"] == "true"
    ids = {attrs["id"] for attrs in attributes_of(page, "ul") if attrs.get("id")}
    assert ids & set(handle["aria-describedby"].split())


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_lost_reader_is_led_on(client, house, language):
    answer = client.get(f"/{language}/nowhere/")
    assert answer.status_code == 404
    assert faults_of(answer.text) == []
    addresses = {link.get("href") for link in attributes_of(answer.text, "a")}
    assert f"/{language}/timeline/" in addresses
    assert any(
        one.get("action") == f"/{language}/search/" for one in attributes_of(answer.text, "form")
    )


def test_a_broken_server_says_so_without_asking_the_database():
    page = render_to_string("500.html")
    assert faults_of(page) == []
    for link in attributes_of(page, "link"):
        assert finders.find(link["href"].removeprefix(settings.STATIC_URL))


def test_a_form_grown_old_explains_itself(house):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/fr/accounts/login/", {"login": "nia"})
    assert answer.status_code == 403
    assert "lost__bird" in answer.text
    assert faults_of(answer.text) == []


def test_the_first_page_is_light(client, house):
    page = client.get(house.home.get_url()).text
    sheets = [one["href"] for one in attributes_of(page, "link") if one.get("rel") == "stylesheet"]
    fonts = [one["href"] for one in attributes_of(page, "link") if one.get("as") == "font"]
    scripts = [one["src"] for one in attributes_of(page, "script") if "src" in one]
    drawings = [f"{settings.STATIC_URL}envol/img/{name}.svg" for name in ("icons", "bird")]
    assert len(fonts) == 2
    weight = sum(_on_the_wire(one) for one in [*sheets, *fonts, *scripts, *drawings])
    assert weight + len(gzip.compress(page.encode())) <= FIRST_PAGE_BYTES


def _on_the_wire(address: str) -> int:
    """Bytes as sent: fonts are compressed already, all else is sent compressed."""
    content = Path(finders.find(address.removeprefix(settings.STATIC_URL))).read_bytes()
    return len(content) if address.endswith(".woff2") else len(gzip.compress(content))


def test_editors_meet_our_bird(client, house, olga):
    client.force_login(olga)
    page = client.get("/admin/", follow=True).text
    assert "envol/img/bird-light.svg" in page
    assert "envol/css/admin.css" in page


@pytest.mark.parametrize("query", ["a\x00", 'a"b', "(", "NEAR(", "a OR", "a:b", "{", "*", "^-"])
def test_the_search_reads_over_signs_that_would_be_commands(client, house, query):
    assert client.get("/fr/search/", {"q": query}).status_code == 200

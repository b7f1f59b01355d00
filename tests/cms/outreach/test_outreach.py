"""What machines are told: pictures for links, maps, facts, and what a phone keeps."""

import io
import json
import re

import pytest
from lxml import etree
from PIL import Image
from wagtail.models import Site

from cms.outreach.addresses import card_address
from cms.outreach.cards import HEIGHT, WIDTH, Card, draw_card
from community.models import MoocSettings
from tests.cms.conftest import a_tutorial
from tests.markup import attributes_of, faults_of

pytestmark = pytest.mark.django_db
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


def the_site() -> Site:
    return Site.objects.get(is_default_site=True)


def metas(html: str) -> dict[str, str]:
    return {
        one.get("property", one.get("name", "")): one.get("content", "")
        for one in attributes_of(html, "meta")
    }


@pytest.mark.parametrize(
    "title",
    [
        "",
        "Court",
        "Un titre bien plus long, qui parle d’hashtags, de fils, de tuteur·rices et de cœurs " * 3,
        "Unmotquineveutpasfiniretquineseraitjamaiscoupéparunespace" * 3,
        "🐦 日本語 العربية <script>alert(1)</script>",
    ],
)
def test_any_title_makes_a_picture_of_the_size_that_networks_ask_for(title):
    drawn = draw_card(Card(title, "tutoriel", "Envol", "#1f3a5f"))
    with Image.open(io.BytesIO(drawn)) as image:
        assert image.size == (WIDTH, HEIGHT)
        colours = image.convert("RGB").getcolors(maxcolors=100_000)
    assert len(drawn) < 120_000
    assert len(colours) > 2


def test_a_page_names_a_picture_that_is_there(client, house):
    page = client.get(house.tutorial.get_url()).text
    told = metas(page)
    address = told["og:image"]
    assert address.startswith("http")
    picture = client.get(re.sub(r"^https?://[^/]+", "", address))
    assert picture["Content-Type"] == "image/png"
    assert "public" in picture["Cache-Control"]
    assert told["og:image:alt"] == house.tutorial.title
    again = metas(client.get(house.tutorial.get_url()).text)["og:image"]
    assert again == address, "caches elsewhere keep it by its address"


def test_nobody_else_writes_on_our_paper(client):
    ours = card_address("Bonjour", site_id=the_site().pk)
    assert client.get(ours).status_code == 200
    assert client.get(ours.replace("/card/", "/card/x")).status_code == 404
    assert client.get("/card/nonsense.png").status_code == 404


def test_the_colour_of_the_mooc_is_on_its_pictures(client):
    address = card_address("Bonjour", site_id=the_site().pk)
    before = client.get(address).content
    mooc = MoocSettings.for_site(the_site())
    mooc.accent = "#2c6e49"
    mooc.save()
    assert client.get(address).content != before


def test_another_paper_has_another_address_wherever_the_old_one_is_kept(client, house):
    def address() -> str:
        return metas(client.get(house.tutorial.get_url()).text)["og:image"]

    before, mooc = address(), MoocSettings.for_site(the_site())
    mooc.accent = "#2c6e49"
    mooc.save()
    assert address() != before
    assert client.get(before).status_code == 200, "links that were sent still show a picture"


def test_the_map_names_each_page_beside_its_translations(client, house, english):
    index = etree.fromstring(client.get("/sitemap.xml").content)
    sections = [one.text for one in index.iter(f"{MAP}loc")]
    assert any(one.endswith("/sitemap-pages.xml") for one in sections)
    pages = etree.fromstring(client.get("/sitemap-pages.xml").content)
    found = {one.findtext(f"{MAP}loc"): one for one in pages.iter(f"{MAP}url")}
    mine = next(one for address, one in found.items() if address.endswith(house.charter.get_url()))
    languages = {link.get("hreflang") for link in mine.iter(LINK)}
    assert languages == {"fr", "en"}
    for section in sections:
        name = section.rpartition("/")[2]
        assert client.get(f"/{name}").status_code == 200


def test_the_map_leaves_out_what_is_not_for_everybody(client, house):
    house.charter.live = False
    house.charter.save()
    assert house.charter.get_url() not in client.get("/sitemap-pages.xml").text


def test_the_map_costs_the_same_for_many_pages(client, house, count_queries):
    def cost() -> int:
        return count_queries(lambda: client.get("/sitemap-pages.xml"))

    cost()
    few = cost()
    for number in range(6):
        a_tutorial(house.tutorials, f"Tutorial {number}")
    assert cost() == few


def test_robots_are_told_where_the_map_is(client, house):
    told = client.get("/robots.txt").text
    assert "Disallow: /admin/" in told
    assert "Sitemap: http://testserver/sitemap.xml" in told


def facts(html: str) -> list[dict]:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    return [json.loads(one) for one in found]


def test_facts_are_told_in_the_words_of_schema_org(client, house):
    (lesson,) = facts(client.get(house.tutorial.get_url()).text)
    assert lesson["@type"] == "LearningResource"
    assert lesson["name"] == house.tutorial.title
    (home,) = facts(client.get(house.home.get_url()).text)
    assert home["@type"] == "WebSite"


def test_no_title_ends_the_block_of_facts(client, house):
    house.tutorial.title = "</script><script>alert(1)</script>"
    house.tutorial.save()
    page = client.get(house.tutorial.get_url()).text
    assert faults_of(page) == []
    assert facts(page)[0]["name"] == "</script><script>alert(1)</script>"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_phone_is_told_name_and_beginning(client, house, english, language):
    told = client.get(f"/manifest-{language}.webmanifest").json()
    assert told["start_url"].startswith(f"/{language}/")
    assert told["icons"]
    assert client.get("/manifest-zz.webmanifest").status_code == 404


def test_a_browser_that_looks_for_an_icon_finds_the_bird(client, house):
    assert "bird-192" in client.get("/favicon.ico").url


def test_the_worker_minds_the_whole_site_and_is_always_asked_anew(client, house):
    answer = client.get("/worker.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert "no-cache" in answer["Cache-Control"]
    assert "envol/css/base.css" in answer.text
    assert client.get("/fr/offline/").status_code == 200

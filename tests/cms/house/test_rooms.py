"""Every kind of page: stands, is valid, costs little, is previewed, hides what must be hidden."""

import json
import re

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Page

from cms.blocks import LessonStepBlock
from cms.models import PortraitPage
from cms.reference_blocks import ContactBlock
from tests.cms.house.building import a_term, below, step
from tests.markup import attributes_of, faults_of, strays_of

KINDS = [
    *("tool", "articles", "article", "portraits", "portrait", "lexicon", "term"),
    *("charter", "guides", "guide", "faq", "kit"),
]


@pytest.mark.parametrize("name", KINDS)
def test_each_page_stands_and_is_valid(client, rooms, name):
    """What it asks of the database is counted in tests/cms/serving."""
    page = getattr(rooms, name)
    answer = client.get(page.get_url())
    assert answer.status_code == 200
    assert faults_of(answer.text) == []
    assert strays_of(answer.text) == []
    assert page.make_preview_request().status_code == 200


def test_lists_come_in_leaves(client, rooms):
    for number in range(13):
        below(rooms.articles, type(rooms.article), f"Article {number}", summary="s")
    first = client.get(rooms.articles.get_url()).text
    second = client.get(rooms.articles.get_url() + "?page=2").text
    assert "?page=2" in first
    assert first.count("story-card") + second.count("story-card") == 14


def test_the_lexicon_stands_in_alphabetical_order_and_forgives_accents(client, rooms):
    for word in ("Élan", "écho", "zèbre", "3018"):
        a_term(rooms.lexicon, word)
    page = client.get(rooms.lexicon.get_url()).text
    letters = re.findall(r'class="jump__letter" href="#(\w+)"', page)
    assert letters == ["signs", "E", "H", "Z"]
    assert page.index("écho") < page.index("Élan")
    found = client.get(rooms.lexicon.get_url(), {"q": "ELAN"}).text
    assert "Élan" in found
    assert "zèbre" not in found


def test_a_name_is_shown_for_as_long_as_its_owner_agrees(client, rooms, nia):
    address = rooms.article.get_url()
    assert "Nia" in client.get(address).text
    nia.participant.consent = "count"
    nia.participant.save()
    assert "Nia" not in client.get(address).text


def test_a_portrait_vanishes_with_the_consent_and_comes_back_with_it(client, rooms, nia):
    address, gallery = rooms.portrait.get_url(), rooms.portraits.get_url()
    found = {"q": "herons"}
    rooms.portrait.save_revision().publish()
    assert address in client.get("/fr/search/", found).text
    nia.participant.consent = "nothing"
    nia.participant.save()
    assert client.get(address).status_code == 404
    assert "Loves herons" not in client.get(gallery).text
    assert address not in client.get("/fr/search/", found).text
    assert rooms.portrait.get_sitemap_urls() == []
    assert PortraitPage.objects.withdrawn().count() == 1
    nia.participant.consent = "show"
    nia.participant.save()
    assert client.get(address).status_code == 200


def test_a_guide_names_whom_to_call(client, rooms):
    page = client.get(rooms.guide.get_url()).text
    assert "tel:+32103" in [link.get("href") for link in attributes_of(page, "a")]


def test_questions_are_told_to_search_engines_and_cannot_end_their_block(client, rooms):
    page = client.get(rooms.faq.get_url()).text
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    told = json.loads(block.group(1))
    assert told["mainEntity"][0]["name"] == "May I come?"
    assert "now" in told["mainEntity"][0]["acceptedAnswer"]["text"]


def test_a_step_shows_each_network_apart(client, house, rooms):
    places = [
        {"network": "mastodon", "text": "<p>Press Publish.</p>"},
        {"network": "practice", "text": "<p>Press Post.</p>"},
    ]
    rooms.tool.steps = [step("<p>Send it.</p>", networks=places)]
    rooms.tool.save()
    page = client.get(rooms.tool.get_url()).text
    radios = [one for one in attributes_of(page, "input") if one.get("type") == "radio"]
    assert len(radios) == 2
    assert "Press Publish." in page
    assert strays_of(page) == []


def test_a_step_from_before_there_were_networks_shows_none(client, house, rooms):
    assert "places__choice" not in client.get(house.tutorial.get_url()).text


def test_blocks_refuse_what_readers_could_not_use():
    twice = [{"network": "mastodon", "text": "<p>x</p>", "image": None}] * 2
    block = LessonStepBlock()
    with pytest.raises(ValidationError):
        block.clean(block.to_python({"heading": "x", "text": "<p>x</p>", "networks": twice}))
    contact = ContactBlock()
    with pytest.raises(ValidationError):
        contact.clean(contact.to_python({"name": "x", "what_for": "x", "phone": "call me"}))


@pytest.mark.parametrize("name", ["article", "portrait", "term", "guide", "tool"])
def test_pages_stand_only_where_they_belong(house, rooms, name):
    page = getattr(rooms, name)
    kind, parent = type(page), page.get_parent().specific_class
    assert kind.allowed_parent_page_models() == [parent]
    assert not kind.allowed_subpage_models()


def test_a_page_knows_its_place(rooms):
    other = below(rooms.articles, type(rooms.article), "Another", summary="s")
    article = Page.objects.get(pk=rooms.article.pk).specific
    assert [page.title for page in article.crumbs] == ["Articles"]
    assert article.neighbours.after == other
    assert article.neighbours.before is None


def test_the_foot_of_every_page_names_the_house(client, rooms):
    page = client.get(rooms.term.get_url()).text
    for room in (rooms.lexicon, rooms.kit, rooms.articles, rooms.portraits, rooms.charter):
        assert f'href="{room.get_url()}"' in page

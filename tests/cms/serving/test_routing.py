"""The short way from an address to its page opens no door that Wagtail keeps shut, and follows
whatever editors do."""

import re

import pytest
from django.db.models import Q
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from cms.models import ContentPage
from community.sites import open_to_all
from tests.cms.conftest import a_tutorial

pytestmark = pytest.mark.django_db


def restrict(page) -> PageViewRestriction:
    return PageViewRestriction.objects.create(page=page, restriction_type="login")


def status(page) -> int:
    """Twice: the second time, the kind of page is remembered."""
    [first, second] = [Client().get(page.get_url()).status_code for _look in range(2)]
    assert first == second
    return second


@pytest.mark.parametrize("closed", ["tutorial", "tutorials", "home"])
def test_what_is_restricted_here_or_above_stays_shut(house, closed):
    assert status(house.tutorial) == 200
    restriction = restrict(getattr(house, closed))
    assert status(house.tutorial) == 302
    assert status(house.charter) == (302 if closed == "home" else 200)
    restriction.delete()
    assert status(house.tutorial) == 200


def test_an_alias_is_shut_with_what_it_stands_for(house):
    alias = house.charter.create_alias(parent=house.home, update_slug="the-same")
    assert status(alias) == 200
    restrict(house.charter)
    assert status(alias) == 302


def test_what_is_not_published_is_nowhere(house):
    assert status(house.tutorial) == 200
    house.tutorial.unpublish()
    assert status(house.tutorial) == 404
    assert Client().get("/fr/tutoriels/nowhere/").status_code == 404
    assert Client().get("/fr/nowhere/at/all/").status_code == 404


def test_another_kind_of_page_may_take_the_place(house):
    address = house.tutorial.get_url()
    assert status(house.tutorial) == 200
    slug = house.tutorial.slug
    house.tutorial.delete()
    fresh = ContentPage(title="Something else", slug=slug, locale=house.home.locale)
    Page.objects.get(pk=house.tutorials.pk).add_child(instance=fresh)
    assert fresh.get_url() == address
    assert "Something else" in Client().get(address).text


def test_a_page_that_moved_is_found_where_it_is(house):
    old = house.tutorial.get_url()
    assert status(house.tutorial) == 200
    house.tutorial.slug = "elsewhere"
    house.tutorial.save()
    assert status(house.tutorial) == 200
    assert Client().get(old).status_code == 404


def test_each_language_has_its_own_pages(house, english):
    assert "Your first post in English" in Client().get(english.tutorial.get_url()).text
    assert status(english.home) == 200
    assert Client().get(english.tutorial.get_url().replace("/en/", "/fr/")).status_code == 404


@pytest.mark.parametrize("closed", [(), ("home",), ("tutorials",), ("tutorial", "charter")])
def test_open_to_all_is_what_wagtail_calls_public(house, closed):
    for number in range(3):
        a_tutorial(house.tutorials, f"Tutorial {number}")
    for name in closed:
        restrict(getattr(house, name))
    below = Q(path__startswith=house.home.path)
    opened = set(Page.objects.filter(below, open_to_all()).values_list("pk", flat=True))
    assert opened == set(Page.objects.filter(below).public().values_list("pk", flat=True))


def test_links_within_a_text_lead_to_the_page_in_its_readers_language(house, english):
    """To the translation, if it is published; a page that is gone is no link any more."""
    linked = (house.tutorial, english.tutorial, english.challenges)
    links = "".join(f'<a linktype="page" id="{page.pk}">x</a>' for page in linked)
    house.charter.body = [("text", f'<p>{links}<a linktype="page" id="999999">x</a></p>')]
    house.charter.save()
    house.challenges.unpublish()
    page = Client().get(house.charter.get_url()).text
    text = page.partition("rich-text")[2].partition("</div>")[0]
    assert re.findall(r'<a href="([^"]+)">x', text) == [
        house.tutorial.get_url(),
        house.tutorial.get_url(),
        english.challenges.get_url(),
    ]
    assert "<a>x" in text

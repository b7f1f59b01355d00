"""Slips, spellings by ear and words too many: what the search makes of them, in both languages."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Site

from cms.models import SearchVocabulary
from cms.searching.guessing import guess
from cms.searching.keeping import index
from cms.searching.sounding import sound_of
from cms.searching.vocabulary import vocabulary_of
from tests.builders import NOON
from tests.cms.conftest import House, a_tutorial
from tests.cms.searching.conftest import index_all
from tests.curation.passing.building import an_item

pytestmark = pytest.mark.django_db
MAIN = re.compile(r"<main.*</main>", re.DOTALL)
FRENCH = (
    ("Décrire une photo", "Une bonne description dit ce qui compte."),
    ("Le rythme de la lumière", "Chaque phare a le sien, dit la bibliothécaire."),
    ("Des mots qui ouvrent", "Une phrase de passe se retient mieux qu’une adresse."),
)
ENGLISH = (
    ("Describing a photo", "A good caption says what matters."),
    ("Words that open", "A passphrase is easier to remember than an address."),
    ("The lighthouse keeper", "Its rhythm is its name."),
)


@pytest.fixture(scope="module")
def filled(built, shared_rows) -> House:
    """Pages in both languages, whose words were read once for all tests here."""
    return fill(built)


@pytest.fixture
def shelf(filled, house) -> House:
    """Each test takes back what it changes."""
    return house


def fill(house: House) -> House:
    for title, summary in FRENCH:
        page = a_tutorial(house.tutorials, title)
        page.summary = summary
        page.save()
    locale = Locale.objects.get_or_create(language_code="en")[0]
    english = house.home.copy_for_translation(locale)
    english.save_revision().publish()
    index_page = house.tutorials.copy_for_translation(locale)
    index_page.save_revision().publish()
    for title, summary in ENGLISH:
        page = a_tutorial(index_page, title)
        page.summary = summary
        page.save()
    an_item("Un goéland photographié", language="fr")
    index_all()
    return house


def found(client, query: str, language: str = "fr", **more) -> str:
    answer = client.get(f"/{language}/search/", {"q": query, **more})
    assert answer.status_code == 200
    return MAIN.search(answer.text).group()


@pytest.mark.parametrize(
    ("language", "asked", "meant"),
    [
        ("fr", "decrire une foto", "décrire photo"),
        ("fr", "foto", "photo"),
        ("fr", "fotto", "photo"),
        ("fr", "bibliothéquaire", "bibliothécaire"),
        ("fr", "bibliotecaire", "bibliothécaire"),
        ("fr", "lumiere fare", "lumière phare"),
        ("fr", "ritme", "rythme"),
        ("fr", "address", "adresse"),
        ("fr", "goelan", "goéland"),
        ("fr", "zzzzzz foto", "zzzzzz photo"),
        ("fr", "phare", ""),
        ("fr", "passphrase", ""),
        ("fr", "le", ""),
        ("fr", "zzzzzz", ""),
        ("en", "foto", "photo"),
        ("en", "pasphrase", "passphrase"),
        ("en", "the lihgthouse", "lighthouse"),
        ("en", "adress", "address"),
        ("en", "ryhtm", "rhythm"),
    ],
)
def test_each_word_is_put_right_by_itself(shelf, language, asked, meant):
    assert guess(asked, site_id=Site.objects.get().pk, language=language) == meant


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("foto", "photo"),
        ("bibliothequaire", "bibliothecaire"),
        ("kestion", "question"),
        ("adresse", "adress"),
        ("enbarquer", "embarquer"),
        ("ritme", "rythme"),
        ("reseau", "rezo"),
    ],
)
def test_what_sounds_alike_is_alike(one, other):
    assert sound_of(one) == sound_of(other)


@pytest.mark.parametrize(("one", "other"), [("phare", "phrase"), ("port", "bord"), ("mot", "mat")])
def test_what_does_not_is_not(one, other):
    assert sound_of(one) != sound_of(other)


@pytest.mark.parametrize(
    ("language", "asked", "title"),
    [
        ("fr", "decrire une foto", "<mark>Décrire</mark>|Décrire une photo"),
        ("fr", "comment décrire la photo", "Décrire une photo"),
        ("fr", "bibliothéquaire", "Le rythme de la lumière"),
        ("fr", "passphrase", "Words that open"),
        ("en", "how to describe the foto", "Describing a photo"),
    ],
)
def test_what_was_meant_is_found(client, shelf, language, asked, title):
    page = found(client, asked, language)
    assert re.search(title, page)
    assert "found-instead" in page


def test_small_words_never_stand_in_the_way(client, shelf):
    assert "found-instead" not in found(client, "le rythme et la lumière pour une bibliothécaire")


def test_where_no_page_has_all_words_those_with_most_come_first_and_it_says_so(client, shelf):
    page = found(client, "phare lumière passerelle")
    assert "No page has all" in page or "Aucune page" in page
    assert "Le rythme de la lumière" in page
    both = found(client, "décrire description phare")
    assert both.index("Décrire une photo") < both.index("Le rythme")


def test_another_language_is_a_last_resort_that_says_so(client, shelf):
    page = found(client, "lighthouse")
    assert "The lighthouse keeper" in page
    assert "found-instead" in page


def test_the_step_reads_what_changed_when_it_has_been_calm(shelf):
    site = Site.objects.get()
    before = SearchVocabulary.objects.get(site=site)
    a_tutorial(shelf.tutorials, "Un cormoran")
    assert index(NOON) == 0
    assert guess("cormorant", site_id=site.pk, language="fr") == ""
    assert index(NOON + timedelta(minutes=6)) == 1
    assert SearchVocabulary.objects.get(site=site).version != before.version
    assert guess("cormorant", site_id=site.pk, language="fr") == "cormoran"


def test_words_of_closed_pages_are_forgotten_in_time(shelf):
    page = a_tutorial(shelf.tutorials, "Un cormoran")
    index(NOON + timedelta(minutes=6))
    type(page).objects.filter(pk=page.pk).update(live=False)
    assert index(NOON + timedelta(hours=7)) == 1
    assert "cormoran" not in vocabulary_of(Site.objects.get().pk).words("fr")


def test_guessing_costs_as_much_for_much_as_for_little(client, shelf):
    def cost(query: str) -> int:
        found(client, query)
        with CaptureQueriesContext(connection) as queries:
            found(client, query)
        return len(queries)

    def more(pages: int) -> None:
        for number in range(pages):
            a_tutorial(shelf.tutorials, f"Décrire la photo d’un phare, {pages}, {number}")
            an_item(f"Un phare décrit en photo, {pages}, {number}")
        index_all()

    asked = ("decrire une foto", "phare passerelle", "passphrase zzzzzz", "lighthouse", "zzzzzz")
    more(1)
    few = [cost(query) for query in asked]
    more(12)
    assert [cost(query) for query in asked] == few
    assert max(few) <= 15, few

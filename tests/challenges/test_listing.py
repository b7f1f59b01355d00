"""The list of challenges: by family, difficulty and language."""

import pytest
from django.test import Client

from tests.builders import NOON
from tests.challenges.building import (
    a_mini_challenge,
    a_photo,
    a_riddle,
    a_site,
    an_answer,
    translated,
)

pytestmark = pytest.mark.django_db


def read(reader=None, language="fr", **query) -> str:
    client = Client()
    if reader:
        client.force_login(reader)
    response = client.get(a_site(language).url, query)
    assert response.status_code == 200
    return response.content.decode()


def tagged(page, *names):
    page.tags.add(*names)
    page.save()
    return page


def test_all_challenges_of_this_language_are_listed():
    translated(a_riddle("Devinette", hashtags=""), "en", title="Guess this", slug="guess")
    a_mini_challenge("Lipogramme")

    french, english = read(), read(language="en")
    assert "Devinette" in french and "Lipogramme" in french and "Guess this" not in french
    assert "Guess this" in english and "Devinette" not in english


def test_drafts_are_not_listed():
    a_mini_challenge("Brouillon", live=False)

    assert "Brouillon" not in read()


def test_families_and_difficulties_are_chosen_by_links():
    tagged(a_mini_challenge("Lipogramme", difficulty="bold"), "Écriture")
    tagged(a_mini_challenge("Merci", difficulty="easy"), "Rencontre", "Écriture")

    assert "?family=ecriture" in read() and "?difficulty=bold" in read()
    meeting = read(family="rencontre")
    assert "Merci" in meeting and "Lipogramme" not in meeting
    bold = read(difficulty="bold", family="ecriture")
    assert "Lipogramme" in bold and "Merci" not in bold


def test_nothing_found_is_said_kindly():
    tagged(a_mini_challenge("Merci"), "Rencontre")

    html = read(family="nothing")
    assert "empty" in html and "Merci" not in html


def test_another_language_is_one_link_away():
    translated(a_riddle("Devinette"), "en", title="Guess this", slug="guess")

    assert "?language=en" in read()
    response = Client().get(a_site().url, {"language": "en"})
    assert "Guess this" in response.content.decode()


def test_closed_ones_come_last():
    first = a_mini_challenge("Fermé")
    a_mini_challenge("Ouvert")
    first.closed_at = NOON
    first.save()

    html = read()
    assert html.index("Ouvert") < html.index("Fermé")


def test_my_progress_stands_on_the_card(nia, practice):
    an_answer(a_mini_challenge("Lipogramme"), "Voilà", by=nia, on=practice)

    assert "levels--done" in read(nia)
    assert "levels--done" not in read()


@pytest.mark.parametrize("number", [2, 12])
def test_the_list_costs_the_same_however_long(number, nia, django_assert_max_num_queries):
    for index in range(number):
        tagged(a_mini_challenge(f"Mini {index}", photo=a_photo()), "Écriture")
        a_riddle(f"Riddle {index}")
    read()
    client = Client()
    address = a_site().url

    with django_assert_max_num_queries(15):
        client.get(address)

import pytest

from cms.navigation import forget_frame
from tests.cms.conftest import a_conversation, a_tutorial
from tests.markup import attributes_of, faults_of

PAGES = ["home", "tutorials", "tutorial", "charter"]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_pages_stand_in_both_languages(client, house, english, name, language):
    page = getattr(house if language == "fr" else english, name)
    answer = client.get(page.get_url())
    assert answer.status_code == 200
    assert page.get_url().startswith(f"/{language}/")
    assert f'<html lang="{language}">' in answer.text
    assert faults_of(answer.text) == []


@pytest.mark.parametrize("name", PAGES)
def test_pages_cost_few_queries_after_a_menu_has_changed(
    client, house, english, nia, tomas, name, django_assert_max_num_queries
):
    url = getattr(house, name).get_url()
    a_conversation(house.riddle, nia, tomas)
    client.get(url)
    forget_frame()
    with django_assert_max_num_queries(15):
        client.get(url)


def test_the_first_screen_says_what_envol_is_and_what_to_do(client, house):
    page = client.get(house.home.get_url()).text
    assert "Learn to post by posting." in page
    assert "What shines up there?" in page
    addresses = [link.get("href") for link in attributes_of(page, "a")]
    assert "/fr/embark/" in addresses
    assert house.riddle.get_url() in addresses


def test_a_tutorial_ends_with_words_to_try(client, house):
    page = client.get(house.tutorial.get_url()).text
    addresses = [link.get("href") or "" for link in attributes_of(page, "a")]
    assert "Hello! My first steps. #Envol" in page
    assert any(one.startswith("/fr/embark/?next=") for one in addresses)
    assert house.riddle.get_url() in addresses


def test_a_translated_tutorial_names_the_challenges_of_its_language(client, house, english):
    page = client.get(english.tutorial.get_url()).text
    addresses = [link.get("href") for link in attributes_of(page, "a")]
    assert english.riddle.get_url() in addresses
    assert house.riddle.get_url() not in addresses


def test_a_tutorial_leads_to_the_next_published_one(client, house):
    a_tutorial(house.tutorials, "A draft", live=False)
    a_tutorial(house.tutorials, "Hashtags")
    page = client.get(house.tutorial.get_url()).text
    assert "Hashtags" in page
    assert "A draft" not in page


def test_an_empty_list_of_tutorials_says_so_kindly(client, house):
    house.tutorial.delete()
    page = client.get(house.tutorials.get_url()).text
    assert "empty__drawing" in page


@pytest.mark.parametrize("name", PAGES)
def test_editors_preview_what_they_write(house, name):
    page = getattr(house, name)
    assert page.make_preview_request().status_code == 200


def test_words_of_editors_are_escaped(client, house):
    house.home.headline = "<script>alert(1)</script>"
    house.home.save()
    assert "<script>alert(1)" not in client.get(house.home.get_url()).text

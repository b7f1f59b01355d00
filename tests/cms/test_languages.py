import pytest

from tests.markup import attributes_of


def alternates(html: str) -> dict[str, str]:
    links = [link for link in attributes_of(html, "link") if link.get("rel") == "alternate"]
    return {link["hreflang"]: link["href"] for link in links if "hreflang" in link}


def switch(html: str) -> dict[str, str]:
    return {
        link["hreflang"]: link["href"] for link in attributes_of(html, "a") if "hreflang" in link
    }


def test_a_translated_page_names_its_translation_to_readers_and_machines(client, house, english):
    page = client.get(house.tutorial.get_url()).text
    assert switch(page) == {"en": english.tutorial.get_url()}
    assert alternates(page) == {
        "fr": f"http://testserver{house.tutorial.get_url()}",
        "en": f"http://testserver{english.tutorial.get_url()}",
    }


def test_who_speaks_another_language_is_led_to_the_door_that_asks(client, house, english):
    assert alternates(client.get(house.home.get_url()).text) == {
        "fr": f"http://testserver{house.home.get_url()}",
        "en": f"http://testserver{english.home.get_url()}",
        "x-default": "http://testserver/",
    }


def test_a_page_without_translation_leads_to_the_other_home_and_claims_nothing(
    client, house, english
):
    english.charter.delete()
    page = client.get(house.charter.get_url()).text
    assert switch(page) == {"en": english.home.get_url()}
    assert alternates(page) == {}


def test_a_translation_in_draft_is_not_named(client, house, english):
    english.charter.unpublish()
    page = client.get(house.charter.get_url()).text
    assert switch(page) == {"en": english.home.get_url()}


def test_a_translation_that_was_taken_off_is_named_no_more(
    client, house, english, django_capture_on_commit_callbacks
):
    address = house.charter.get_url()
    assert switch(client.get(address).text) == {"en": english.charter.get_url()}
    with django_capture_on_commit_callbacks(execute=True):
        english.charter.unpublish()
    page = client.get(address).text
    assert switch(page) == {"en": english.home.get_url()} and alternates(page) == {}


def test_where_no_page_is_the_other_language_begins_at_its_home(client, house, english):
    page = client.get("/fr/no-such-page/").text
    assert switch(page) == {"en": english.home.get_url()} and alternates(page) == {}


@pytest.mark.parametrize("path", ["/fr/style/", "/fr/accounts/login/", "/fr/search/?q=heron"])
def test_other_pages_exist_in_both_languages_under_the_same_path(client, house, path):
    page = client.get(path).text
    assert switch(page)["en"] == path.replace("/fr/", "/en/")


def test_the_canonical_address_leaves_the_query_out(client, house):
    page = client.get(house.home.get_url() + "?from=a-post").text
    (canonical,) = [one for one in attributes_of(page, "link") if one.get("rel") == "canonical"]
    assert canonical["href"] == f"http://testserver{house.home.get_url()}"

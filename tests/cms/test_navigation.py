from community.models import MoocSettings
from tests.cms.conftest import a_tutorial
from tests.markup import attributes_of


def current(html: str) -> dict[str, str]:
    links = attributes_of(html, "a")
    return {link["href"]: link["aria-current"] for link in links if "aria-current" in link}


def test_the_header_says_where_one_is(client, house):
    page = client.get(house.tutorials.get_url()).text
    assert current(page) == {house.tutorials.get_url(): "page"}


def test_a_page_below_marks_its_section(client, house):
    page = client.get(house.tutorial.get_url()).text
    assert current(page) == {house.tutorials.get_url(): "true"}


def test_pages_in_menus_stand_in_the_footer_of_every_page(client, house):
    assert house.charter.get_url() in client.get("/fr/style/").text
    assert house.charter.get_url() not in client.get("/en/style/").text


def test_an_editors_change_shows_at_once(client, house):
    client.get("/fr/style/")
    house.charter.title = "Our charter"
    house.charter.save_revision().publish()
    assert "Our charter" in client.get("/fr/style/").text
    house.charter.unpublish()
    assert house.charter.get_url() not in client.get("/fr/style/").text


def test_the_mooc_gives_the_site_its_name(client, house):
    client.get("/fr/style/")
    settings = MoocSettings.for_site(house.home.get_site())
    settings.name = "TwittMOOC"
    settings.save()
    assert "· TwittMOOC</title>" in client.get("/fr/style/").text


def test_a_site_without_published_lists_still_stands(client, house):
    house.tutorials.unpublish()
    house.challenges.unpublish()
    page = client.get(house.home.get_url())
    assert page.status_code == 200
    assert house.tutorials.get_url() not in page.text


def test_strangers_are_offered_a_door_and_members_their_logbook(client, house, nia):
    stranger = client.get(house.home.get_url()).text
    client.force_login(nia)
    member = client.get(house.home.get_url()).text
    assert "/fr/accounts/login/" in stranger
    assert "/fr/logbook/" not in stranger
    assert "/fr/logbook/" in member
    assert "/fr/accounts/login/" not in member


def test_a_search_finds_pages_of_the_readers_language(client, house, english):
    a_tutorial(house.tutorials, "Herons of the canal")
    a_tutorial(house.tutorials, "Herons in the drawer", live=False)
    french = client.get("/fr/search/?q=herons").text
    assert "Herons of the canal" in french
    assert "drawer" not in french
    assert "Herons of the canal" not in client.get("/en/search/?q=herons").text


def test_a_search_for_nothing_known_leads_on(client, house):
    page = client.get("/fr/search/?q=zzzz").text
    assert "empty__drawing" in page
    assert "/fr/timeline/" in page

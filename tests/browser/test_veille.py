"""A reader's way: what is put forward, words to search, one reading, sharing it; and the search
over everything."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from microblog.connecting import connect_practice
from tests.curation.passing.building import a_pick, an_item, shelve_all

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def fill(nia, tomas) -> None:
    now = timezone.now()
    picked = an_item(
        "Pourquoi décrire ses images",
        topics=("Images", "Accessibilité"),
        axis="with",
        depth="begin",
        summary="Trois conseils simples, et ce qu’en disent celles et ceux qui écoutent le web.",
        site_name="Carnet d’Ida",
        found_by=(nia.participant,),
        shown_at=now,
    )
    a_pick(
        picked,
        "À lire avant ta première photo : tout tient en deux phrases.",
        by=tomas.participant,
        picked_at=now,
    )
    for number in range(24):
        an_item(
            f"Lecture numéro {number}",
            topics=("Lectures",),
            axis="about",
            site_name="Un blog",
            shown_at=now - timedelta(days=number),
        )
    shelve_all()


@pytest.mark.parametrize("width", [390, 1280])
def test_a_reader_finds_something_and_shares_it(
    open_page, assert_accessible, settings, live_server, nia, tomas, width
):
    settings.BASE_URL = live_server.url
    connect_practice()
    fill(nia, tomas)
    page = open_page(width=width, language="fr", color_scheme="dark" if width == 390 else "light")
    page.goto("/en/curation/")
    page.get_by_role("link", name="See all languages").click()
    expect(page.get_by_text("À lire avant ta première photo")).to_be_visible()
    assert_accessible(page)

    page.get_by_role("main").get_by_role("link", name="Everything", exact=True).first.click()
    page.get_by_role("link", name="More to read").click()
    expect(page.get_by_role("link", name="Lecture numéro 23")).to_be_visible()
    expect(page.get_by_role("link", name="Lecture numéro 3", exact=True)).to_be_visible()

    page.locator("#reading-search").fill("decrire image")
    page.locator("#reading-search").press("Enter")
    page.get_by_role("link", name="Pourquoi décrire ses images").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Pourquoi décrire ses images")
    expect(page.get_by_role("link", name="Read it where it is")).to_have_attribute(
        "rel", "noopener noreferrer ugc"
    )
    assert_accessible(page)
    share = page.get_by_role("link", name="Share it").get_attribute("href")
    assert "text=Pourquoi" in share
    if width == 1280:
        searches_everywhere(page, assert_accessible)


def searches_everywhere(page, assert_accessible) -> None:
    page.goto("/fr/search/")
    words = page.locator("main [type=search]")
    words.focus()
    page.keyboard.type("decrire image")
    page.keyboard.press("Enter")
    found = page.get_by_role("link", name="Pourquoi décrire ses images")
    expect(found).to_be_visible()
    assert_accessible(page)
    facet = page.locator(".found-facets").get_by_role("link", name="À lire")
    facet.press("Enter")
    expect(page.locator(".found-facets [aria-current]")).to_contain_text("À lire")
    words.fill("zzzqqq")
    words.press("Enter")
    expect(page.locator(".empty")).to_be_visible()
    assert_accessible(page)

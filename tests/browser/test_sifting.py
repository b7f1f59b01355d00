"""A curator at the review desk, with the keyboard alone: moves, sets aside, picks, undoes."""

import pytest
from playwright.sync_api import expect

from curation.models import Item, Pick
from microblog.connecting import connect_practice
from tests.curation.items import a_source, an_item

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def pile(settings, live_server, tomas):
    settings.BASE_URL = live_server.url
    connect_practice()
    source = a_source("Nest", axis="with")
    for number in range(4):
        an_item(f"Toots in class {number}", source=source, minutes=number, text="A class writes.")


def test_a_curator_sifts_by_keyboard(pile, open_page, assert_accessible):
    page = open_page(language="en", width=1280)
    page.goto("/en/accounts/login/?next=/en/curation/review/")
    page.fill("[name=login]", "tomas")
    page.fill("[name=password]", "envol-envol")
    page.keyboard.press("Enter")
    titles, current = page.locator("[data-open]"), page.locator("[data-sift][aria-current] h3")
    pane = page.locator("[data-pane] .pane__title")
    expect(pane).to_have_text("Toots in class 3")
    assert_accessible(page)

    page.keyboard.press("j")
    expect(current).to_have_text("Toots in class 2")
    expect(pane).to_have_text("Toots in class 2")
    page.keyboard.press("x")
    expect(page.locator(".toast")).to_contain_text("Set aside.")
    expect(titles).to_have_count(3)
    expect(current).to_have_text("Toots in class 1")
    page.keyboard.press("z")
    expect(titles).to_have_count(4)
    expect(current).to_have_text("Toots in class 2")
    expect(pane).to_have_text("Toots in class 2")

    page.keyboard.press("p")
    sentence = page.locator("[name=sentence]")
    expect(sentence).to_be_focused()
    page.keyboard.type("Just what I was looking for.")  # its j, k, x and z are letters
    assert sentence.input_value() == "Just what I was looking for."
    expect(page.get_by_label("with social media", exact=True)).to_be_checked()
    page.locator("[name=depth]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(titles).to_have_count(3)
    assert Pick.objects.get().item.title == "Toots in class 2"

    page.keyboard.press("Space")
    page.keyboard.press("k")
    page.keyboard.press("Space")
    expect(page.locator("[data-chosen]")).to_have_text("2")
    page.keyboard.press("Escape")
    page.locator("#batch [value=publish]").press("Enter")
    expect(titles).to_have_count(1)
    assert Item.objects.published().count() == 3

    page.keyboard.press("?")
    assert_accessible(page)
    page.locator("[data-keys-on]").press("Space")
    page.keyboard.press("Escape")
    page.locator("[data-open]").focus()
    page.keyboard.press("x")
    expect(titles).to_have_count(1)
    assert Item.objects.filter(state="dropped").count() == 0

    page.set_viewport_size({"width": 390, "height": 800})
    page.locator("[data-open]").click()
    page.locator("button[value=drop]").click()
    expect(page.locator(".empty")).to_be_visible()

"""Tutorials are kept on a phone, the network goes, and they can still be read."""

import pytest
from playwright.sync_api import expect

from tests.cms.conftest import a_tutorial, house  # noqa: F401 - fixture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_lessons_are_read_without_network(house, open_page, assert_accessible):  # noqa: F811
    a_tutorial(house.tutorials, "A second one")
    page = open_page(width=390)
    page.goto(house.tutorials.get_url())
    page.get_by_role("button", name="Les garder pour lire hors ligne").click()
    expect(page.get_by_text("Gardés sur cet appareil")).to_be_visible()
    page.context.set_offline(True)
    page.goto(house.tutorial.get_url())
    expect(page.get_by_role("heading", level=1)).to_have_text(house.tutorial.title)
    page.goto(house.charter.get_url())
    expect(page.get_by_role("heading", level=1)).to_have_text("Pas de réseau ici")
    kept = page.get_by_role("main").get_by_role("link")
    expect(kept.filter(has_text="A second one")).to_be_visible()
    assert_accessible(page)
    assert page.evaluate("document.cookie") == ""

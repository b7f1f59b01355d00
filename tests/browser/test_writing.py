"""A contributor in a real browser: writes, sends in, hears from an editor, is published."""

import pytest
from playwright.sync_api import Page, expect

from cms.models import Contribution
from microblog.connecting import connect_practice
from tests.builders import NOON
from tests.cms.contributing.building import a_house, decide

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def house(settings, live_server) -> None:
    settings.BASE_URL = live_server.url
    connect_practice()
    a_house("fr")


def sign_in(page: Page, handle: str) -> None:
    page.goto("/fr/accounts/login/")
    page.fill("[name=login]", handle)
    page.fill("[name=password]", "envol-envol")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()


def test_a_member_writes_is_read_and_is_published(house, nia, olga, open_page, assert_accessible):
    page = open_page(width=390)
    sign_in(page, "nia")
    page.goto("/fr/write/")
    page.locator(".writing-kind--article button").click()
    page.wait_for_url("**/edit/")
    page.fill("[name=title]", "Ma première semaine")
    page.fill("[name=summary]", "Sept jours.")
    body = page.locator("[name=body]")
    body.fill("osé")
    body.select_text()
    page.locator("[data-sign=bold]").click()
    expect(body).to_have_value("**osé**")
    expect(page.locator("#preview b")).to_have_text("osé")
    expect(page.locator("[name=version]")).to_have_value("2")
    assert_accessible(page)

    page.locator("button[value=send]").click()
    page.wait_for_url("**/write/*/")
    text = Contribution.objects.get()
    assert text.state == "waiting"
    decide(text, olga, approve=False, comment="Raconte le mardi !")
    page.goto(f"/fr/write/{text.pk}/edit/")
    expect(page.get_by_text("Raconte le mardi !")).to_be_visible()
    page.fill("[name=body]", "Le mardi, **osé**.")
    page.locator("button[value=send]").click()
    page.wait_for_url("**/write/*/")
    text.refresh_from_db()
    decide(text, olga, approve=True, now=NOON)
    page.reload()
    assert_accessible(page)
    page.locator("a.btn--main").click()
    expect(page.locator("h1")).to_have_text("Ma première semaine")
    assert_accessible(page)

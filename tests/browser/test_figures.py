"""The figures as a visitor meets them: on a phone at night, on a desk by day, without a script."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from community.figures.drawing import draw
from tests.community.figures.building import a_person, count_all, say

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NAMES = ("Aïcha", "Bruno", "Colette", "Dimitri", "Elsa", "Farid", "Gwenn", "Hortense")


@pytest.fixture
def lively(live_server):
    now = timezone.now()
    people = [a_person(name) for name in NAMES]
    for days in (1, 12, 45, 80):
        for number, person in enumerate(people):
            hello = say(person, at=now - timedelta(days=days))
            answer = say(people[number - 1], to=hello, at=now - timedelta(days=days, minutes=-14))
            say(person, to=answer, at=now - timedelta(days=days, minutes=-20))
    count_all(now)
    draw(now)


@pytest.mark.parametrize(
    "look",
    [
        {"language": "fr", "width": 390, "color_scheme": "dark"},
        {"language": "en", "width": 1280, "color_scheme": "light"},
    ],
)
def test_the_page_is_accessible_with_all_that_folds_out(lively, open_page, assert_accessible, look):
    page = open_page(**look)
    page.goto(f"/{look['language']}/figures/")
    assert_accessible(page)
    for summary in page.locator("main summary").all():
        summary.click()
    expect(page.locator("main table").first).to_be_visible()
    assert_accessible(page)
    page.locator("a[href$='/figures/network/']").click()
    assert_accessible(page)
    page.locator(".web-parts a").nth(4).click()
    assert_accessible(page)


def test_without_a_script_one_chooses_a_period_and_looks_closer(lively, open_page):
    page = open_page(scripts=False, width=390, language="en")
    page.goto("/en/figures/")
    page.locator(".filters__link", has_text="4 weeks").click()
    expect(page.locator(".filters__link[aria-current]").first).to_have_text("4 weeks")
    expect(page.locator(".web")).to_be_visible()
    assert page.locator(".web__dot").count() == len(NAMES) + 3, "and three in the key"
    page.locator("summary", has_text="Who answers whom").click()
    expect(page.locator("main")).to_contain_text("Colette")
    with page.expect_download() as waiting:
        page.locator("a[href*='data.csv']").click()
    assert waiting.value.suggested_filename == "figures.csv"

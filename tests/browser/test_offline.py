"""Lessons are kept on a phone, the network goes, and they can still be read, pictures and all."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from cms.serving.kin import make_kin
from tests.cms.conftest import House, a_tutorial, an_image, build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OLD = "/static/envol/css/of-an-old-version.css"
IS_GONE = """async (path) => {
  for (let left = 100; left && await caches.match(path); left -= 1) {
    await new Promise((go) => { setTimeout(go, 50); });
  }
  return !(await caches.match(path));
}"""
WIDTHS = """async () => {
  const pictures = [...document.querySelectorAll("main img")];
  pictures.forEach((one) => { one.loading = "eager"; });
  await Promise.all(pictures.map((one) => one.decode().catch(() => undefined)));
  return pictures.map((one) => one.naturalWidth);
}"""


@pytest.fixture
def house(db) -> House:
    return build()


@pytest.fixture
def pictured(house, client):
    """A lesson whose picture is there in every format and width."""
    image = {"image": an_image(), "alt_text": "A heron", "decorative": False}
    step = {"heading": "Look", "text": "<p>Here.</p>", "tip": "", "image": image, "networks": []}
    lesson = a_tutorial(house.tutorials, "A second one")
    lesson.steps = [("step", step)]
    lesson.save_revision().publish()
    client.get(lesson.get_url())
    while make_kin(timezone.now() + timedelta(minutes=1)):
        pass
    assert "<source" in client.get(lesson.get_url()).text
    return lesson


def keep(page: Page) -> None:
    page.get_by_role("button", name=re.compile("garder")).click()
    expect_kept(page)


def expect_kept(page: Page) -> None:
    told = page.locator(".keep [role=status]")
    expect(told).to_have_text(told.get_attribute("data-done") or "?")


def test_lessons_are_read_without_network(house, pictured, open_page, assert_accessible):
    page = open_page(width=390)
    page.goto(pictured.get_url())
    keep(page)
    page.reload()
    expect_kept(page)
    page.evaluate(f"caches.open('envol-shelf-1').then(one => one.put('{OLD}', new Response('')))")
    page.goto(house.tutorials.get_url())
    keep(page)
    assert page.evaluate(IS_GONE, OLD), "no page that is kept shows it"
    page.context.set_offline(True)
    page.goto(house.tutorial.get_url())
    expect(page.get_by_role("heading", level=1)).to_have_text(house.tutorial.title)
    page.goto(pictured.get_url())
    widths = page.evaluate(WIDTHS)
    assert widths and all(widths), "every picture is there"
    page.goto(house.charter.get_url())
    expect(page.get_by_role("heading", level=1)).to_have_text("Pas de réseau ici")
    kept = page.get_by_role("main").get_by_role("link")
    expect(kept.filter(has_text="A second one")).to_be_visible()
    assert_accessible(page)
    drops = page.get_by_role("main").locator("[data-drop-it]")
    drops.filter(has_text="A second one").press("Enter")
    expect(kept.filter(has_text="A second one")).to_have_count(0)
    expect(page.locator("[data-drop-it]:focus")).to_have_count(1)
    page.context.set_offline(False)
    page.goto(house.tutorial.get_url())
    expect_kept(page)
    page.locator(".keep [data-drop-it]").press("Enter")
    expect(page.locator(".keep [data-keep-it]")).to_be_focused()
    page.locator(".keep a").click()
    expect(kept).to_have_text([house.tutorials.title])
    assert_accessible(page)
    assert page.evaluate("document.cookie") == ""

"""Every kind of page as readers meet it: accessible, by keyboard, without a script, and light."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.utils import timezone
from playwright.sync_api import Page, Route, expect

from badges.models import Award
from challenges.models import ChallengePage
from cms.demo_loader.services import load_demo
from cms.models import (
    CharterPage,
    FaqPage,
    GuidePage,
    PortraitPage,
    ToolPage,
    TutorialPage,
    WelcomeKitPage,
)
from cms.navigation import forget_frame
from community.models import User
from curation.models import Digest
from microblog.models import Post

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LOOKS = [
    {"language": "fr", "width": 390, "color_scheme": "dark"},
    {"language": "en", "width": 1280, "color_scheme": "light"},
]


@pytest.fixture(scope="session")
def kept(tmp_path_factory) -> Path:
    """Where the loaded demo is kept from one test to the next."""
    return tmp_path_factory.mktemp("demo")


@pytest.fixture
def demo(settings, live_server, kept):
    """Loaded once (20 s), then copied back for each test."""
    settings.BASE_URL, settings.MEDIA_ROOT = live_server.url, kept / "media"
    connection.ensure_connection()
    with closing(sqlite3.connect(kept / "demo.sqlite3")) as copy:
        if (kept / "media").exists():
            copy.backup(connection.connection)
        else:
            list(load_demo(now=timezone.now(), with_people=True))
            connection.connection.backup(copy)
    forget_frame()


def addresses(language: str) -> list[str]:
    """One page of each kind in this language, as anybody may open it."""
    challenges = ChallengePage.objects.filter(locale__language_code=language).order_by("path")
    riddle = challenges.filter(photoriddlepage__isnull=False).first()
    mini = challenges.filter(minichallengepage__isnull=False).first()
    tutorial = TutorialPage.objects.filter(locale__language_code=language).first()
    thread = Post.objects.practice().exclude(parent=None).first()
    award = Award.objects.first()
    return [
        f"/{language}/",
        tutorial.url,
        tutorial.get_parent().url,
        riddle.get_parent().url,
        riddle.url,
        mini.url,
        f"/{language}/timeline/",
        f"/{language}/timeline/@nia/",
        f"/{language}/timeline/tags/envol/",
        thread.url.replace(django_settings.BASE_URL, ""),
        f"/{language}/badges/",
        f"/badges/assertions/{award.pk}/",
        f"/{language}/embark/",
        f"/{language}/accounts/login/",
        f"/{language}/accounts/signup/",
        f"/{language}/nowhere/",
    ]


HOUSE = (ToolPage, PortraitPage, CharterPage, GuidePage, FaqPage, WelcomeKitPage)


def rooms(language: str) -> list[str]:
    """What stands around the challenges, one of each kind."""
    pages = [kind.objects.live().filter(locale__language_code=language).first() for kind in HOUSE]
    lessons = TutorialPage.objects.live().filter(locale__language_code=language)
    return [
        *(page.url for page in pages),
        next(one.url for one in lessons if _differs_by_network(one)),
        f"/{language}/search/?q=hashtag",
        f"/{language}/digest/",
        Digest.objects.sent().filter(language=language).first().get_absolute_url(),
        f"/{language}/curation/embed/",
        f"/{language}/curation/embed/code/",
    ]


def _differs_by_network(lesson: TutorialPage) -> bool:
    return any(one.value.get("networks") for one in lesson.steps if one.block_type == "step")


OWN = [
    "timeline/home/",
    "timeline/notifications/",
    "timeline/write/",
    "logbook/",
    "logbook/settings/",
]


def sign_in(page: Page, language: str, handle: str) -> None:
    page.goto(f"/{language}/accounts/login/")
    page.fill("[name=login]", handle)
    page.fill("[name=password]", "envol-demo")
    page.locator("main form button").first.click()
    page.wait_for_url("**/timeline/home/")


def test_every_kind_of_page_is_accessible(demo, open_page, assert_accessible):
    for look in LOOKS:
        page = open_page(**look)
        for address in addresses(look["language"]):
            page.goto(address)
            assert_accessible(page)
        sign_in(page, look["language"], "nia")
        for address in OWN:
            page.goto(f"/{look['language']}/{address}")
            assert_accessible(page)


def test_every_room_of_the_house_is_accessible(demo, open_page, assert_accessible):
    for look in LOOKS:
        page = open_page(**look)
        for address in rooms(look["language"]):
            page.goto(address)
            assert_accessible(page)
        sign_in(page, look["language"], "nia")
        page.goto(f"/{look['language']}/curation/my-blog/")
        assert_accessible(page)


def test_the_browser_has_nothing_to_complain_of(demo, open_page):
    """No refused script or style, no missing file."""
    page = open_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for address in addresses("fr")[:-1]:
        page.goto(address, wait_until="load")
    assert complaints == []


def test_without_a_script_one_writes_answers_and_likes(demo, open_page):
    page = open_page(scripts=False, width=390)
    sign_in(page, "fr", "nia")
    page.goto("/fr/timeline/write/")
    page.fill("textarea[name=text]", "Bonjour sans script #Envol")
    page.locator(".composer button.btn--main").click()
    expect(page.locator("main")).to_contain_text("Bonjour sans script")
    page.goto("/fr/timeline/")
    page.locator(".post form[action*='favourite'] button").first.click()
    assert User.objects.get(username="nia").accounts.get().reactions.exists()


def test_a_script_that_comes_late_takes_nobodys_words_or_place(demo, open_page):
    page = open_page()
    sign_in(page, "fr", "nia")
    held: list[Route] = []
    page.route("**/composer.js", lambda route: held.append(route))
    with page.expect_request("**/composer.js"):
        page.goto("/fr/timeline/write/", wait_until="commit")
    text = page.locator("textarea[name=text]")
    text.press_sequentially("Déjà ")
    held.pop().continue_()
    page.wait_for_selector("form.composer[data-ready]")
    page.keyboard.type("là")
    expect(text).to_have_value("Déjà là")


def test_the_keyboard_is_enough(demo, open_page):
    page = open_page()
    page.goto("/fr/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none", "focus must be seen"


def test_the_first_page_is_light(demo, open_page):
    """Before photos: 150 kB with its fonts and htmx."""
    page = open_page()
    sizes: dict[str, int] = {}
    page.on("response", lambda answer: sizes.__setitem__(answer.url, len(answer.body())))
    page.goto("/fr/", wait_until="networkidle")
    pictures = (".webp", ".jpg", ".jpeg", ".png", ".avif")
    light = {url: size for url, size in sizes.items() if Path(url).suffix not in pictures}
    # The test server compresses nothing; the real one sends text in about a fourth.
    fonts = sum(size for url, size in light.items() if url.endswith(".woff2"))
    text = sum(light.values()) - fonts
    assert fonts + text / 3 < 150_000, light

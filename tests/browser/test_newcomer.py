"""A newcomer's first five minutes: from signing up to the badge, in a real browser."""

from io import BytesIO
from pathlib import Path

import pytest
from django.utils import timezone, translation
from openbadges_bakery import unbake
from PIL import Image
from playwright.sync_api import Page, expect

from badges.shipped import install_shipped_badges
from challenges.launching import launch_challenge
from community.models import Participant
from microblog.connecting import connect_practice
from tests.challenges.building import a_level, a_mini_challenge, a_riddle, translated
from tests.journeys import loop

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def site(settings, live_server):
    """A riddle and a photo challenge, launched on the practice timeline, in both languages."""
    settings.BASE_URL = live_server.url
    connect_practice()
    install_shipped_badges(loop.CONTENT)
    riddle = a_riddle("Qu'est-ce qui brille là-haut ?", slug="phare")
    levels = [a_level("Décrite", rules=[("photo", {"count": 1}), ("photos_described", {})])]
    photo = a_mini_challenge("Décris ta photo", slug="photo", hashtags="DefiPhoto", levels=levels)
    translated(riddle, "en", title="What shines up there?")
    translated(photo, "en", title="Describe your photo")
    for page in (riddle, photo):
        launch_challenge(page, by=None, now=timezone.now())
    work()
    return {"riddle": riddle, "photo": photo}


def work() -> None:
    """What the workers do meanwhile."""
    loop.drain(timezone.now())


@pytest.fixture
def words():
    """A sentence of the interface in a language, as the page shows it."""

    def say(sentence: str, language: str) -> str:
        with translation.override(language):
            return translation.gettext(sentence)

    return say


def picture(folder: Path) -> Path:
    path = folder / "heron.jpg"
    Image.new("RGB", (800, 600), "#7fb2d6").save(path)
    return path


@pytest.mark.parametrize(("language", "width"), [("fr", 390), ("en", 1280)])
def test_from_signing_up_to_the_baked_badge(
    site, open_page, assert_accessible, tmp_path, words, language, width
):
    page = open_page(width=width, language=language)
    sign_up(page, language, assert_accessible)
    embark(page, language, assert_accessible)

    guess(page, language, "Est-ce un moulin ?", assert_accessible)
    expect(page.locator("main")).not_to_contain_text(words("Well done", language))
    guess(page, language, "C'est un phare !", assert_accessible)

    describe_a_photo(page, language, picture(tmp_path))
    baked = fetch_the_badge(page, language, assert_accessible)
    assertion = unbake(BytesIO(baked))
    person = Participant.objects.get(user__username="zoe")
    award = person.awards.get(badge_class__slug="photo-decrite")
    assert str(award.pk) in assertion


def sign_up(page: Page, language: str, assert_accessible) -> None:
    page.goto(f"/{language}/embark/")
    assert_accessible(page)
    page.locator("a[href*='signup']").first.click()
    assert_accessible(page)
    page.fill("[name=username]", "zoe")
    page.fill("[name=password1]", "un-phare-au-loin")
    page.locator("main form button").first.click()
    page.wait_for_url("**/embark/")


def embark(page: Page, language: str, assert_accessible) -> None:
    page.fill("[name=name]", "Zoé")
    page.check("[name=consent][value=show]")
    assert_accessible(page)
    page.locator("main form button").click()
    expect(page.locator("h1")).to_contain_text("Zoé")
    assert_accessible(page)
    work()


def guess(page: Page, language: str, text: str, assert_accessible) -> None:
    """Through the challenge's own box, then back to its page, which shows what came of it."""
    address = "/fr/defis/phare/" if language == "fr" else "/en/defis/phare/"
    page.goto(address)
    assert_accessible(page)
    page.locator(".take-part a.btn--main").click()
    box = page.locator("textarea[name=text]")
    box.fill(f"{text} {box.input_value()}")
    page.locator(".composer button.btn--main").click()
    expect(page.locator("main")).to_contain_text(text)
    work()
    page.goto(address)
    assert_accessible(page)


def describe_a_photo(page: Page, language: str, path: Path) -> None:
    page.goto(f"/{language}/timeline/write/")
    page.fill("textarea[name=text]", "Le héron du canal #DefiPhoto")
    page.locator("details[data-photos] > summary").click()
    page.set_input_files("input[name=photo_1]", str(path))
    page.locator("[name=alt_text_1]").fill("Un héron gris se tient sur une patte au bord de l'eau")
    page.locator(".composer button.btn--main").click()
    expect(page.locator("main img[alt^='Un héron gris']").first).to_be_visible()
    work()


def fetch_the_badge(page: Page, language: str, assert_accessible) -> bytes:
    page.goto(f"/{language}/logbook/")
    assert_accessible(page)
    page.locator("a[href*='/badges/']", has_text="hoto").first.click()
    assert_accessible(page)
    with page.expect_download() as waiting:
        page.locator("a[download], a[href$='badge.png']").first.click()
    return Path(waiting.value.path()).read_bytes()

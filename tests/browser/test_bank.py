"""The challenge bank in a real browser: an organiser keeps a queue, a newcomer says how it was."""

from datetime import date, time

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from challenges.bank.queueing import add_to_queue
from challenges.bank.steering import reschedule
from challenges.models import BankSchedule, Rating
from microblog.connecting import connect_practice
from microblog.models import Connection
from tests.builders import a_user
from tests.challenges.building import a_mini_challenge, an_answer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def queue(settings, live_server):
    """Three challenges that wait for Thursday."""
    settings.BASE_URL = live_server.url
    connect_practice()
    queue = BankSchedule.objects.create(
        name="Mini-défi du jeudi",
        every="weeks",
        weekdays=[3],
        hour=time(10, 30),
        starts_on=date(2026, 1, 1),
    )
    pages = [a_mini_challenge(title) for title in ("Boule de neige", "Merci", "Fil à trois")]
    add_to_queue(queue, pages, by=None)
    reschedule([queue], now=timezone.now())
    return queue


def sign_in(page: Page, handle: str) -> None:
    page.goto("/fr/accounts/login/")
    page.fill("[name=login]", handle)
    page.fill("[name=password]", "envol-envol")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()


def titles(page: Page) -> list[str]:
    expect(page.locator(".bank-queue > li")).to_have_count(3)
    links = page.locator(".bank-queue > li > span:first-child a").all_text_contents()
    return [text.strip() for text in links]


def test_an_organiser_reorders_drags_pauses_and_looks_at_the_calendar(
    queue, olga, open_page, assert_accessible
):
    page = open_page()
    sign_in(page, "olga")
    page.goto("/admin/bank/")
    page.get_by_role("link", name="Mini-défi du jeudi").click()
    assert titles(page) == ["Boule de neige", "Merci", "Fil à trois"]

    up = page.locator(".bank-queue > li:nth-child(3) form[action$='/up/'] button")
    up.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**#entry-*")
    assert titles(page) == ["Boule de neige", "Fil à trois", "Merci"]

    first, last = (page.locator(f".bank-queue > li:nth-child({n})") for n in (1, 3))
    with page.expect_navigation():
        last.drag_to(first)
    assert titles(page) == ["Merci", "Boule de neige", "Fil à trois"]
    expect(page.locator("ol.bank-list").first.locator("li").first).to_contain_text("Merci")

    page.locator("form[action$='/pause/'] button").click()
    expect(page.locator("form[action$='/resume/'] button")).to_be_visible()
    assert BankSchedule.objects.get().paused_at
    page.locator("form[action$='/resume/'] button").click()
    expect(page.locator("form[action$='/pause/'] button")).to_be_visible()

    page.goto(f"/admin/bank/calendar/?month={BankSchedule.objects.get().next_at:%Y-%m}")
    expect(page.locator(".bank-grid")).to_contain_text("Merci")
    page.set_viewport_size({"width": 390, "height": 800})
    expect(page.locator(".bank-grid")).to_be_hidden()
    expect(page.locator(".bank-days")).to_contain_text("Merci")


@pytest.mark.parametrize(("scripts", "width"), [(True, 390), (False, 1280)])
def test_a_newcomer_says_how_it_was(queue, nia, open_page, assert_accessible, scripts, width):
    challenge = a_mini_challenge("Sans la lettre e")
    an_answer(challenge, "Voilà", by=nia, on=Connection.objects.get())
    page = open_page(width=width, scripts=scripts)
    sign_in(page, "nia")
    page.goto(challenge.url)
    page.locator("#opinions [name=difficulty][value='3']").check()
    page.locator("#opinions [name=liked]").check()
    if scripts:
        assert_accessible(page)
    with page.expect_response("**/opinion/"):
        page.locator("#opinions button").click()
    expect(page.locator("#opinions [name=liked]")).to_be_checked()

    rating = Rating.objects.get()
    assert (rating.difficulty, rating.liked) == (3, True)
    for number in range(2):
        other = a_user(f"other{number}")
        an_answer(challenge, "Ici", by=other, on=Connection.objects.get())
        Rating.objects.create(
            challenge_key=challenge.translation_key,
            participant=other.participant,
            difficulty=3,
            liked=True,
            rated_at=timezone.now(),
        )
    page.reload()
    expect(page.locator(".opinions__facts")).to_contain_text("3")
    page.goto("/fr/take-part/coming/")
    expect(page.locator(".coming")).to_contain_text("Boule de neige")
    if scripts:
        assert_accessible(page)

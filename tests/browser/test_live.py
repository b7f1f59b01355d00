"""An event's way: a newcomer proposes it, an organiser accepts it, people sign up, and the reminder
comes."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from community.models import LiveEvent
from microblog.connecting import connect_practice
from tests.journeys import loop

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def aboard(nia, settings, live_server):
    settings.BASE_URL = live_server.url
    connect_practice()
    nia.participant.embarked_at = timezone.now()
    nia.participant.save()
    return nia


def sign_in(page: Page, handle: str) -> None:
    page.goto("/en/accounts/login/")
    page.locator("input[name=login]").fill(handle)
    page.locator("input[name=password]").fill("envol-envol")
    page.locator("main button[type=submit]").click()
    page.wait_for_url(lambda url: "/login/" not in url)


def proposes(page: Page) -> None:
    page.goto("/en/live/")
    page.get_by_role("main").get_by_role("link", name="Propose an event").first.click()
    page.locator("[name=title]").fill("Radio at dawn")
    page.locator("textarea[name=description]").fill("Birds, and what they say.")
    page.locator("[name=hashtag]").fill("RadioDawn")
    page.locator("[name=day]").fill(str((timezone.now() + timedelta(days=20)).date()))
    page.locator("[name=begins]").fill("06:00")
    page.locator("[name=ends]").fill("07:00")
    page.get_by_role("button", name="Propose it").click()
    expect(page.get_by_text("waits for an organiser")).to_be_visible()


def accepts(page: Page) -> None:
    page.goto("/admin/live-proposals/")
    expect(page.get_by_text("Radio at dawn")).to_be_visible()
    page.locator("textarea[name=word]").fill("What a fine idea!")
    page.locator("button[value=accepted]").click()
    expect(page.locator("button[value=accepted]")).to_have_count(0)


@pytest.mark.parametrize(("width", "scripts"), [(390, True), (1280, False)])
def test_from_the_idea_to_the_reminder(open_page, assert_accessible, aboard, olga, width, scripts):
    page = open_page(width=width, language="en", scripts=scripts)
    sign_in(page, "nia")
    proposes(page)
    if scripts:
        assert_accessible(page)

    desk = open_page(language="en")
    sign_in(desk, "olga")
    accepts(desk)

    event = LiveEvent.objects.get()
    page.goto(f"/en/live/{event.slug}/")
    expect(page.get_by_text("An idea of Nia.")).to_be_visible()
    page.get_by_role("button", name="I’ll live-tweet").click()
    expect(page.get_by_role("button", name="I’ll live-tweet")).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(page.locator("#sign-up").get_by_role("link", name="Nia")).to_be_visible()
    if scripts:
        assert_accessible(page)
        page.goto("/en/live/")
        assert_accessible(page)

    loop.drain(event.starts_at - timedelta(days=1))
    loop.drain(event.starts_at - timedelta(days=1))
    page.goto("/en/timeline/notifications/")
    expect(page.get_by_text("reminds you of an event that you signed up for")).to_be_visible()
    expect(page.get_by_text("What a fine idea!")).to_be_visible()
    page.goto("/en/logbook/")
    expect(page.get_by_role("link", name="Radio at dawn")).to_be_visible()

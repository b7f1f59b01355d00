"""The live room in a real browser: what somebody else writes appears by itself."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from microblog.connecting import connect_practice
from microblog.models import Account, Post
from microblog.timeline.services import write_post
from tests.builders import a_user
from tests.community.live.telling import an_event

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def event(settings, live_server):
    settings.BASE_URL = live_server.url
    settings.LIVE_ROOM_FRESH = 0
    connect_practice()
    start = timezone.now() - timedelta(minutes=5)
    return an_event(
        starts_at=start, ends_at=start + timedelta(hours=1), tips_during="Une idée par message."
    )


def says(user, text: str, *, to: Post | None = None) -> Post:
    author = Account.objects.get(user=user)
    return write_post(author, text=text, now=timezone.now(), in_reply_to=to)


def sign_in(page: Page, handle: str) -> None:
    page.goto("/fr/accounts/login/")
    page.fill("[name=login]", handle)
    page.fill("[name=password]", "envol-envol")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/timeline/**")


@pytest.mark.parametrize("width", [390, 1280])
def test_a_post_appears_in_open_rooms_by_itself(event, open_page, assert_accessible, width):
    nia, tomas = a_user("nia"), a_user("tomas")
    first = says(nia, "Qui voit Mars ? #NuitEtoiles")
    reader = open_page(width=width)
    reader.goto(f"/fr/live/{event.slug}/room/")
    expect(reader.locator("#talks > li")).to_have_count(1)
    says(tomas, "Moi !", to=first)
    count = reader.locator(f"#talk-{first.pk} .talk__count")
    expect(count).to_contain_text("1")
    reader.locator(f"#talk-{first.pk} summary").click()
    expect(reader.locator("#talks")).to_contain_text("Moi !")
    assert_accessible(reader)

    writer = open_page(width=width)
    sign_in(writer, "tomas")
    writer.goto(f"/fr/live/{event.slug}/room/")
    box = writer.locator("textarea[name=text]")
    box.fill(f"Vénus se couche.{box.input_value()}")
    writer.locator(".composer .composer__tools .btn--main").click()
    for page in (writer, reader):
        expect(page.locator("#talks > li")).to_have_count(2)
        expect(page.locator("#talks > li").first).to_contain_text("Vénus se couche.")
    expect(box).to_have_value(" #NuitEtoiles")
    # What the reader had unfolded stays so while the thread grows.
    says(nia, "Merci Tomas", to=first)
    expect(count).to_contain_text("2")
    expect(reader.locator("#talks")).to_contain_text("Merci Tomas")
    expect(reader.get_by_text("Merci Tomas")).to_be_visible()
    assert_accessible(writer)


def test_without_scripts_the_room_is_read_and_looked_at_again(event, open_page):
    nia = a_user("nia")
    says(nia, "Qui voit Mars ? #NuitEtoiles")
    page = open_page(scripts=False)
    page.goto(f"/fr/live/{event.slug}/room/")
    expect(page.locator("#talks > li")).to_have_count(1)
    says(nia, "Et Vénus ? #NuitEtoiles")
    page.locator(".room__bar a").click()
    expect(page.locator("#talks > li")).to_have_count(2)


def test_the_wall_follows_and_a_moderator_rules_it_by_keyboard(event, open_page, assert_accessible):
    nia, tomas = a_user("nia"), a_user("tomas")
    event.organiser = tomas
    event.save()
    says(nia, "Une bêtise #NuitEtoiles")
    wall = open_page(width=1920)
    wall.goto(f"/fr/live/{event.slug}/wall/")
    expect(wall.locator("#wall-posts")).to_contain_text("Une bêtise")
    for theme in ("light", "dark"):
        wall.goto(f"/fr/live/{event.slug}/wall/?theme={theme}")
        assert_accessible(wall)

    desk = open_page()
    sign_in(desk, "tomas")
    desk.goto(f"/fr/live/{event.slug}/wall/moderate/")
    assert_accessible(desk)
    desk.keyboard.press("j")
    desk.keyboard.press("h")
    expect(wall.locator("#wall-posts > li")).to_have_count(0)
    expect(desk.locator("[data-slip] [value=show]")).to_have_count(1)
    desk.keyboard.press("s")
    expect(wall.locator("#wall-posts > li")).to_have_count(1)
    says(nia, "Vénus #NuitEtoiles")
    expect(wall.locator("#wall-posts > li")).to_have_count(2)
    expect(desk.locator("[data-slip]")).to_have_count(2)


def test_the_archive_is_read_every_way(event, open_page, assert_accessible):
    nia, tomas = a_user("nia"), a_user("tomas")
    first = says(nia, "Qui voit Mars ? https://example.org/mars #NuitEtoiles")
    says(tomas, "Moi !", to=first)
    page = open_page(width=390)
    page.goto(f"/fr/live/{event.slug}/archive/")
    ways = page.locator(".tabs a")
    for number in range(ways.count()):
        ways.nth(number).click()
        expect(ways.nth(number)).to_have_attribute("aria-current", "page")
        assert_accessible(page)

"""Two tutors at the console: one sits down beside a newcomer, the other sees it; the answer
arrives, and nobody waits any more."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from challenges.screening import screen_posts
from community.models import Tip
from microblog.connecting import connect_practice
from microblog.models import Account
from microblog.timeline.services import write_post
from tests.community.tutoring.waiting import aboard

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def site(settings, live_server, nia, tomas, olga):
    """Nia has just written for the first time; a tip is there to be used."""
    settings.BASE_URL = live_server.url
    connect_practice()
    now = timezone.now()
    aboard(nia, at=now)
    write_post(Account.objects.get(user=nia), text="Bonjour, je débute", now=now, language="fr")
    screen_posts(now)
    Tip.objects.create(
        title_fr="Accueil",
        text_fr="Prends ton temps, rien n’expire ici.",
        title_en="Welcome",
        text_en="Take your time.",
        topics=["welcome"],
    )


def signed_in(open_page, handle: str, *, language: str, **look) -> Page:
    page = open_page(language=language, **look)
    page.goto(f"/{language}/accounts/login/")
    page.fill("[name=login]", handle)
    page.fill("[name=password]", "envol-envol")
    page.locator("main form button").first.click()
    page.wait_for_load_state()
    return page


def test_one_sits_down_the_other_sees_it_and_the_answer_arrives(site, open_page, assert_accessible):
    one = signed_in(open_page, "tomas", language="fr", width=390)
    other = signed_in(open_page, "olga", language="en")
    for page, language in ((one, "fr"), (other, "en")):
        page.goto(f"/{language}/tutoring/")
        expect(page.locator("[data-waiter]")).to_have_count(1)
        assert_accessible(page)

    other.keyboard.press("j")
    expect(other.locator("[data-open]")).to_be_focused()
    one.locator("[data-claim]").click()
    expect(one.locator(".claim-bar--mine")).to_be_visible()
    assert_accessible(one)
    other.evaluate("window.htmx.trigger(document.querySelector('[data-queue]'), 'look')")
    expect(other.locator("[data-waiter]")).to_contain_text("taken by Tomas")
    expect(other.locator("[data-open]")).to_be_focused()
    assert_accessible(other)

    one.locator("[data-use-tip]").click()
    box = one.locator("textarea[name=text]")
    expect(box).to_have_value("@nia Prends ton temps, rien n’expire ici.")
    box.fill(f"Bienvenue ! {box.input_value()}")
    one.locator(".composer button.btn--main").click()
    expect(one.locator(".empty")).to_be_visible()
    assert_accessible(one)
    other.evaluate("window.htmx.trigger(document.querySelector('[data-queue]'), 'look')")
    expect(other.locator(".empty")).to_be_visible()

    newcomer = signed_in(open_page, "nia", language="fr", width=390)
    newcomer.goto("/fr/timeline/notifications/")
    expect(newcomer.locator("main")).to_contain_text("Bienvenue !")
    expect(newcomer.locator(".site-header a[href$='/tutoring/']")).to_have_count(0)


def test_without_a_script_a_tutor_answers_too(site, open_page, assert_accessible):
    page = signed_in(open_page, "tomas", language="fr", scripts=False, width=390)
    page.goto("/fr/tutoring/")
    page.locator("[data-claim]").click()
    page.locator("[data-use-tip]").click()
    page.locator(".composer button.btn--main").click()
    expect(page.locator(".empty")).to_be_visible()
    page.goto("/fr/tutoring/tips/new/")
    page.fill("[name=title_fr]", "Un mot doux")
    page.fill("[name=text_fr]", "Bravo pour ce premier pas.")
    page.locator("[name=topics]").first.check()
    page.locator("main form.form button").click()
    expect(page.locator("main")).to_contain_text("Bravo pour ce premier pas.")

"""A tutor's way beside a newcomer: volunteering, a warm word, and the day when she flies."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from community.models import Mentorship
from microblog.connecting import connect_practice
from microblog.models import Account
from microblog.timeline.reacting import toggle_favourite
from microblog.timeline.writing import write_post
from tests.browser.test_roles import a_person, sign_in
from tests.challenges.building import a_level, a_mini_challenge
from tests.journeys import loop

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def site(settings, live_server):
    settings.BASE_URL = live_server.url
    connect_practice()
    levels = [a_level("Said", rules=[("hashtags", {"hashtags": ["window"]})])]
    return a_mini_challenge("My window", language="en", hashtags="window", levels=levels)


def work() -> None:
    loop.drain(timezone.now())


def says(handle: str, text: str, **more):
    author = Account.objects.get(handle=handle)
    post = write_post(author, text=text, now=timezone.now(), language="en", **more)
    work()
    return post


def volunteer(page: Page) -> None:
    page.get_by_label("one person").check()
    page.get_by_label("English").check()
    page.get_by_role("button", name="I'd like to be a tutor").click()
    expect(page.get_by_text("Thank you for being there!")).to_be_visible()


def test_from_volunteering_to_a_mentee_who_flies(site, open_page, assert_accessible):
    for handle in ("tess", "nia", "rex"):
        a_person(handle)
    tess = open_page(language="en")
    sign_in(tess, "tess", "/en/tutoring/profile/")
    volunteer(tess)
    assert_accessible(tess)

    nia = open_page(width=390, language="en", color_scheme="dark")
    sign_in(nia, "nia", "/en/logbook/")
    nia.get_by_role("button", name="I'd like a tutor").click()
    work()
    assert Mentorship.objects.going_on().get().mentee.name == "Nia"
    nia.goto("/en/logbook/")
    expect(nia.get_by_role("heading", name="Your tutor")).to_be_visible()
    assert_accessible(nia)

    says("nia", "What I see from mine: two pigeons and a crane #window #Envol")
    tess.goto("/en/tutoring/mentees/")
    expect(tess.get_by_text("Nia passed a level of a challenge")).to_be_visible()
    assert_accessible(tess)
    tess.get_by_role("button", name="Send to Nia").click()
    expect(tess.get_by_text("Said. A word like that carries far.")).to_be_visible()

    question = says("rex", "How does one add a description to a photo? #Envol")
    help_ = says(
        "nia", "@rex Tap the photo before you send it: a field opens there.", in_reply_to=question
    )
    toggle_favourite(Account.objects.get(handle="rex"), help_, now=timezone.now())
    work()
    assert Mentorship.objects.get().ended_at
    tess.goto("/en/tutoring/mentees/")
    expect(tess.get_by_text("Nia flies!")).to_be_visible()
    nia.goto("/en/logbook/")
    expect(nia.get_by_text("You fly by yourself!")).to_be_visible()
    assert_accessible(nia)

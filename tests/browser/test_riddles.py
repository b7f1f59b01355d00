"""An organiser's morning: the dashboard, the questions that wait, one click; and what players read
then."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from playwright.sync_api import Page, expect

from challenges.launching import launch_challenge
from challenges.models import PhotoRiddlePage, Question
from challenges.riddles.answering import GRACE
from microblog.connecting import connect_practice
from microblog.models import Account, Post
from microblog.timeline.writing import write_post
from tests.builders import a_user
from tests.challenges.building import a_riddle
from tests.journeys import loop

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
QUESTIONS = "/en/review/questions/"


@pytest.fixture
def riddle(settings, live_server) -> PhotoRiddlePage:
    """Launched; nia and ada asked the same, bob asked something else."""
    settings.BASE_URL = live_server.url
    connect_practice()
    page = a_riddle(language="en", slug="riddle")
    launch_challenge(page, by=None, now=timezone.now())
    loop.drain(timezone.now())
    launch = Post.objects.get(promise__kind="launch")
    for handle, text in (
        ("nia", "Is it outdoors?"),
        ("ada", "Hello, is this outdoors?"),
        ("bob", "Does it float?"),
    ):
        author = Account.objects.get(user=a_user(handle, language="en"))
        write_post(author, text=text, in_reply_to=launch, language="en", now=timezone.now())
    loop.drain(timezone.now())
    return page


def sign_in(page: Page, handle: str, then: str) -> None:
    page.goto(f"/en/accounts/login/?next={then}")
    page.locator("input[name=login]").fill(handle)
    page.locator("input[name=password]").fill("envol-envol")
    page.locator("form:has(input[name=password]) button[type=submit]").click()
    page.wait_for_url(f"**{then}*")


def test_from_the_dashboard_to_an_answer_in_public(riddle, open_page, assert_accessible):
    olga = a_user("olga", language="en", is_staff=True, is_superuser=True)
    olga.groups.add(*Group.objects.filter(name="Organisers"))
    page = open_page(language="en", scripts=False)
    sign_in(page, "olga", "/admin/")
    page.get_by_role("link", name="Questions about riddles").click()
    page.wait_for_url("**/review/questions/*")
    first = page.locator("article.question").first
    expect(first).to_contain_text("Is it outdoors?")
    expect(first).to_contain_text("Ada")
    first.get_by_role("button", name="Yes").press("Enter")
    expect(page.get_by_text("Answered 2 people at once")).to_be_visible()
    expect(page.get_by_role("heading", name="Does it float?")).to_be_focused()
    assert Question.objects.filter(answer="yes", answered_by=olga).count() == 2
    loop.drain(timezone.now() + GRACE + timedelta(seconds=1))
    assert Post.objects.filter(author__is_bot=True, text__contains="Yes!").count() == 2
    page.goto(riddle.url)
    known = page.locator(".known")
    expect(known).to_contain_text("Is it outdoors?")
    expect(known).to_contain_text("yes")


@pytest.mark.parametrize("width", [390, 1280])
def test_the_pages_are_accessible(riddle, open_page, assert_accessible, width):
    tomas = a_user("tomas", language="en")
    tomas.groups.add(Group.objects.get_or_create(name="Tutors")[0])
    Question.objects.filter(post__author__handle="bob").update(
        state="answered", answer="almost", words="In a way.", answered_at=timezone.now()
    )
    page = open_page(width=width, language="en", color_scheme="dark")
    sign_in(page, "tomas", QUESTIONS)
    assert_accessible(page)
    page.goto(riddle.url)
    assert_accessible(page)

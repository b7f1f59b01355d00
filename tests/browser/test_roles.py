"""A day of each role in the admin: a newcomer has an idea, an editor writes, organisers decide, a
moderator looks after words."""

import re

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from playwright.sync_api import Page, expect

from challenges.models import ChallengePage, Proposal
from cms.models import Comment, PageTalk
from microblog.connecting import connect_practice
from microblog.models import Account, Post, Report
from microblog.steps import get_step
from microblog.timeline.writing import write_post
from tests.builders import a_user
from tests.challenges.building import a_mini_challenge, a_site

LISTING = re.compile(r"/admin/pages/\d+/$")
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def site(settings, live_server):
    settings.BASE_URL = live_server.url
    connect_practice()
    a_site("en")
    return a_mini_challenge("Describe your window", language="en", slug="window")


def a_person(handle: str, *groups: str):
    user = a_user(handle, language="en")
    user.groups.set(Group.objects.filter(name__in=groups))
    user.participant.embarked_at = timezone.now()
    user.participant.save()
    return user


def sign_in(page: Page, handle: str, then: str) -> None:
    page.goto(f"/en/accounts/login/?next={then}")
    page.locator("input[name=login]").fill(handle)
    page.locator("input[name=password]").fill("envol-envol")
    page.locator("form:has(input[name=password]) button[type=submit]").click()
    page.wait_for_url(f"**{then}*")


def action(page: Page, name: str) -> None:
    """An action of the page editor's menu, wherever Wagtail puts it."""
    button = page.get_by_role("button", name=name, exact=False).first
    if not button.is_visible():
        page.locator("footer .w-dropdown-button [data-w-dropdown-target=toggle]").click()
    button.click()


def test_an_idea_from_its_author_to_the_list_of_challenges(site, open_page, assert_accessible):
    a_person("nia")
    nia = open_page(width=390, language="en")
    sign_in(nia, "nia", "/en/propose/")
    assert_accessible(nia)
    nia.get_by_label("A title").fill("One window a day")
    nia.get_by_label("The challenge in one sentence").fill("Show us what you see from yours.")
    nia.get_by_label("a photo", exact=True).check()
    nia.get_by_role("button", name="Send my idea").click()
    expect(nia.get_by_text("waits for an organiser")).to_be_visible()
    assert_accessible(nia)

    a_person("olga", "Organisers")
    olga = open_page(language="en")
    sign_in(olga, "olga", "/admin/ideas/")
    olga.get_by_role("link", name="One window a day").click()
    action(olga, "Approve")
    olga.wait_for_url(LISTING)
    get_step("propose").run(timezone.now())

    assert Proposal.objects.get().state == "accepted"
    nia.goto("/en/propose/")
    nia.get_by_role("link", name="One window a day").click()
    expect(nia.get_by_text("An idea of Nia.")).to_be_visible()
    assert_accessible(nia)


def test_what_an_editor_writes_waits_for_an_organiser(site, open_page):
    a_person("ada", "Editors")
    ada = open_page(language="en")
    edit = f"/admin/pages/{site.pk}/edit/"
    sign_in(ada, "ada", edit)
    ada.locator("#id_intro").fill("Through the glass, and what it shows.")
    expect(ada.get_by_role("button", name="Publish", exact=True)).to_have_count(0)
    action(ada, "Submit")
    expect(ada.get_by_text(re.compile("submitted", re.IGNORECASE)).first).to_be_visible()
    assert ChallengePage.objects.get(pk=site.pk).intro != "Through the glass, and what it shows."

    a_person("olga", "Organisers")
    olga = open_page(language="en")
    sign_in(olga, "olga", edit)
    action(olga, "Approve")
    olga.wait_for_url(LISTING)
    assert ChallengePage.objects.get(pk=site.pk).intro == "Through the glass, and what it shows."


def a_reply_that_waits(page: ChallengePage, post: Post) -> None:
    talk, _new = PageTalk.objects.get_or_create(
        page_key=page.translation_key, page=page, site=page.get_site()
    )
    talk.comments.create(
        page_key=talk.page_key, post=post, state="waiting", gathered_at=timezone.now()
    )


def test_a_moderator_takes_a_harmful_post_away_and_hides_a_reply(site, open_page):
    a_person("rex")
    reporter, author = a_person("nia"), Account.objects.get(handle="rex")
    post = write_post(author, text="Something that hurts", now=timezone.now())
    Report.objects.create(
        account=author, post=post, reporter=Account.objects.get(user=reporter), reason="unkind"
    )
    a_person("mo", "Moderators")
    mo = open_page(language="en")
    sign_in(mo, "mo", "/admin/reports/")
    expect(mo.get_by_role("link", name="rex").first).to_be_visible()
    mo.goto(f"/en/timeline/@rex/{post.number}/")
    mo.locator(".post__more summary").first.click()
    mo.locator(".post__more-list").get_by_role("link", name="Take back").click()
    mo.get_by_role("dialog").get_by_role("button", name="Take it back").click()
    expect(mo.get_by_text("Something that hurts")).to_have_count(0)
    assert Post.objects.get(pk=post.pk).deleted_at
    for words in ("Thank you!", "Lovely", "Buy my shoes"):
        a_reply_that_waits(site, write_post(author, text=words, now=timezone.now()))
    mo.goto("/admin/page-replies/")
    hide = mo.get_by_role("button", name="Hide those ticked")
    expect(hide).to_be_disabled()
    mo.get_by_label("Tick all on this page").press("Space")
    expect(hide).to_have_accessible_name("Hide those ticked (3)")
    for kind in range(2):
        mo.get_by_label("Rex @rex").nth(kind).press("Space")
    hide.press("Enter")
    expect(mo.get_by_text("1 reply is hidden now.")).to_be_visible()
    assert Comment.objects.get(state="hidden").post.text == "Buy my shoes"

"""An editor adds a word to the lexicon and previews it; an organiser publishes it; a reader meets
it."""

import re

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import expect

from cms.models import ArticleIndexPage, ArticlePage, HomePage, LexiconPage, TermPage
from cms.roles import set_roles
from microblog.connecting import connect_practice
from tests.browser.test_roles import action, sign_in
from tests.builders import a_user
from tests.challenges.building import a_site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def house(settings, live_server):
    settings.BASE_URL = live_server.url
    connect_practice()
    a_site("en")
    set_roles()
    home = HomePage.objects.get()
    lexicon = home.add_child(instance=LexiconPage(title="Lexicon", locale=home.locale))
    shelf = home.add_child(instance=ArticleIndexPage(title="Articles", locale=home.locale))
    article = ArticlePage(
        title="A morning",
        summary="Ten minutes.",
        body=[("text", "<p>I said it with a boost.</p>")],
        locale=home.locale,
    )
    shelf.add_child(instance=article)
    return lexicon, article


def test_a_word_from_its_editor_to_its_readers(house, open_page, assert_accessible):
    lexicon, article = house
    ed = a_user("ed", language="en")
    ed.groups.set(Group.objects.filter(name="Editors"))
    page = open_page(language="en")
    sign_in(page, "ed", f"/admin/pages/add/cms/termpage/{lexicon.pk}/")
    page.locator("#id_title").fill("boost")
    page.locator("#id_variants").fill("boosts")
    page.locator("#id_short").fill("To pass a post on.")
    page.locator("[data-side-panel-toggle=preview]").click()
    preview = page.locator("[data-w-preview-target=iframe]").last.content_frame
    expect(preview.get_by_role("heading", level=1)).to_have_text("boost")
    expect(page.get_by_role("button", name="Publish", exact=True)).to_have_count(0)
    action(page, "Submit for review")
    expect(page.get_by_text(re.compile("submitted", re.IGNORECASE)).first).to_be_visible()

    term = TermPage.objects.get()
    assert not term.live
    olga = a_user("olga", language="en")
    olga.groups.set(Group.objects.filter(name="Organisers"))
    desk = open_page(language="en")
    sign_in(desk, "olga", f"/admin/pages/{term.pk}/edit/")
    expect(desk.locator("#id_short")).to_have_value("To pass a post on.")
    action(desk, "Publish")
    desk.get_by_role("dialog").get_by_role("button", name="Publish", exact=True).click()
    expect(desk.get_by_text(re.compile("published", re.IGNORECASE)).first).to_be_visible()

    reader = open_page(width=390, language="en")
    reader.goto(article.get_url())
    word = reader.get_by_role("link", name="boost")
    expect(word).to_have_attribute("title", "To pass a post on.")
    assert_accessible(reader)
    word.click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("boost")
    assert_accessible(reader)
    reader.goto(lexicon.get_url())
    assert_accessible(reader)

"""What happens to a page between its editor and its readers: translation, workflow, the clock."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.models import Locale, Page, Workflow, WorkflowPage
from wagtail.test.utils.form_data import rich_text
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.segments.extract import extract_segments

from cms.models import ToolPage
from cms.roles import set_roles
from cms.source_changes import changes_of
from tests.builders import a_user
from tests.cms.house.building import step
from tests.cms.house.test_rooms import KINDS


@pytest.fixture
def ed(house):
    """An editor, who writes; an organiser reads before the world does."""
    set_roles()
    user = a_user("ed")
    user.groups.add(Group.objects.get(name="Editors"))
    return user


def translate(page: Page, words: dict[str, str]) -> Translation:
    """As a translator does: the same words wherever they stand, and the page is published."""
    source, _made = TranslationSource.update_or_create_from_instance(page)
    target = Locale.objects.get(language_code="en")
    translation, _made = Translation.objects.get_or_create(source=source, target_locale=target)
    for segment in source.stringsegment_set.select_related("string", "context"):
        said = words.get(segment.string.data)
        if said:
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                locale=target,
                context=segment.context,
                defaults={"data": said},
            )
    translation.save_target(publish=True)
    return translation


def test_a_tool_post_is_translated_then_its_source_changes(
    client, house, english, rooms, django_capture_on_commit_callbacks
):
    words = {"Lists": "Listes", "Read ten people closely.": "Lire dix personnes."}
    with django_capture_on_commit_callbacks(execute=True):
        translation = translate(rooms.tool, words)
    english_tool = ToolPage.objects.get(locale__language_code="en")
    assert english_tool.title == "Listes"
    assert english_tool.minutes == rooms.tool.minutes
    assert list(english_tool.related_tutorials.all()) == [house.tutorial]
    assert english_tool.live
    page = client.get(english_tool.get_url()).text
    assert english.tutorial.get_url() in page  # the tutorial of its own language

    before = translation.get_progress()
    rooms.tool.summary = "Read eleven people closely."
    rooms.tool.related_tutorials = []
    rooms.tool.save_revision().publish()
    source = TranslationSource.objects.get(pk=translation.source_id)
    source.update_from_db()
    total, done = translation.get_progress()
    assert (total, done) == (before[0], before[1] - 1)  # what changed waits, the rest is kept
    english_tool.refresh_from_db()
    assert list(english_tool.related_tutorials.all()) == []
    assert english_tool.title == "Listes"


def test_a_translation_begins_as_a_draft_whoever_asks_for_it(client, english, rooms, ed):
    """Untranslated words aren't published in the other language, least of all by an editor."""
    client.force_login(ed)
    address = reverse("wagtail_localize:submit_page_translation", args=[rooms.tool.pk])
    client.post(address, {"locales": [english.home.locale_id]})
    found = ToolPage.objects.get(locale=english.home.locale)
    assert not found.live
    answer = client.get(reverse("wagtailadmin_pages:edit", args=[rooms.term.pk]))
    assert "data-edit-form" in answer.text
    assert "data-w-autosave-interval-value" not in answer.text, (
        "it would write over revisions that authors have seen"
    )


@pytest.mark.parametrize("name", KINDS)
def test_words_are_translated_and_facts_are_shared(rooms, name):
    page = getattr(rooms, name)
    fields = {field.field_name: field for field in get_translatable_fields(type(page))}
    assert fields["title"].is_translated(page)
    for shared in ("author", "author_name", "licence", "minutes", "person", "audience", "lessons"):
        if shared in fields:
            assert fields[shared].is_synchronized(page)
    assert extract_segments(page)


def test_an_editor_submits_and_an_organiser_approves(client, rooms, ed):
    WorkflowPage.objects.get_or_create(
        page=Page.get_first_root_node(), defaults={"workflow": Workflow.objects.first()}
    )
    address = reverse("wagtailadmin_pages:add", args=["cms", "termpage", rooms.lexicon.pk])
    client.force_login(ed)
    sent = {
        "title": "Écho",
        "slug": "echo",
        "variants": " échos \n\n",
        "short": "A voice.",
        "body": rich_text("<p>It comes back.</p>"),
    }
    client.post(address, sent | {"action-submit": "yes"})
    term = type(rooms.term).objects.get(slug="echo")
    assert not term.live
    assert term.current_workflow_state is not None
    assert client.get(term.get_url()).status_code == 404

    olga = a_user("olga")
    olga.groups.add(Group.objects.get(name="Organisers"))
    term.current_workflow_state.current_task_state.approve(user=olga)
    term.refresh_from_db()
    assert term.live
    assert term.variants == "échos"


@pytest.mark.parametrize("crossed", ["publish", "move"])
def test_what_is_decided_about_a_page_while_somebody_saves_it_stands(client, rooms, olga, crossed):
    """A hook runs where it hurts: the page has been read, and isn't written yet."""
    draft = type(rooms.term)(title="Echo", slug="echo", short="A voice.", live=False)
    rooms.lexicon.add_child(instance=draft)
    approved = draft.save_revision()

    def decided(_request: HttpRequest, _page: Page) -> None:
        if crossed == "publish":
            approved.publish()
        else:
            a_term_before_it = type(rooms.term)(title="Dusk", slug="dusk", short="Late.")
            rooms.lexicon.add_child(instance=a_term_before_it)
            Page.objects.get(pk=a_term_before_it.pk).move(Page.objects.get(pk=draft.pk), "left")

    client.force_login(olga)
    address = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    sent = {"title": "Echo", "slug": "echo", "short": "A voice that comes back.", "variants": ""}
    sent |= {"body": rich_text("<p>Listen.</p>")}
    with hooks.register_temporarily("before_edit_page", decided):
        client.post(address, sent)
    draft.refresh_from_db()
    assert draft.live == (crossed == "publish")
    assert draft.get_latest_revision_as_object().short == "A voice that comes back."
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_page_is_published_and_taken_down_by_the_clock(client, rooms):
    article = rooms.article
    article.unpublish()
    now = timezone.now()
    for at, status in [(now + timedelta(hours=1), 404), (now - timedelta(minutes=1), 200)]:
        article.go_live_at = at
        article.save_revision(approved_go_live_at=at)
        call_command("publish_scheduled")
        assert client.get(article.get_url()).status_code == status
    Page.objects.filter(pk=article.pk).update(expire_at=now - timedelta(seconds=1))
    call_command("publish_scheduled")
    assert client.get(article.get_url()).status_code == 404


def lines_of(page: str) -> list[str]:
    parts = page.split('<div class="envol-change">')[1:]
    return [" ".join(re.sub(r"<[^>]+>", " ", part).split()) for part in parts]


def test_a_translator_sees_what_the_page_said_and_what_it_says(client, english, rooms, ed):
    words = {"Lists": "Listes", "Read ten people closely.": "Lire dix personnes."}
    translation = translate(rooms.tool, words)
    english_tool = ToolPage.objects.get(locale__language_code="en")
    address = reverse("page_source_changes", args=[english_tool.pk])
    client.force_login(ed)
    rooms.tool.summary = "Read eleven people closely."
    rooms.tool.save_revision().publish()

    for _again in range(2):  # before the translation is brought in step, and after
        page = client.get(address).text
        (line,) = [one for one in lines_of(page) if "eleven" in one]
        assert "Read ten people closely." in line
        assert "Lire dix personnes." in line
        assert re.search(r"<del><span[^>]*>[^<]+</span>ten<", page)
        assert re.search(r"<ins><span[^>]*>[^<]+</span>eleven<", page)
        assert "Lists" not in " ".join(lines_of(page))
        assert any("Listes" in one for one in lines_of(client.get(f"{address}?all=1").text))
        TranslationSource.objects.get(pk=translation.source_id).update_from_db()

    for edited in (english_tool, rooms.tool):
        edit = client.get(reverse("wagtailadmin_pages:edit", args=[edited.pk])).text
        assert address in edit


def test_what_is_new_and_what_is_gone_are_told_apart(english, rooms):
    translation = translate(rooms.tool, {"Lists": "Listes", "Look": "Regarde"})
    rooms.tool.steps = [step("<p>Quite other words.</p>", heading="Listen to birds")]
    rooms.tool.save_revision().publish()
    found = {(one.kind.value, one.before, one.now) for one in changes_of(translation, rooms.tool)}
    assert ("new", "", "Listen to birds") in found
    assert ("gone", "Look", "") in found
    assert ("same", "Lists", "Lists") in found


def test_versions_of_long_ago_are_not_told_as_gone(english, rooms):
    for summary in ("Read ten people closely.", "Read nine people closely."):
        rooms.tool.summary = summary
        rooms.tool.save_revision().publish()
        translation = translate(rooms.tool, {summary: f"EN {summary}"})
    rooms.tool.summary = "Read eight people closely."
    found = changes_of(translation, rooms.tool)
    (changed,) = [one for one in found if one.kind.value == "changed"]
    assert changed.before == "Read nine people closely."
    assert not [one for one in found if one.kind.value == "gone"]


def test_only_those_who_may_edit_the_translation_see_it(client, english, rooms):
    translate(rooms.tool, {"Lists": "Listes"})
    english_tool = ToolPage.objects.get(locale__language_code="en")
    visitor = a_user("visitor")
    visitor.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(visitor)
    address = reverse("page_source_changes", args=[english_tool.pk])
    refused = client.get(address, follow=True)
    assert refused.status_code == 403 or "envol-change" not in refused.text
    client.force_login(a_user("root", is_superuser=True, is_staff=True))
    assert "envol-change" in client.get(address, follow=True).text
    by_hand = reverse("page_source_changes", args=[rooms.lexicon.pk])
    assert client.get(by_hand, follow=True).status_code == 404

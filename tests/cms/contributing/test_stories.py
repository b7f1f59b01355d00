"""From a member's first words to a page with their name, and back."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from wagtail.models import Page

from badges.models import Award
from badges.shipped import install_shipped_badges
from cms.contributing.content import Content
from cms.contributing.differing import changes
from cms.contributing.drafting import latest_content, save_version, sent_content
from cms.contributing.looking import edited_content, take_up_changes
from cms.contributing.pictures import add_picture
from cms.contributing.sending import CannotSend, agree, last_word, send_in, take_back
from cms.models import ArticlePage, Contribution, PortraitPage, TutorialPage
from community.consent import change_consent
from community.exporting import export_person
from community.models import Consent, LearningEvent
from community.signals import merged
from microblog.waiting import piles_for
from tests.badges.builders import a_png, drain
from tests.builders import NOON, a_user
from tests.cms.contributing.building import a_house, a_sent_text, a_text, decide, settle

pytestmark = pytest.mark.django_db
State = Contribution.State


@pytest.fixture(autouse=True)
def house(db) -> None:
    a_house()


def a_block(kind: str, **value: str) -> dict[str, object]:
    return {"type": kind, "value": value, "id": str(uuid4())}


def standing():
    return LearningEvent.objects.standing().filter(kind="contributed")


@pytest.mark.parametrize(
    ("kind", "model"),
    [("article", ArticlePage), ("tutorial", TutorialPage), ("portrait", PortraitPage)],
)
def test_each_kind_becomes_its_page_and_is_published_under_a_name(nia, olga, client, kind, model):
    text = a_sent_text(nia, kind)
    page = model.objects.get()
    assert (page.live, page.byline, page.licence) == (False, "Nia", "CC-BY-SA-4.0")
    client.force_login(olga)
    assert client.get(f"/admin/pages/{page.pk}/edit/").status_code == 200

    decide(text, olga, approve=True)
    assert text.state == State.PUBLISHED
    [deed] = standing()
    assert (deed.participant, deed.tags) == (nia.participant, [kind])
    settle()
    assert standing().count() == 1


def test_a_tutorial_with_a_picture_at_one_step_opens_for_its_editor(nia, olga, client):
    text = a_text(nia, "tutorial")
    told = {"alt_text": "A heron", "credit": "Nia", "picture_licence": "CC0-1.0"}
    picture = add_picture(text, {**told, "file": ContentFile(a_png(), "heron.png")})
    first, second = latest_content(text).parts
    parts = (replace(first, picture=str(picture.pk)), second)
    content = replace(latest_content(text), parts=parts)
    save_version(text, content, seen=text.version, now=NOON)
    send_in(text, by=nia, now=NOON)
    client.force_login(olga)
    page = TutorialPage.objects.get()
    assert client.get(f"/admin/pages/{page.pk}/edit/").status_code == 200
    assert [bool(step.value["image"]) for step in page.steps] == [True, False]


@pytest.mark.parametrize("body", ["_*so*_ __well__", "* a\n* b", "> a\n>\n> b", "# Hm\n1) a"])
def test_another_way_of_typing_is_no_change_of_an_editor(nia, body):
    assert edited_content(a_sent_text(nia, body=body)) is None


def test_an_editor_suggests_and_sends_back_and_the_member_agrees(nia, olga):
    text = a_sent_text(nia)
    page = text.page.specific
    page.title = "Ma toute première semaine"
    body = list(page.body.raw_data)
    body[0] = {**body[0], "value": "Le lundi"}
    tip = a_block("tip", title="", text="Respire.")
    page.body = [*body, tip]
    page.save_revision(user=olga)
    decide(text, olga, approve=False, comment="Regarde le titre.")

    assert (text.state, last_word(text)) == (State.RETURNED, "Regarde le titre.")
    title, body = changes(sent_content(text), edited_content(text))
    assert [run.words.strip() for run in title.runs if run.state == "new"] == ["toute"]
    assert {run.state for run in body.runs} == {"same", "gone", "new"}
    assert agree(text, by=nia, now=NOON)
    text.refresh_from_db()
    assert text.state == State.WAITING
    assert latest_content(text).title == "Ma toute première semaine"

    decide(text, olga, approve=True)
    page = ArticlePage.objects.get()
    assert page.title == "Ma toute première semaine"
    assert [block.block_type for block in page.body] == ["heading", "text", "tip"]


def test_the_member_goes_on_from_what_editors_changed(nia, olga):
    text = a_sent_text(nia, "tutorial")
    page = text.page.specific
    steps = list(page.steps.raw_data)
    example = a_block("example", name="N", handle="n", text="x")
    page.steps = [steps[0], example, steps[1]]
    page.summary = "Dire d'où cela vient."
    page.save_revision(user=olga)
    decide(text, olga, approve=False, comment="?")
    assert take_up_changes(text, now=NOON)
    assert not take_up_changes(text, now=NOON), "twice is once"
    assert latest_content(text).summary == "Dire d'où cela vient."
    send_in(text, by=nia, now=NOON)
    kinds = [block.block_type for block in text.page.get_latest_revision_as_object().steps]
    assert kinds == ["step", "example", "step"], "what editors put between stays there"


def test_a_published_text_is_changed_while_its_page_stays(nia, olga):
    text = a_sent_text(nia)
    decide(text, olga, approve=True)
    text = a_changed(text, nia)
    assert ArticlePage.objects.get().title == "Ma première semaine"
    assert settle() == 0 and state_of(text) == State.WAITING
    decide(text, olga, approve=True)
    assert ArticlePage.objects.get().title == "Mon premier mois"
    assert standing().count() == 1


def a_changed(text, nia):
    content = replace(latest_content(text), title="Mon premier mois")
    save_version(text, content, seen=text.version, now=NOON)
    return send_in(text, by=nia, now=NOON)


def state_of(text) -> str:
    return Contribution.objects.get(pk=text.pk).state


@pytest.mark.parametrize(("after", "counts"), [(timedelta(hours=5), 0), (timedelta(days=3), 1)])
def test_taken_back_it_leaves_the_site_and_editors_are_told(nia, olga, after, counts):
    text = a_sent_text(nia)
    decide(text, olga, approve=True)
    assert take_back(text, by=nia, now=NOON + after)
    settle(NOON + after)
    assert state_of(text) == State.TAKEN_BACK
    assert not ArticlePage.objects.get().live
    assert standing().count() == counts, "a day on the site counts for good"
    piles = {pile.waiting.key: pile.count for pile in piles_for(olga, NOON + after)}
    assert piles["taken_back_texts"] == 1


def test_taken_down_by_editors_within_a_day_and_up_again(nia, olga):
    text = a_sent_text(nia)
    decide(text, olga, approve=True)
    page = ArticlePage.objects.get()
    page.unpublish(user=olga)
    settle(NOON + timedelta(hours=2))
    assert (state_of(text), standing().count()) == (State.DOWN, 0)
    ArticlePage.objects.get().save_revision().publish(user=olga)
    settle(NOON + timedelta(hours=3))
    assert (state_of(text), standing().count()) == (State.PUBLISHED, 1)


def test_a_page_thrown_away_leaves_the_words_with_their_author(nia, olga):
    text = a_sent_text(nia)
    Page.objects.get(pk=text.page_id).delete()
    settle()
    assert state_of(text) == State.DRAFT
    assert latest_content(text).title == "Ma première semaine"


def test_what_is_missing_is_said(nia):
    with pytest.raises(CannotSend) as refused:
        a_sent_text(nia, "portrait", title="", agrees=False)
    assert len(refused.value.reasons) == 2
    change_consent(nia.participant, Consent.COUNT, now=NOON)
    nia.participant.refresh_from_db()
    with pytest.raises(CannotSend):
        a_sent_text(nia, "portrait")


def test_consent_withdrawn_takes_the_name_off_the_page_and_its_history(nia, olga):
    article, portrait = a_sent_text(nia), a_sent_text(nia, "portrait")
    decide(article, olga, approve=True)
    decide(portrait, olga, approve=True)
    a_text(nia, "tutorial")
    change_consent(nia.participant, Consent.NOTHING, now=NOON)
    page = ArticlePage.objects.get()
    assert (page.live, page.byline, page.author) == (True, "", None)
    assert not any("Nia" in str(revision.content) for revision in page.revisions.all())
    assert not PortraitPage.objects.exists() and not Contribution.objects.exists()


def test_two_people_who_are_one_keep_both_their_texts(nia, olga):
    text = a_sent_text(nia)
    into = a_user("nia2").participant
    merged.send(sender=type(into), person=nia.participant, into=into)
    assert Contribution.objects.get().author == into
    decide(text, olga, approve=True)
    assert ArticlePage.objects.get().author == into


def test_all_of_it_is_in_the_export(nia):
    a_sent_text(nia)
    [told] = export_person(nia.participant)["texts"]
    assert told["content"]["title"] == "Ma première semaine"


def test_a_published_text_brings_the_badge(nia, olga):
    install_shipped_badges(Path(settings.ROOT) / "cms" / "demo" / "content")
    decide(a_sent_text(nia), olga, approve=True)
    drain()
    badges = Award.objects.filter(recipient=nia.participant)
    assert "porte-plume" in badges.values_list("badge_class__slug", flat=True)


@pytest.mark.parametrize("sign", ["a ", "a\n"])
def test_a_text_of_one_word_is_compared_at_once(sign):
    """Before, this took minutes."""
    old, new = Content(body=sign * 1400), Content(body=f"{sign}b{sign[-1]}" * 700)
    (change,) = changes(old, new)
    assert "".join(run.words for run in change.runs if run.state != "gone") == new.body
    longer = Content(body="a\n" * 20_000), Content(body="b\n" * 20_000)
    assert [run.state for run in next(changes(*longer)).runs] == ["gone", "new"]

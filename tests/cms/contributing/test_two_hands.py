"""A text that several people have in their hands: its author, an editor, another member."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import translation
from wagtail.rich_text import RichText

from cms.contributing.content import Part
from cms.contributing.drafting import latest_content, save_version
from cms.contributing.looking import take_up_changes
from cms.contributing.sending import EditorsWereFaster, send_in
from cms.models import ArticleIndexPage, ArticlePage, Contribution
from tests.builders import NOON, a_user
from tests.cms.contributing.building import ARTICLE, a_house, a_sent_text, a_text, decide
from tests.cms.contributing.test_doors import fields
from tests.cms.contributing.test_stories import a_block

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(db):
    a_house()
    with translation.override("en"):
        yield


def edited_by(editor, text: Contribution, summary: str) -> None:
    page = Contribution.objects.get(pk=text.pk).page.get_latest_revision_as_object()
    page.summary = summary
    page.save_revision(user=editor)


def summary_of(text: Contribution) -> str:
    return Contribution.objects.get(pk=text.pk).page.get_latest_revision_as_object().summary


def test_what_editors_changed_after_its_author_looked_is_never_written_over(
    house, client, nia, olga
):
    text = a_sent_text(nia)
    decide(text, olga, approve=False, comment="Presque !")
    client.force_login(nia)
    address = reverse("write:edit", args=[text.pk])
    client.get(address)
    edited_by(olga, text, "Sept jours, vus par Olga.")

    answer = client.post(address, fields(text, do="send", summary="Sept jours à moi."), follow=True)
    assert "An editor changed this text meanwhile" in answer.text
    assert "Sept jours à moi." in answer.text and "Olga" in answer.text
    assert (state_of(text), summary_of(text)) == ("returned", "Sept jours, vus par Olga.")

    text.refresh_from_db()
    client.post(address, fields(text, do="send", summary="Sept jours à nous."))
    assert (state_of(text), summary_of(text)) == ("waiting", "Sept jours à nous.")


def state_of(text: Contribution) -> str:
    return Contribution.objects.get(pk=text.pk).state


def test_sent_from_its_own_page_it_is_refused_too(house, client, nia, olga):
    text = a_sent_text(nia)
    decide(text, olga, approve=False, comment="Presque !")
    edited_by(olga, text, "Vus par Olga.")
    with pytest.raises(EditorsWereFaster):
        send_in(text, by=nia, now=NOON)
    client.force_login(nia)
    answer = client.post(reverse("write:send", args=[text.pk]), follow=True)
    assert "Vus par Olga." in answer.text, (
        "nothing of her own is in the way: she goes on from there"
    )
    text.refresh_from_db()
    send_in(text, by=nia, now=NOON)
    assert summary_of(text) == "Vus par Olga."


def test_what_its_author_wrote_meanwhile_is_shown_beside_it(house, client, nia, olga):
    text = a_sent_text(nia)
    decide(text, olga, approve=False, comment="Presque !")
    mine = replace(latest_content(text), title="Mon mardi")
    save_version(text, mine, seen=text.version, now=NOON)
    edited_by(olga, text, "Vus par Olga.")
    client.force_login(nia)
    answer = client.get(reverse("write:edit", args=[text.pk]), follow=True)
    assert "An editor changed this text meanwhile" in answer.text
    assert 'value="Mon mardi"' in answer.text
    assert take_up_changes(text, now=NOON) is None, "twice is once"
    assert client.get(reverse("write:edit", args=[text.pk]) + "?beside=x1").status_code == 200


@pytest.mark.parametrize("kind", ["tutorial", "portrait"])
def test_parts_take_only_places_that_are_on_their_page(house, nia, kind):
    """A form may name any block, and one twice."""
    part = Part(heading="Où", text="Là", block="x" * 36)
    text = a_sent_text(nia, kind, parts=(part, part))
    page = text.page.specific
    stream = page.steps if kind == "tutorial" else page.answers
    known = [block.id for block in stream]
    assert len(set(known)) == 2 and part.block not in known
    again = replace(part, block=known[0])
    decide(text, a_user("ed"), approve=False)
    content = replace(latest_content(text), parts=(again, again, again))
    save_version(text, content, seen=text.version, now=NOON)
    send_in(text, by=nia, now=NOON)
    page = Contribution.objects.get().page.get_latest_revision_as_object()
    ids = [block.id for block in (page.steps if kind == "tutorial" else page.answers)]
    assert ids[0] == known[0] and len(set(ids)) == 3


def test_what_editors_linked_stays_a_link(house, nia, olga):
    text = a_sent_text(nia)
    shelf = ArticleIndexPage.objects.get()
    page = text.page.specific
    page.body = [("text", f'<p>Voir <a linktype="page" id="{shelf.pk}">la liste</a></p>')]
    page.save_revision(user=olga)
    decide(text, olga, approve=False)
    take_up_changes(text, now=NOON)
    assert latest_content(text).body == f"Voir [la liste]({shelf.url})"


@pytest.fixture
def tutorial(house, nia, olga) -> Contribution:
    """Of two steps, back from Olga, who said for one network how the second is done there, and put
    an example behind it. Not a word of Nia's is changed."""
    text = a_sent_text(nia, "tutorial")
    page = text.page.specific
    first, second = page.steps.raw_data
    second["value"]["networks"] = [a_place("<p>Touche la plume.</p>")]
    page.steps = [first, second, a_block("example", name="N", handle="n", text="x")]
    page.save_revision(user=olga)
    decide(text, olga, approve=False, comment="Presque !")
    return text


def a_place(text: str) -> dict[str, object]:
    image = {"image": None, "alt_text": "", "decorative": False}
    value = {"network": "mastodon", "text": text, "image": image}
    return {"type": "item", "value": value, "id": str(uuid4())}


def steps_of(text: Contribution) -> list[str]:
    page = Contribution.objects.get(pk=text.pk).page.get_latest_revision_as_object()
    return [f"{one.block_type} {one.value.get('heading', '')}".strip() for one in page.steps]


def form_of(text: Contribution, **more: object) -> dict[str, object]:
    """As the editor shows it, sent back."""
    told = latest_content(text)
    parts = {
        f"part{number}-{name}": getattr(part, name)
        for number, part in enumerate(told.parts)
        for name in ("heading", "text", "tip", "picture", "block")
    }
    known = {"title": told.title, "summary": told.summary, "parts": len(told.parts)}
    return fields(text, **(known | parts | more))


def test_what_editors_put_in_a_tutorial_stays_though_they_changed_no_word(
    tutorial, client, nia, olga
):
    client.force_login(nia)
    address = reverse("write:edit", args=[tutorial.pk])
    assert "Touche la plume." in client.get(address).text
    client.post(address, form_of(tutorial, **{"part1-heading": "Mets-la à la fin"}))
    tutorial.refresh_from_db()
    send_in(tutorial, by=nia, now=NOON)
    assert steps_of(tutorial) == ["step Trouve l'adresse", "step Mets-la à la fin", "example"]
    page = Contribution.objects.get().page.get_latest_revision_as_object()
    assert "plume" in str(page.steps[1].value["networks"][0]["text"])


def test_a_step_that_is_taken_out_leaves_what_editors_put_behind_it(tutorial, client, nia, olga):
    client.force_login(nia)
    address = reverse("write:edit", args=[tutorial.pk])
    client.get(address)
    page = tutorial.page.get_latest_revision_as_object()
    page.steps[1].value["text"] = RichText('<p data-block-key="x1">À la fin.</p>')
    page.save_revision(user=olga)  # as Wagtail's editor writes what nobody touched
    answer = client.post(address, form_of(tutorial, do="drop-1"), follow=True)
    assert "An editor changed this text meanwhile" not in answer.text, "she saw it"
    tutorial.refresh_from_db()
    send_in(tutorial, by=nia, now=NOON)
    assert steps_of(tutorial) == ["step Trouve l'adresse", "example"]


@pytest.mark.parametrize("deed", ["drop-1", "send"])
def test_who_takes_out_a_step_that_editors_have_just_changed_sees_it_first(
    tutorial, client, nia, olga, deed
):
    client.force_login(nia)
    address = reverse("write:edit", args=[tutorial.pk])
    client.get(address)
    page = tutorial.page.get_latest_revision_as_object()
    page.steps[1].value["networks"][0]["text"] = RichText("<p>Touche la <b>loupe</b>.</p>")
    page.save_revision(user=olga)

    form = form_of(tutorial, do=deed)
    if deed == "send":
        form["parts"] = 1
    answer = client.post(address, form, follow=True)
    assert "An editor changed this text meanwhile" in answer.text
    assert "loupe" in answer.text and "Mets-la" in answer.text
    assert (state_of(tutorial), len(steps_of(tutorial))) == ("returned", 3)

    tutorial.refresh_from_db()
    client.post(address, form_of(tutorial, parts=1, do="send"))
    assert state_of(tutorial) == "waiting"
    assert steps_of(tutorial) == ["step Trouve l'adresse", "example"]


@pytest.mark.django_db(transaction=True)
def test_two_members_send_in_at_the_same_moment():
    """Under one title: each page has an address of its own."""
    a_house()
    people = [a_user(handle) for handle in ("nia", "rex", "ines")]
    texts = [a_text(person) for person in people]

    def send(number: int) -> None:
        try:
            send_in(texts[number], by=people[number], now=NOON)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as workers:
        list(workers.map(send, range(3)))
    pages = ArticlePage.objects.filter(title=ARTICLE.title)
    assert len(set(pages.values_list("slug", flat=True))) == 3
    assert len(set(pages.values_list("path", flat=True))) == 3
    assert ArticleIndexPage.objects.get().numchild == 3

"""A text that several people have in their hands: its author, an editor, another member."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import translation

from cms.contributing.content import Part
from cms.contributing.drafting import latest_content, save_version
from cms.contributing.sending import EditorsWereFaster, send_in, take_up_changes
from cms.models import ArticleIndexPage, ArticlePage, Contribution
from tests.builders import NOON, a_user
from tests.cms.contributing.building import ARTICLE, a_house, a_sent_text, a_text, decide
from tests.cms.contributing.test_doors import fields

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

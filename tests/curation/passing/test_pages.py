"""The page of the veille and one page an item: what is told, of whom, at which cost."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from community.models import Consent
from curation.models import Item, Pick
from microblog.models import Account, Post
from tests.curation.passing.building import a_pick, an_item, shelve_all
from tests.markup import faults_of

pytestmark = pytest.mark.django_db
MOST_QUERIES = 15


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def page(client, query: str = "") -> str:
    response = client.get(f"{reverse('curation:page')}{query}")
    assert response.status_code == 200
    html = response.content.decode()
    assert faults_of(html) == []
    return html


def shown(client, item: Item) -> str:
    html = client.get(reverse("curation:item", args=[item.pk])).content.decode()
    assert faults_of(html) == []
    return html


@pytest.fixture
def filled(nia, tomas):
    english = {"language": "en"}
    sorting = {"axis": "with", "depth": "begin"}
    picked = an_item("Why alt text matters", topics=("Images",), **sorting, **english)
    a_pick(picked, "Read it before your first photo.", by=tomas.participant, language="en")
    known = {"found_by": (nia.participant,), "finders": 4}
    brought = an_item("A law, explained", topics=("Law",), axis="about", **known, **english)
    long_ago = an_item("From last month", ago=timedelta(days=30), language="fr", finders=2)
    an_item("Not decided", state=Item.State.WAITING, shown_at=None)
    an_item("Set aside", state=Item.State.DROPPED)
    shelve_all()
    return picked, brought, long_ago


def test_the_sentence_comes_first_and_the_rest_stands_beside(client, filled):
    html = page(client)

    assert "Read it before your first photo." in html
    assert "A law, explained" in html
    assert "Not decided" not in html
    assert "Set aside" not in html


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("?only=picks", ["alt"]),
        ("?only=all", ["alt", "law"]),
        ("?only=all&language=fr", ["month"]),
        ("?only=all&language=all", ["alt", "law", "month"]),
        ("?only=picks&language=fr", []),
        ("?language=fr", ["month"]),
        ("?axis=about", ["law"]),
        ("?topic=images", ["alt"]),
        ("?topic=images&axis=about", []),
        ("?week=2026-05-06", ["alt", "law"]),
        ("?shared=ever", ["law"]),
        ("?shared=ever&language=all", ["law", "month"]),
        ("?q=alt", ["alt"]),
        ("?q=month", ["month"]),
        ("?q=photo&axis=with", ["alt"]),
        ("?q=photo&topic=law", []),
        ("?week=soon&axis=nowhere&only=all", ["alt", "law"]),
    ],
)
def test_each_way_shows_its_part(client, filled, query, titles):
    words = dict(zip(("alt", "law", "month"), filled, strict=True))
    html = page(client, query)

    assert [name for name in words if f'id="reading-{words[name].pk}"' in html] == titles


def test_whoever_reads_another_language_is_led_to_all(client, filled):
    Pick.objects.update(language="fr")

    html = page(client)

    assert "Read it before" not in html
    assert "See all languages" in html
    assert "Read it before" in page(client, "?language=all")


def test_what_was_set_aside_a_moment_ago_is_not_shown(client, filled):
    filled[0].state = Item.State.DROPPED
    filled[0].save()

    assert "Why alt text matters" not in page(client)


def test_a_person_has_what_they_found_and_put_forward(client, filled, nia, tomas):
    assert "A law, explained" in page(client, f"?person={nia.participant.pk}")
    assert "Why alt text matters" in page(client, f"?person={tomas.participant.pk}")


@pytest.mark.parametrize("consent", [Consent.COUNT, Consent.NOTHING])
def test_nobody_is_named_who_does_not_agree(client, filled, nia, tomas, consent):
    for person in (nia.participant, tomas.participant):
        person.consent = consent
        person.save()

    for html in (page(client), page(client, "?only=all"), *(shown(client, one) for one in filled)):
        assert "Nia" not in html
        assert "Tomas" not in html
    answer = client.get(f"{reverse('curation:page')}?person={nia.participant.pk}")
    assert answer.status_code == 404


def test_what_was_taken_back_credits_nobody(client, practice, nia, now):
    item = an_item(found_by=(nia.participant,))
    post = Post.objects.create(
        network="practice",
        uri="https://envol.example/1",
        author=Account.objects.get(user=nia),
        said_at=now,
        visibility="direct",
    )
    item.finds.update(post=post)

    assert "Nia" not in shown(client, item)


def test_an_item_leads_to_the_original_and_on(client, filled):
    picked, brought, _long_ago = filled
    other = an_item("More on images", topics=("Images",))
    shelve_all()

    html = shown(client, picked)
    assert f'href="{picked.url}" rel="noopener noreferrer ugc"' in html
    assert "More on images" in html
    assert "found by" in shown(client, brought)
    assert client.get(reverse("curation:item", args=[other.pk + 1000])).status_code == 404


def test_what_is_not_shown_has_no_page(client):
    for state in (Item.State.WAITING, Item.State.DROPPED, Item.State.SNOOZED):
        item = an_item(state=state)
        assert client.get(reverse("curation:item", args=[item.pk])).status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        f"?person={'9' * 5000}",
        "?axis=with%00",
        "?q=xxxxx",
        "?topic=%00",
        f"?only=all&before={'9' * 5000}.1",
        f"?shared=ever&before={2**60}.1.1",
    ],
)
def test_an_address_that_somebody_made_up_breaks_nothing(client, query):
    assert client.get(f"{reverse('curation:page')}{query}").status_code in (200, 404)
    embedded = client.get(f"{reverse('curation:embed')}{query}&n={'9' * 5000}")
    assert embedded.status_code == 200


def test_an_empty_page_says_what_to_do(client):
    assert "Nothing is put forward yet" in page(client)
    assert "Fewer words find more" in page(client, "?q=nothing")


def test_a_long_list_goes_on_with_and_without_scripts(client):
    for number in range(25):
        an_item(f"Number {number}", ago=timedelta(minutes=number))
    shelve_all()
    first = client.get(f"{reverse('curation:page')}?only=all&language=all")
    older = first.context["older_url"]

    assert "Number 24" in client.get(older).content.decode()
    part = client.get(older, headers={"HX-Request": "true"}).content.decode()
    assert "Number 24" in part
    assert "<html" not in part


@pytest.mark.parametrize(
    "query", ["", "?only=all", "?topic=one", "?axis=with", "?shared=ever", "?q=number", "person"]
)
def test_a_full_page_asks_little(client, count_queries, nia, query):
    for number in range(24):
        item = an_item(
            f"Number {number}",
            topics=("One", f"T{number}"),
            axis="with",
            language="en",
            finders=3,
            found_by=(nia.participant,),
        )
        if number % 2:
            a_pick(item, "A word.", by=nia.participant if number == 3 else None, language="en")
    shelve_all()
    address = reverse("curation:page") + query.replace("person", f"?person={nia.participant.pk}")
    client.get(address)

    assert count_queries(lambda: client.get(address)) <= MOST_QUERIES


def test_topics_beside_lead_to_something_in_the_readers_language(client, filled):
    an_item("Une loi", topics=("Loi",), language="fr")
    shelve_all()
    html = page(client)
    assert "?topic=law" in html and "?topic=loi" not in html
    both = page(client, "?language=all")
    assert "?topic=law" in both and "?topic=loi" in both
    assert "?topic=loi" in page(client, "?topic=loi")

"""Counts, topics and words follow what changes, however it is changed."""

from datetime import timedelta

import pytest

from curation.choosing import Wanted
from curation.models import Item, Shelf
from curation.searching import search
from curation.topics import set_topics
from curation.walking import walk
from tests.curation.passing.building import a_pick, an_item, shelve_all

pytestmark = pytest.mark.django_db


def counts() -> dict[str, int]:
    rows = Shelf.objects.exclude(items=0).values_list("kind", "key", "items")
    return {f"{kind}:{key}".rstrip(":"): items for kind, key, items in rows}


def found(query: str, item: Item) -> list[int]:
    return search(query, site_id=item.site_id)


def test_what_appears_is_counted_once_and_found():
    an_item("Écrire à plusieurs mains", topics=("Écriture",), axis="with", text="un fil partagé")
    an_item("Later", state=Item.State.WAITING, shown_at=None)
    shelve_all()
    shelve_all()

    assert counts() == {
        "all": 1,
        "week:2026-05-04": 1,
        "topic:ecriture": 1,
        "axis:with": 1,
        "language:fr": 1,
    }


@pytest.mark.parametrize(
    "query", ["ecrire", "ÉCRIRE", "partagés", "ecritures", "mains fil", "oulipo"]
)
def test_words_are_found_without_accents_and_endings(query):
    item = an_item("Écrire à plusieurs mains", topics=("Écriture",), text="un fil partagé")
    a_pick(item, "Pour jouer à l’Oulipo.")
    an_item("Something else")
    shelve_all()

    assert found(query, item) == [item.pk]


def test_signs_of_a_search_language_are_words():
    item = an_item("Say AND, OR: NEAR")
    shelve_all()

    assert found('and "or" near*', item) == [item.pk]
    assert found('"', item) == found("---", item) == []


def test_what_changes_moves_and_what_goes_is_gone():
    item = an_item("A first title", topics=("Images",), axis="with")
    shelve_all()

    Item.objects.filter(pk=item.pk).update(axis="work", title="A second one")
    set_topics(item.pk, ("Droit",))
    shelve_all()
    assert counts() == {
        "all": 1,
        "week:2026-05-04": 1,
        "topic:droit": 1,
        "axis:work": 1,
        "language:fr": 1,
    }
    assert found("first", item) == []
    assert found("second", item) == [item.pk]

    Item.objects.filter(pk=item.pk).update(state=Item.State.DROPPED)
    shelve_all()
    assert counts() == {}
    assert found("second", item) == []


def test_a_deleted_item_is_counted_no_more():
    item = an_item("Gone", topics=("Images",))
    shelve_all()

    item.delete()

    assert counts() == {}


def test_bookkeeping_asks_for_nothing(now):
    item = an_item()
    shelve_all()

    Item.objects.filter(pk=item.pk).update(sifted_at=now, compared_at=now)
    item.refresh_from_db()

    assert item.shelved_at is not None


def test_a_batch_asks_as_often_as_one(count_queries):
    an_item(topics=("One",))
    alone = count_queries(shelve_all)
    for number in range(6):
        an_item(topics=("One", f"Topic {number}"), axis="work")

    assert count_queries(shelve_all) == alone


def test_pages_follow_each_other_without_gap_or_repetition():
    site = an_item().site_id
    made = [an_item(topics=("All",), ago=timedelta(minutes=n // 2)).pk for n in range(7)]
    shelve_all()

    seen: list[int] = []
    older = ""
    for _page in range(4):
        leaf = walk(Wanted(topic="all"), site_id=site, before=older, most=2)
        seen += leaf.pks
        older = leaf.older
    assert sorted(seen) == sorted(made)
    assert len(seen) == len(made)
    assert older == ""

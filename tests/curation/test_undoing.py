"""Two people's edits of one item, undone in any order: each takes back what it did, and no more."""

from datetime import timedelta
from itertools import permutations

import pytest

from curation.deciding import (
    change_pick,
    drop_items,
    edit_item,
    pick_item,
    publish_items,
    sort_items,
)
from curation.models import Item, Pick, Sifting
from curation.topics import set_topics
from curation.undoing import undo_batch
from tests.builders import a_user
from tests.curation.items import an_item

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def stands(item: Item) -> tuple[object, ...]:
    """What readers see of it, and what no feed may write."""
    item = Item.objects.get(pk=item.pk)
    topics = sorted(topic.name for topic in item.topics.all())
    return item.title, item.summary, item.axis, topics, sorted(item.edited_fields)


@pytest.fixture
def edits(olga, tomas, now):
    """An item with a title, a topic, no axis; then three edits, and how it stood after each."""
    item = an_item("Toots", summary="Of birds.")
    set_topics(item.pk, ["école"])
    moments = [stands(item)]

    def edited(by, fields, topics=None):
        later = now + MINUTE * len(moments)
        edit_item(item, fields, by=by, topics=topics, now=later)
        moments.append(stands(item))

    edited(olga, {"title": "Herons"}, ["école", "mer"])
    edited(tomas, {"summary": "Of herons.", "axis": "with"})
    edited(olga, {"title": "Herons at sea"}, ["mer", "droit"])
    return item, moments, list(Sifting.objects.order_by("at"))


def undo(row: Sifting, now) -> None:
    assert undo_batch(row.batch, by=row.user, now=now + MINUTE * 9).items


def test_undone_from_the_last_each_step_is_as_it_was(edits, now):
    item, moments, rows = edits
    for row, before in zip(reversed(rows), reversed(moments[:-1]), strict=True):
        undo(row, now)
        assert stands(item) == before


def test_an_older_edit_takes_back_only_what_it_added(edits, now):
    item, _moments, (first, second, last) = edits
    undo(first, now)
    title, summary, axis, topics, edited = stands(item)
    assert title == "Herons at sea", "she wrote it anew since"
    assert topics == ["droit"], "the sea came with the first edit"
    assert (summary, axis) == ("Of herons.", "with")
    assert edited == ["axis", "summary", "title", "topics"]
    undo(last, now)
    assert stands(item) == ("Toots", "Of herons.", "with", ["école"], ["axis", "summary"])
    undo(second, now)
    assert stands(item) == ("Toots", "Of birds.", "", ["école"], [])


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_in_whatever_order_nothing_is_left_in_the_end(edits, order, now):
    item, moments, rows = edits
    for number in order:
        undo(rows[number], now)
    assert stands(item) == moments[0]


def test_many_at_once_are_undone_as_one_is(olga, tomas, now, django_assert_max_num_queries):
    items = [an_item(f"Toots {number}") for number in range(5)]
    sorted_ = sort_items(items, by=olga, axis="with", topics=["mer"], now=now)
    sort_items(items[:2], by=tomas, axis="work", now=now + MINUTE)
    alone = sort_items([an_item("Alone")], by=olga, axis="with", topics=["mer"], now=now)
    with django_assert_max_num_queries(11):
        undo_batch(alone.batch, by=olga, now=now + MINUTE * 2)
    with django_assert_max_num_queries(11):
        undo_batch(sorted_.batch, by=olga, now=now + MINUTE * 2)
    assert [stands(item)[2:] for item in items] == [("work", [], ["axis"])] * 2 + [("", [], [])] * 3


def test_the_words_of_a_pick_are_the_last_ones(olga, tomas, now):
    item = an_item()
    words = {"language": "en"}
    pick = pick_item(item, by=tomas, sentence="One.", now=now, **words)
    change_pick(pick, by=olga, sentence="Two.", now=now + MINUTE, **words)
    change_pick(pick, by=tomas, sentence="Three.", now=now + MINUTE * 2, **words)
    _made, second, third = Sifting.objects.order_by("at")
    undo(second, now)
    assert Pick.objects.get().sentence == "Three."
    undo(third, now)
    assert Pick.objects.get().sentence == "One."


def test_who_takes_back_a_proposal_moves_nothing_that_others_decided(olga, now):
    rex, item = a_user("rex"), an_item()
    pick_item(item, by=rex, sentence="Look.", language="en", now=now)
    proposed = Sifting.objects.get()
    publish_items([item], by=olga, now=now + MINUTE)
    undo(proposed, now)
    assert Item.objects.get().state == Item.State.PUBLISHED
    assert not Pick.objects.exists()


def test_what_somebody_decided_since_is_kept_as_before(olga, now):
    item = an_item()
    edit_item(item, {"title": "Herons"}, by=olga, now=now)
    drop_items([item], by=olga, now=now + MINUTE)
    undo(Sifting.objects.earliest("at"), now)
    assert Item.objects.get().state == Item.State.DROPPED

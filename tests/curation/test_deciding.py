"""What curators decide, two of them at once, and the way back."""

from datetime import timedelta
from uuid import uuid4

import pytest

from community.models import LearningEvent
from community.signals import forgotten, kept, merged
from curation.crediting import BREATH, credit_curation
from curation.deciding import (
    AlreadyDecided,
    change_pick,
    drop_items,
    edit_item,
    pick_item,
    publish_items,
    return_items,
    snooze_items,
    sort_items,
    take_back,
)
from curation.finders import recount_finders
from curation.models import CurationSettings, Find, Item, Pick, Sifting, SiftRule, Trust
from curation.recording import Found, record_found
from curation.shelving import shelve
from curation.sifting.applying import sift_items
from curation.topics import set_topics
from curation.undoing import undo_batch, undo_last
from tests.curation.items import a_site, a_source, an_item

State, Kind = Item.State, LearningEvent.Kind


def a_pick(item, by, now, **fields):
    values = {"sentence": "Read this.", "language": "en", "axis": "with", "depth": "begin"}
    return pick_item(item, by=by, now=now, **{**values, **fields})


def fresh(item):
    return Item.objects.get(pk=item.pk)


def topics_of_item(item):
    return sorted(topic.name for topic in item.topics.all())


def deeds(kind):
    return LearningEvent.objects.standing().filter(kind=kind)


def test_of_two_curators_at_once_the_second_is_told(olga, tomas, now):
    item, seen_by_both = an_item(), an_item("Another")
    stale = fresh(item)
    assert drop_items([item, seen_by_both], by=olga, now=now).late == []
    late = publish_items([stale, an_item("Third")], by=tomas, now=now)
    assert (late.late, len(late.items)) == ([item.pk], 1)
    assert fresh(item).state == State.DROPPED
    with pytest.raises(AlreadyDecided):
        a_pick(stale, tomas, now)


def test_two_picks_of_one_item_leave_the_first_and_a_double_click_leaves_one(olga, tomas, now):
    item = an_item()
    a_pick(item, olga, now, topics=["école"])
    a_pick(item, olga, now, topics=["École"])
    with pytest.raises(AlreadyDecided):
        a_pick(item, tomas, now, sentence="Mine!")
    assert Pick.objects.get().sentence == "Read this."
    assert Sifting.objects.count() == 1
    assert [topic.name for topic in item.topics.all()] == ["école"]


@pytest.mark.parametrize("how", ["publish", "drop", "snooze", "back", "sort", "edit", "pick"])
def test_everything_can_be_undone(how, olga, now):
    item = an_item(axis="about", language="fr", state="dropped" if how == "back" else "waiting")
    item.topics.add("école")
    before = Item.objects.filter(pk=item.pk).values().get()
    more = {"by": olga, "now": now}
    if how == "snooze":
        snooze_items([item], until=now + timedelta(days=1), **more)
    elif how == "sort":
        sort_items([item], topics=["école", "mer"], axis="work", **more)
    elif how == "edit":
        edit_item(item, {"title": "Better", "axis": "work"}, topics=["mer"], **more)
    elif how == "pick":
        a_pick(item, olga, now, topics=["mer"], axis="work")
    else:
        {"publish": publish_items, "drop": drop_items, "back": return_items}[how]([item], **more)
    changed = Item.objects.filter(pk=item.pk).values().get()
    assert changed != before
    undone = undo_last(by=olga, site_id=item.site_id, now=now + timedelta(minutes=5))
    after = Item.objects.filter(pk=item.pk).values().get()
    assert {**after, "shelved_at": None} == {**before, "shelved_at": None}
    assert [one.pk for one in undone.items] == [item.pk]
    assert [topic.name for topic in item.topics.all()] == ["école"]
    assert not Pick.objects.exists()
    assert undo_last(by=olga, site_id=item.site_id, now=now) is None


def test_what_somebody_decided_anew_stays(olga, tomas, now):
    item = an_item()
    dropped = drop_items([item], by=olga, now=now)
    return_items([item], by=tomas, now=now)
    publish_items([item], by=tomas, now=now)
    undone = undo_batch(dropped.batch, by=olga, now=now)
    assert (list(undone.items), undone.kept) == ([], 1)
    assert fresh(item).state == State.PUBLISHED
    assert undo_batch(uuid4(), by=olga, now=now).kept == 0


def test_nobody_undoes_for_somebody_else(olga, tomas, now):
    item = an_item()
    batch = drop_items([item], by=olga, now=now).batch
    assert not undo_batch(batch, by=tomas, now=now).items
    assert fresh(item).state == State.DROPPED


def test_a_pick_is_changed_taken_back_and_given_back(olga, tomas, now):
    item = an_item()
    pick = a_pick(item, tomas, now)
    change_pick(pick, by=olga, sentence="Better.", language="en", now=now)
    pick.refresh_from_db()
    assert (pick.sentence, pick.user) == ("Better.", tomas)
    take_back(pick, by=tomas, now=now)
    assert not Pick.objects.exists()
    assert fresh(item).state == State.WAITING
    undo_last(by=tomas, site_id=item.site_id, now=now)
    given = Pick.objects.get()
    assert (given.sentence, given.user, given.picked_at) == ("Better.", tomas, now)
    assert fresh(item).state == State.PUBLISHED


def test_picks_of_members_wait_where_the_mooc_wants_it(nia, olga, now):
    site = a_site()
    type(nia.participant).objects.update(embarked_at=now)
    Trust.objects.create(site=site, participant=nia.participant)
    CurationSettings.objects.create(site=site, trusted_appear_at_once=False)
    item = an_item()
    pick = a_pick(item, nia, now)
    assert fresh(item).state == State.WAITING
    assert credit_curation(now=now + BREATH) == 0
    publish_items([item], by=olga, now=now)
    credit_curation(now=now + BREATH)
    assert (pick.curator, deeds(Kind.CURATED).get().participant) == (nia.participant,) * 2


def test_an_editors_words_are_remembered_as_theirs(olga, now):
    item = edit_item(an_item(), {"title": "Better"}, by=olga, now=now)
    assert item.edited_fields == ["title"]
    with pytest.raises(ValueError, match="state"):
        edit_item(item, {"state": "published"}, by=olga, now=now)


@pytest.mark.parametrize("how", ["edit", "pick", "sort"])
def test_topics_that_a_person_set_stay_as_they_are_until_undone(how, olga, now):
    known, brought = an_item("Known"), [Found("https://sea.example/1", now, topics=["image"])]
    [item] = record_found(brought, site_id=known.site_id, now=now)
    set_topics(item.pk, ["école", "adverts"])
    set_topics(known.pk, ["mer", "image"])
    Item.objects.filter(pk=known.pk).update(state="published", shown_at=now)
    shelve(now)
    if how == "edit":
        edit_item(item, {}, by=olga, topics=["école"], now=now)
    elif how == "pick":
        a_pick(item, olga, now, topics=["école"])
    else:
        sort_items([item], by=olga, topics=["droit"], now=now)
    mine = topics_of_item(item)
    SiftRule.objects.create(site=a_site(), name="Sea", any_words="toots", add_topics="mer")
    Item.objects.filter(pk=item.pk).update(title="Toots", described_at=now)
    record_found(brought, site_id=item.site_id, now=now)
    sift_items(now=now)
    assert topics_of_item(item) == mine
    undo_last(by=olga, site_id=item.site_id, now=now)
    assert fresh(item).edited_fields == []
    record_found(brought, site_id=item.site_id, now=now)
    assert topics_of_item(item) == ["adverts", "image", "école"]


def test_an_axis_that_an_editor_took_away_no_rule_gives_back(olga, now):
    item = edit_item(an_item("Toots", axis="with"), {"axis": ""}, by=olga, now=now)
    SiftRule.objects.create(site=a_site(), name="All", any_words="toots", axis="work")
    sift_items(now=now)
    assert fresh(item).axis == ""


def test_who_found_and_who_picked_is_thanked(olga, nia, now):
    item = an_item(finder=nia.participant)
    Find.objects.create(item=item, finder=olga.participant, found_at=now)
    pick = a_pick(item, olga, now, topics=["école"])
    assert credit_curation(now=now) == 0  # time to undo a slip
    assert credit_curation(now=now + BREATH) == 2
    found, curated = deeds(Kind.FOUND).get(), deeds(Kind.CURATED).get()
    assert (found.participant, curated.participant) == (nia.participant, olga.participant)
    assert curated.evidence_url.endswith(f"/curation/{item.pk}/")
    assert (curated.evidence_text, curated.tags) == ("Read this.", ["ecole"])
    take_back(pick, by=olga, now=now)
    assert not deeds(Kind.CURATED).exists()
    a_pick(item, olga, now)
    credit_curation(now=now + BREATH)
    assert deeds(Kind.CURATED).get() == curated


def test_a_blog_that_somebody_calls_theirs_earns_them_nothing(nia, olga, now):
    paper = a_source("Le Monde", owner=nia.participant)
    items = [an_item("News", source=paper), an_item("More", source=paper)]
    Find.objects.update(finder=nia.participant)
    items.append(an_item("Shared", finder=nia.participant))
    recount_finders([item.pk for item in items])
    publish_items(items, by=olga, now=now)
    paper.delete()  # nor once it is followed no more
    credit_curation(now=now + BREATH)
    assert deeds(Kind.FOUND).get().evidence_text == "Shared"
    assert [fresh(item).finders for item in items] == [0, 0, 1]


def test_only_so_many_in_a_day_and_nothing_without_consent(olga, nia, now, count_queries):
    for number in range(4):
        publish_items([an_item(f"{number}", finder=nia.participant)], by=olga, now=now)
    credit_curation(now=now + BREATH)
    for number in range(4):
        publish_items([an_item(f"more {number}", finder=nia.participant)], by=olga, now=now)
    assert count_queries(lambda: credit_curation(now=now + BREATH)) <= 16
    assert deeds(Kind.FOUND).count() == 5
    nia.participant.consent = "nothing"
    nia.participant.save()
    later = now + timedelta(days=1)
    publish_items([an_item("Last", finder=nia.participant)], by=olga, now=later)
    credit_curation(now=later + BREATH)
    assert deeds(Kind.FOUND).count() == 5


def test_who_wants_nothing_kept_leaves_no_sentence_and_two_who_are_one_share_all(tomas, nia, now):
    item = an_item(finder=tomas.participant)
    a_pick(item, tomas, now)
    Trust.objects.create(site=a_site(), participant=tomas.participant)
    merged.send(sender=None, person=tomas.participant, into=nia.participant)
    assert Pick.objects.get().curator == Find.objects.get().finder == nia.participant
    assert Trust.objects.get().participant == nia.participant
    answers = [what for _who, what in kept.send(sender=None, person=nia.participant)]
    told = next(what for what in answers if "picks" in what)
    assert told["picks"] == [{"url": item.url, "sentence": "Read this."}]
    forgotten.send(sender=None, person=nia.participant)
    assert not Pick.objects.exists()
    assert not Trust.objects.exists()
    assert not Find.objects.exclude(finder=None).exists()
    assert fresh(item).state == State.PUBLISHED


def test_a_forgotten_sentence_comes_back_on_no_way(olga, tomas, now):
    changed, taken = an_item(), an_item("Another")
    pick = a_pick(changed, tomas, now)
    change_pick(pick, by=olga, sentence="Read it twice.", language="en", now=now)
    take_back(a_pick(taken, tomas, now), by=olga, now=now)
    Item.objects.update(shelved_at=now)
    forgotten.send(sender=type(tomas.participant), person=tomas.participant)
    assert fresh(changed).shelved_at is None
    assert "Read this." not in str(list(Sifting.objects.values_list("before", flat=True)))
    undo_last(by=olga, site_id=taken.site_id, now=now)
    assert not Pick.objects.exists()

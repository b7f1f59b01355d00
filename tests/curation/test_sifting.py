"""Rules at work on rows."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from curation.deciding import snooze_items
from curation.models import Item, Sifting, SiftRule
from curation.sifting.applying import BATCH, sift_items
from curation.sifting.forms import EditForm
from tests.curation.items import a_site, a_source, an_item

State = Item.State


def a_rule(name: str = "No adverts", **fields) -> SiftRule:
    return SiftRule.objects.create(**{"site": a_site(), "name": name, **fields})


def test_a_rule_sets_aside_and_says_so(db, now):
    rule = a_rule(any_words="promo", outcome="drop", add_topics="adverts")
    ad = an_item("Grande PROMO de rentrée")
    other = an_item("Une classe sur Mastodon", text="Des promotions de livres")
    assert sift_items(now=now) == 2
    ad.refresh_from_db()
    other.refresh_from_db()
    assert (ad.state, other.state) == (State.DROPPED, State.WAITING)
    assert [topic.name for topic in ad.topics.all()] == ["adverts"]
    told = Sifting.objects.get(item=ad)
    assert (told.decision, told.rule, told.because) == ("drop", rule, "No adverts")
    rule.refresh_from_db()
    assert (rule.matched, rule.matched_at) == (1, now)
    assert sift_items(now=now) == 0


def test_when_more_people_share_it_rules_look_again_but_each_once(db, now):
    a_rule("Known", any_words="mastodon", add_topics="réseau")
    many = a_rule("Many", least_finders=3, outcome="publish")
    item = an_item("Mastodon", finders=1)
    sift_items(now=now)
    Item.objects.filter(pk=item.pk).update(finders=3, sifted_at=None)
    sift_items(now=now)
    item.refresh_from_db()
    assert (item.state, item.shown_at) == (State.PUBLISHED, now)
    assert list(SiftRule.objects.values_list("matched", flat=True)) == [1, 1]
    assert item.siftings.get(decision="publish").rule == many


def test_what_a_person_decided_no_rule_touches(olga, now):
    a_rule(least_finders=2, outcome="publish")
    item = an_item(finders=1)
    snooze_items([item], by=olga, until=now + timedelta(days=1), now=now)
    Item.objects.update(finders=5)
    sift_items(now=now)
    item.refresh_from_db()
    assert item.state == State.SNOOZED


def test_a_source_that_publishes_by_itself_needs_no_rule(db, now):
    item = an_item(source=a_source("Nest", publishing="itself"))
    sift_items(now=now)
    item.refresh_from_db()
    assert (item.state, item.siftings.get().because) == (State.PUBLISHED, "Nest")


def test_rules_wait_until_a_page_was_read_or_given_up(db, now):
    an_item("Not yet", described_at=None, describe_at=now)
    given_up = an_item("Given up", described_at=None, describe_at=None)
    assert sift_items(now=now) == 1
    given_up.refresh_from_db()
    assert given_up.sifted_at == now


@pytest.mark.parametrize(("said", "is_one"), [("fr", True), ("fr-CA", True), ("Français", False)])
def test_a_language_is_told_by_its_code(db, said, is_one):
    """Under another name no item would ever meet the rule, nor an edited one its readers."""
    assert EditForm({"title": "A title", "language": said}).is_valid() is is_one
    rule = SiftRule(site=a_site(), name="French", language=said, outcome="drop")
    try:
        rule.clean()
    except ValidationError as error:
        assert not is_one and "language" in error.message_dict
    else:
        assert is_one


def test_a_rule_of_another_mooc_has_no_say(db, now):
    rule = a_rule(any_words="toots", outcome="drop")
    other = type(rule.site).objects.create(
        hostname="other.example", root_page_id=rule.site.root_page_id
    )
    item = an_item(site=other)
    sift_items(now=now)
    item.refresh_from_db()
    assert item.state == State.WAITING


def test_many_items_and_rules_cost_as_much_as_few(db, now, count_queries):
    source = a_source()
    a_rule(any_words="toots", outcome="publish", add_topics="a,b")
    an_item(source=source)
    few = count_queries(lambda: sift_items(now=now))
    for number in range(8):
        a_rule(f"Rule {number}", any_words="toots", add_topics=f"c{number}", axis="with")
    for number in range(30):
        an_item(f"Toots {number}", source=source)
    many = count_queries(lambda: sift_items(now=now))
    assert many <= few <= 18
    assert Item.objects.filter(state=State.PUBLISHED).count() == 31 < BATCH

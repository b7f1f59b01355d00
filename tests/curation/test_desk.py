"""The review desk: who comes in, what they see, what they do."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext, override

from community.models import LearningEvent
from curation.access import may_curate, may_review, rights_of
from curation.deciding import pick_item, publish_items
from curation.models import CurationSettings, Item, Pick, Sifting, SiftRule, Topic, Trust
from curation.sifting.listing import PAGE, Key, Wish, read_desk
from tests.builders import a_user
from tests.curation.desking import address, post
from tests.curation.items import a_site, a_source, an_item

State = Item.State
DESK = "/en/curation/review/"


def with_right(user, codename):
    user.user_permissions.add(Permission.objects.get(codename=codename))
    return user


@pytest.fixture
def mona(db):
    return with_right(a_user("mona"), "drop_item")


@pytest.fixture
def trusted(nia, now):
    nia.participant.embarked_at = now
    nia.participant.save()
    Trust.objects.create(site=a_site(), participant=nia.participant)
    return nia


def test_who_may_do_what(olga, tomas, mona, trusted, now):
    site, rex = a_site(), a_user("rex")
    editor = with_right(a_user("edith"), "review_item")
    everything = [may_curate(one, site) for one in (olga, tomas, editor, trusted)]
    assert everything == [True] * 4
    assert [may_curate(mona, site), rights_of(mona, site).drop] == [False, True]
    assert not rights_of(rex, site)
    assert [may_review(one) for one in (tomas, mona, trusted, rex)] == [True, True, False, False]
    CurationSettings.objects.create(site=site, trusted_appear_at_once=False)
    rights = rights_of(trusted, site)
    assert (rights.pick, rights.decide, rights.drop, rights.appears) == (True, False, False, False)
    Trust.objects.update(is_trusted=False)
    assert not rights_of(trusted, site)


def test_trust_grows_with_what_was_taken_up(nia, now):
    site = a_site()
    CurationSettings.objects.update_or_create(site=site, defaults={"trust_after": 2})
    nia.participant.embarked_at = now
    nia.participant.save()
    for number in range(2):
        assert not rights_of(nia, site)
        LearningEvent.objects.create(
            kind="found", source_key=str(number), participant=nia.participant, occurred_at=now
        )
    assert rights_of(nia, site).pick
    CurationSettings.objects.update(trust_after=0)
    assert not rights_of(nia, site)


@pytest.mark.parametrize(
    ("who", "done"),
    [
        ("tomas", {"publish", "drop", "snooze", "sort", "edit", "pick"}),
        ("mona", {"drop"}),
        ("", ()),
    ],
)
def test_each_action_asks_for_its_right(who, done, client, request, mona):
    user = request.getfixturevalue(who) if who else a_user("rex")
    client.force_login(user)
    allowed = set()
    for decision in ("publish", "drop", "snooze", "sort"):
        data = {"decision": decision, "item": an_item().pk, "until": "week", "topics": "mer"}
        allowed |= {decision} if post(client, "decide", data).status_code == 302 else set()
    item = an_item()
    edited = {"title": "Better", "language": "fr"}
    allowed |= (
        {"edit"} if post(client, "edit", edited, args=[item.pk]).status_code == 302 else set()
    )
    picked = {"sentence": "Read!", "language": "en", "axis": "with", "depth": "begin"}
    allowed |= (
        {"pick"} if post(client, "pick", picked, args=[item.pk]).status_code == 302 else set()
    )
    assert allowed == set(done)
    assert client.get(DESK).status_code == (200 if done else 403)


def test_strangers_are_asked_to_sign_in(client, db):
    item = an_item()
    for url in (DESK, address("in_view", item.pk)):
        assert client.get(url).status_code == 302
    assert post(client, "undo").status_code == 302
    assert not Sifting.objects.exists()


def test_a_tutor_sifts_without_javascript(client, tomas, now):
    wanted, ad, later = an_item("Toots in class"), an_item("Advert"), an_item("Long read")
    client.force_login(tomas)
    page = client.get(DESK).content.decode()
    assert page.index("Long read") < page.index("Toots in class")
    post(client, "decide", {"decision": "drop", "item": ad.pk})
    post(client, "decide", {"decision": "snooze-week", "item": later.pk})
    data = {"sentence": "", "language": "en", "axis": "with", "depth": "begin", "topics": "école"}
    again = post(client, "pick", data, args=[wanted.pk])
    assert again.status_code == 422
    post(client, "pick", {**data, "sentence": "Try it."}, args=[wanted.pk])
    states = dict(Item.objects.values_list("title", "state"))
    assert states == {"Toots in class": "published", "Advert": "dropped", "Long read": "snoozed"}
    assert "Everything is sifted" in client.get(DESK).content.decode()
    post(client, "undo")
    assert not Pick.objects.exists()
    assert "Toots in class" in client.get(DESK).content.decode()
    log = client.get(address("decisions")).content.decode()
    assert "tomas: set aside" in log


def test_a_batch_is_decided_and_undone_together(client, tomas):
    items = [an_item(f"{number}") for number in range(5)]
    client.force_login(tomas)
    some = {"item": [item.pk for item in items]}
    post(client, "decide", {**some, "decision": "sort", "topics": "mer, École", "axis": "work"})
    assert set(Item.objects.values_list("axis", flat=True)) == {"work"}
    assert sorted(Topic.objects.values_list("slug", flat=True)) == ["ecole", "mer"]
    post(client, "decide", {**some, "decision": "publish"})
    assert Item.objects.published().count() == 5
    post(client, "undo")
    assert Item.objects.filter(state=State.WAITING).count() == 5


@pytest.mark.parametrize("day", ["", "2020-01-01", "never"])
def test_a_day_to_come_back_is_a_day_to_come(day, client, tomas):
    client.force_login(tomas)
    item = an_item()
    post(client, "decide", {"decision": "snooze-day", "item": item.pk, "day": day})
    assert Item.objects.get().state == State.WAITING


def test_another_moocs_items_are_not_here(client, tomas):
    other = type(a_site()).objects.create(hostname="other.example", root_page=a_site().root_page)
    item = an_item(site=other)
    client.force_login(tomas)
    assert client.get(address("in_view", item.pk)).status_code == 404
    post(client, "decide", {"decision": "drop", "item": item.pk})
    assert Item.objects.get().state == State.WAITING


@pytest.mark.parametrize("order", ["newest", "oldest", "shared"])
def test_pages_leave_nothing_out_and_woken_items_are_among_them(order, db, now):
    for number in range(PAGE + 7):
        asleep = {"state": "snoozed", "snoozed_until": now} if number % 5 == 0 else {}
        an_item(f"{number}", minutes=number // 3, finders=number % 4, **asleep)
    an_item("Still asleep", state="snoozed", snoozed_until=now + timedelta(days=1))
    site, wish = a_site().pk, Wish(order=order)
    first = read_desk(wish, site_id=site, now=now)
    second = read_desk(wish, site_id=site, now=now, after=Key.parse(first.older))
    seen = [item.pk for item in [*first.items, *second.items]]
    assert len(seen) == len(set(seen)) == PAGE + 7
    assert (len(first.items), second.older) == (PAGE, "")


def test_choices_narrow_what_is_shown(db, now):
    nest = a_source("Nest")
    wanted = an_item("Une classe sur Mastodon", source=nest, axis="with")
    an_item("Mastodon", language="en", axis="about")
    site = a_site().pk
    asked = {"source": str(nest.pk), "language": "fr", "axis": "with", "words": "classe mastodon"}
    for part in ({name: value} for name, value in asked.items()):
        found = read_desk(Wish.read(part), site_id=site, now=now).items
        assert found == [wanted]
    nonsense = {"source": "x", "language": "xx", "axis": "y", "order": "z", "pile": "?"}
    assert Wish.read(nonsense) == Wish()
    assert Key.parse("9-9") is None
    assert Key.parse("1-x-1") is None


def test_the_desk_costs_as_much_with_many_as_with_few(client, tomas, nia, count_queries):
    client.force_login(tomas)
    source = a_source()
    first = an_item(source=source, finder=nia.participant, text="Une école")
    url = address("in_view", first.pk)
    for at in (DESK, url):
        client.get(at)
    few = [count_queries(lambda at=at: client.get(at)) for at in (DESK, url)]
    for number in range(40):
        an_item(f"Toots in class {number}", source=source, finders=number, minutes=number)
        Topic.objects.create(name=f"topic {number}", slug=f"topic-{number}")
    many = [count_queries(lambda at=at: client.get(at)) for at in (DESK, url)]
    assert many[0] <= few[0] + 1
    assert many[1] <= few[1] + 1
    assert max(many) <= 15


def test_an_organiser_tries_a_rule_before_it_is_saved(client, olga, now):
    client.force_login(olga)
    an_item("Grande promo")
    an_item("Toots")
    url = reverse("sift_rules:add")
    data = {
        "name": "No adverts",
        "site": a_site().pk,
        "sort_order": 1,
        "is_active": "on",
        "any_words": "promo",
        "least_finders": 0,
        "snooze_days": 7,
        "outcome": "drop",
    }
    page = client.post(url, {**data, "action-try": "1"})
    assert (len(page.context["trial"].hits), page.context["trial"].tried) == (1, 2)
    assert "Grande promo" in page.content.decode()
    assert not SiftRule.objects.exists()
    client.post(url, data)
    assert SiftRule.objects.get().outcome == "drop"
    everything = {**data, "any_words": "", "name": "Everything"}
    client.post(url, everything)
    assert SiftRule.objects.count() == 1
    with override("fr"):
        missing = gettext("Say what it looks for, or it would apply to everything.")
    told = client.post(url, {**everything, "action-try": "1"}).content.decode()
    assert escape(missing) in told


def test_an_organiser_names_who_sifts_along(client, olga, nia):
    client.force_login(olga)
    data = {"handle": "@nia", "is_trusted": "on", "site": a_site().pk}
    client.post(reverse("trusted_members:add"), data)
    client.post(reverse("trusted_members:add"), data)
    assert Trust.objects.get().given_by == olga
    assert client.post(reverse("trusted_members:add"), {**data, "handle": "x"}).status_code == 200


def test_the_logbook_shows_what_one_found_and_picked(client, tomas, nia, now):
    found = an_item("Found by Nia", finder=nia.participant)
    publish_items([found], by=tomas, now=now)
    pick_item(an_item("Picked"), by=tomas, sentence="Read it.", language="en", now=now)
    for user, seen in ((nia, "Found by Nia"), (tomas, "Read it.")):
        client.force_login(user)
        assert seen in client.get("/en/logbook/").content.decode()

"""A pick goes out: once on each network of its MOOC, at a calm pace, with thanks to its finder."""

from datetime import time, timedelta

import pytest
from wagtail.models import Site

from community.models import AccountLink, Consent, MoocSettings
from curation.models import CurationSettings, Item, Pick
from curation.relaying import relay, upcoming
from microblog.delivering import deliver_due_posts
from microblog.models import OutboxPost, Post
from tests.builders import a_connection
from tests.curation.passing.building import a_pick, an_item

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def pace(db) -> CurationSettings:
    """Noon here is 14:00 on the clock of the installation."""
    return CurationSettings.objects.create(
        site=Site.objects.get(is_default_site=True),
        relays_per_day=2,
        relay_from=time(8),
        relay_until=time(20),
        relay_gap=60,
    )


@pytest.fixture
def social(db):
    return a_connection("social")


def said(on=None) -> list[str]:
    posts = OutboxPost.objects.filter(kind=OutboxPost.Kind.PICK).order_by("pk")
    return [post.text for post in (posts.filter(connection=on) if on else posts)]


def test_a_pick_is_said_on_every_network_and_only_once(pace, practice, social, nia, tomas, now):
    item = an_item("Images for all", topics=("Texte alternatif",), found_by=(nia.participant,))
    a_pick(item, "À lire avant ta première photo.", by=tomas.participant)

    relay(now)
    relay(now)
    deliver_due_posts(now)

    here, there = said(practice), said(social)
    assert len(here) == len(there) == 1
    assert "@nia" in here[0]
    assert "@nia" not in there[0]
    assert "Nia" in there[0]
    for words in (*here, *there):
        assert words.startswith("À lire avant ta première photo.")
        assert "Images for all" in words
        assert item.url in words
        assert "#TexteAlternatif #Envol" in words
    assert Post.objects.filter(text__contains="À lire avant").exists()


def test_a_stranger_is_called_on_their_network_if_they_agree(
    pace, practice, social, nia, rex_account, now
):
    person = nia.participant
    AccountLink.objects.create(account=rex_account, participant=person, proof="code")
    a_pick(an_item(found_by=(person,)), "One.")
    relay(now)
    assert "@rex@social.example" in said(social)[0]

    person.consent = Consent.COUNT
    person.save()
    a_pick(an_item(found_by=(person,)), "Two.")
    relay(now + HOUR)
    assert "rex" not in said(social)[1]
    assert "nia" not in said(practice)[1].casefold()


def test_the_pace_is_calm(pace, practice, now):
    for number in range(4):
        a_pick(an_item(), f"Number {number}.", picked_at=now - timedelta(minutes=9 - number))

    moments = [now + HOUR * hours for hours in range(24)]
    told = {}
    for moment in moments:
        relay(moment)
        told[moment] = len(said())

    assert told[now] == 1
    assert told[now + HOUR] == 2
    assert told[now + 17 * HOUR] == 2
    assert told[now + 18 * HOUR] == 3
    assert told[now + 23 * HOUR] == 4
    assert [words[:9] for words in said()] == [f"Number {number}." for number in range(4)]


def test_quiet_hours_are_kept(pace, practice, now):
    MoocSettings.objects.create(site=pace.site, quiet_from=time(12), quiet_until=time(15))
    a_pick(an_item(), "Later.")

    relay(now)
    assert said() == []
    relay(now + HOUR)
    assert len(said()) == 1


def test_what_is_unsaid_follows_its_pick(pace, practice, social, now):
    pick = a_pick(an_item(), "First words.")
    gone = a_pick(an_item(), "Taken back.")
    relay(now)
    relay(now + HOUR)
    assert len(said()) == 4

    pick.sentence = "Better words."
    pick.save()
    gone.delete()
    relay(now + HOUR)

    words = said(social)
    assert words[0].startswith("Better words.")
    silenced = OutboxPost.objects.exclude(given_up_at=None)
    assert {promise.text[:11] for promise in silenced} == {"Taken back."}
    assert silenced.count() == 2


@pytest.mark.parametrize(
    "fields", [{"relay": False}, {"picked_at": None}, {"dropped": True}, {"off": True}]
)
def test_what_is_not_to_go_out_stays(pace, practice, now, fields):
    pick = a_pick(an_item(), "Not this one.", relay=fields.get("relay", True))
    if "picked_at" in fields:
        Pick.objects.filter(pk=pick.pk).update(picked_at=now - timedelta(days=15))
    if "dropped" in fields:
        Item.objects.filter(pk=pick.item_id).update(state=Item.State.DROPPED)
    if "off" in fields:
        CurationSettings.objects.update(relays=False)

    relay(now)

    assert said() == []


def test_a_foreign_title_calls_nobody(pace, social, now):
    a_pick(an_item("Ask @everyone@social.example now"), "Hm.")

    relay(now)

    assert "@everyone" not in said()[0]
    assert "everyone" in said()[0]


def test_the_dashboard_knows_when(pace, practice, now):
    for number in range(3):
        a_pick(an_item(f"Title {number}"), "A word.", picked_at=now - HOUR + HOUR * number / 10)

    planned = list(upcoming(now, 5, None))

    assert [one.title for one in planned] == ["Title 0", "Title 1", "Title 2"]
    assert [one.at - now for one in planned] == [HOUR * 0, HOUR, HOUR * 18]

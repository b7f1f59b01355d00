"""A pick on a network of others: said with thanks to its finder, answered, no find of ours."""

from datetime import timedelta

import pytest
from wagtail.models import Site

from community.models import MoocSettings
from curation.links.gleaning import glean
from curation.models import CurationSettings, Find
from curation.relaying import relay
from microblog.connecting import connect_mastodon
from microblog.delivering import deliver_due_posts
from microblog.hearing import hear
from microblog.models import Post
from tests.builders import NOON
from tests.curation.passing.building import a_pick, an_item
from tests.fakes.mastodon_server import MastodonServer

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def server(now):
    with MastodonServer(clock=lambda: now, replies_in_tags=False) as server:
        yield server


@pytest.fixture
def social(server, now):
    CurationSettings.objects.create(site=Site.objects.get(is_default_site=True), relay_gap=1)
    return connect_mastodon(server.url, token=server.token, name="social", language="fr", now=now)


def go_on(moment) -> None:
    relay(moment)
    deliver_due_posts(moment)


def test_a_pick_is_said_answered_and_never_found_by_the_bot(server, social, nia, now):
    item = an_item("Décrire une image", found_by=(nia.participant,))
    a_pick(item, "À lire avant ta première photo.")

    go_on(now)
    go_on(now + MINUTE)

    [said] = server.said_by_bot
    assert said.text.startswith("À lire avant ta première photo.")
    assert "Nia" in said.text
    assert item.url in said.text

    hear(now + MINUTE)
    server.people["tomas"].reply(to=said, text="Merci, c'est clair ! #Envol")
    hear(now + 2 * MINUTE)
    heard = Post.objects.get(text__contains="c'est clair")
    assert heard.parent.text.startswith("À lire avant")

    while glean(now + 3 * MINUTE):
        pass
    assert [find.finder for find in Find.objects.filter(item=item)] == [nia.participant]
    assert not Find.objects.filter(post__author=social.account).exists()


def test_what_changes_before_it_is_said_is_said_in_its_new_words_or_not(server, social, now):
    kept, gone = (a_pick(an_item(), words) for words in ("First words.", "Taken back."))
    relay(now)
    relay(now + MINUTE)
    kept.sentence = "Better words."
    kept.save()
    gone.delete()

    go_on(now + 2 * MINUTE)

    assert [said.text[:13] for said in server.said_by_bot] == ["Better words."]


def test_a_mooc_speaks_through_its_own_networks_only(server, social, practice, now):
    mooc = MoocSettings.for_site(Site.objects.get(is_default_site=True))
    mooc.save()
    mooc.networks.add(practice)
    a_pick(an_item(), "Among ourselves.", picked_at=NOON)

    go_on(now)

    assert server.said_by_bot == []
    assert Post.objects.filter(text__contains="Among ourselves").exists()

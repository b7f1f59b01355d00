"""Coming aboard one MOOC, or two: each welcomes in its own name, tone and place."""

from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.urls import reverse

from challenges.models import Proposal
from challenges.proposals.pages import Idea
from challenges.proposals.proposing import draft_heard, propose
from challenges.proposals.settling import settle
from challenges.screening import screen_posts
from community.embarking import embark
from community.models import Boarding, LearningEvent, Participant
from community.moocs import mooc_of
from community.sites import site_of_page
from microblog.models import OutboxPost
from tests.builders import said

pytestmark = pytest.mark.django_db
A, B = "a.example", "b.example"


def welcomes() -> list[OutboxPost]:
    kind = OutboxPost.Kind.WELCOME
    return list(OutboxPost.objects.filter(kind=kind).select_related("connection").order_by("pk"))


def test_a_post_with_its_hashtag_embarks_in_that_mooc_and_in_its_tone(two, now):
    two.b.change(tone="formal")
    said("J'embarque #Baleine", on=two.b.connection, by="rex")
    screen_posts(now)
    assert Boarding.objects.get().site == two.b.site
    [welcome] = welcomes()
    assert welcome.connection == two.b.connection
    assert "Baleine" in welcome.text and "https://b.example/" in welcome.text
    assert "Aube" not in welcome.text


def test_said_to_a_bot_without_any_hashtag_it_is_that_bots_mooc(two, now):
    bot = two.b.connection.account
    from_rex = said("@bot j'embarque", on=two.b.connection, by="rex")
    from_rex.mentions.get_or_create(account=bot)
    screen_posts(now)
    assert Boarding.objects.get().site == two.b.site


def test_somebody_is_aboard_both_once_learned_and_twice_welcomed(two, now):
    for mooc, sign in ((two.a, "#Aube"), (two.b, "#Baleine"), (two.b, "#Baleine")):
        said(f"J'embarque {sign}", on=mooc.connection, by="rex")
        screen_posts(now)
    person = Participant.objects.get()
    assert [one.site for one in person.boardings.order_by("pk")] == [two.a.site, two.b.site]
    assert [one.connection for one in welcomes()] == [two.a.connection, two.b.connection]
    assert LearningEvent.objects.filter(kind="embarked").count() == 1, "it is one person's sky"


def test_a_mooc_without_this_connection_takes_aboard_in_silence(two, now):
    said("J'embarque #Aube", on=two.b.connection, by="rex")
    screen_posts(now)
    assert Boarding.objects.get().site == two.a.site
    assert not welcomes(), "its bot doesn't speak there"


def test_who_was_aboard_before_moocs_were_told_apart_is_aboard_the_first(two, now, nia):
    Participant.objects.filter(user=nia).update(embarked_at=now)
    person = nia.participant
    person.refresh_from_db()
    assert not embark(person, now=now)
    assert embark(person, now=now, mooc=mooc_of(two.b.site.pk))
    assert {one.site for one in person.boardings.all()} == {two.a.site, two.b.site}


def test_each_address_takes_aboard_its_own(two, client, nia):
    client.force_login(nia)
    choice = {"name": "Nia", "language": "fr", "consent": "show"}
    client.post(reverse("community:embark"), choice, headers={"host": B})
    assert Boarding.objects.get().site == two.b.site
    assert "Baleine" in client.get(reverse("community:embark"), headers={"host": B}).text
    assert 'name="consent"' in client.get(reverse("community:embark"), headers={"host": A}).text


def test_an_idea_is_credited_under_its_own_moocs_address(two, now, nia, olga):
    idea = Idea(title="Ma fenêtre", intro="Montre ce que tu vois.", language="fr", rules=["photo"])
    for mooc in (two.a, two.b):
        page = propose(idea, by=nia.participant, ticket=uuid4(), site_id=mooc.site.pk).page
        page.specific.current_workflow_task_state.approve(user=olga)
    settle(now)
    said = LearningEvent.objects.filter(kind="proposed").order_by("pk")
    hosts = [urlsplit(one.evidence_url).netloc for one in said]
    assert hosts == ["envol.example", "b.example"]


def test_an_idea_becomes_a_draft_of_the_mooc_that_it_was_said_to(two, now):
    said(
        "Une idée. #monDefi #Baleine",
        on=two.b.connection,
        by="rex",
        hashtags=("mondefi", "baleine"),
    )
    said("Une autre. #ideeAube", on=two.b.connection, by="tom", hashtags=("ideeaube",))
    two.a.change(proposal_hashtags="ideeAube")
    screen_posts(now)
    draft_heard(now)
    homes = [site_of_page(one.page) for one in Proposal.objects.order_by("pk")]
    assert homes == [two.b.site.pk, two.a.site.pk]

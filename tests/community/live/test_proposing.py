"""Anyone aboard proposes, organisers answer once, the proposer is told and credited."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from community.live.proposing import (
    MOST_WAITING,
    AlreadyAnswered,
    TooManyProposals,
    answer_proposal,
    propose,
)
from community.models import LiveEvent
from microblog.models import OutboxPost
from microblog.waiting import piles_for
from tests.builders import NOON
from tests.community.live.events import an_event, proposal_fields

pytestmark = pytest.mark.django_db
State = LiveEvent.State


@pytest.fixture
def aboard(nia):
    nia.participant.embarked_at = NOON
    nia.participant.save()
    return nia.participant


@pytest.fixture
def proposal(aboard):
    return an_event(title="La nuit", state=State.PROPOSED, proposed_by=aboard)


def soon() -> str:
    return str((timezone.now() + timedelta(days=30)).date())


def test_whoever_is_aboard_proposes_on_the_site(client, aboard):
    client.force_login(aboard.user)
    answer = client.post(reverse("live:propose"), proposal_fields(day=soon()), follow=True)
    event = LiveEvent.objects.get()
    assert (event.state, event.proposed_by, event.title) == (
        State.PROPOSED,
        aboard,
        "La nuit de la radio",
    )
    assert "La nuit de la radio" in answer.text


def test_whoever_is_not_aboard_is_shown_the_way(client, nia):
    client.force_login(nia)
    answer = client.post(reverse("live:propose"), proposal_fields(day=soon()))
    assert reverse("community:embark") in answer.text
    assert not LiveEvent.objects.exists()


def test_strangers_sign_in_first(client, db):
    assert client.get(reverse("live:propose")).status_code == 302
    assert client.post(reverse("live:propose"), proposal_fields(day=soon())).status_code == 302
    assert not LiveEvent.objects.exists()


def test_nobody_announces_an_event_by_the_form(client, aboard):
    client.force_login(aboard.user)
    client.post(
        reverse("live:propose"), proposal_fields(day=soon(), state="accepted", proposed_by="1")
    )
    assert LiveEvent.objects.get().state == State.PROPOSED


def test_a_few_proposals_wait_at_once(aboard):
    for _ in range(MOST_WAITING):
        propose(an_event(), by=aboard)
    with pytest.raises(TooManyProposals):
        propose(LiveEvent(title="One more"), by=aboard)


def test_until_it_is_accepted_only_its_proposer_and_organisers_see_it(
    client, proposal, rex, tomas, olga
):
    page = proposal.get_absolute_url()
    assert client.get(page).status_code == 404
    client.force_login(tomas)
    assert client.get(page).status_code == 404
    for user in (proposal.proposed_by.user, olga):
        client.force_login(user)
        assert client.get(page).status_code == 200
    assert proposal.title not in client.get(reverse("live:list")).text


def test_accepting_announces_it_credits_and_tells_the_proposer(client, proposal, olga, practice):
    client.force_login(olga)
    url = reverse("answer_live_proposal", args=[proposal.pk])
    client.post(url, {"answer": "accepted", "word": "Belle idée !"})
    proposal.refresh_from_db()
    assert (proposal.state, proposal.organiser, proposal.answer) == (
        State.ACCEPTED,
        olga,
        "Belle idée !",
    )
    assert {one.minutes_before for one in proposal.reminders.all()} == {60, 24 * 60}
    said = OutboxPost.objects.get()
    assert (said.recipient.handle, said.visibility) == ("nia", "direct")
    assert "Belle idée !" in said.text
    assert f"/live/{proposal.slug}/" in said.text
    client.logout()
    assert "Nia" in client.get(proposal.get_absolute_url()).text


def test_who_does_not_show_is_not_named_as_the_proposer(client, proposal, olga, now):
    answer_proposal(proposal, State.ACCEPTED, by=olga, now=now)
    person = proposal.proposed_by
    person.consent = "count"
    person.save()
    assert "Nia" not in client.get(proposal.get_absolute_url()).text


def test_declining_says_a_word_and_announces_nothing(client, proposal, olga, practice, now):
    answer_proposal(proposal, State.DECLINED, by=olga, now=now, word="Déjà prévu mardi.")
    said = OutboxPost.objects.get()
    assert "Déjà prévu mardi." in said.text
    assert not proposal.reminders.exists()
    assert client.get(proposal.get_absolute_url()).status_code == 404
    client.force_login(proposal.proposed_by.user)
    assert "Déjà prévu mardi." in client.get(proposal.get_absolute_url()).text


def test_a_proposal_is_answered_once(proposal, olga, practice, now):
    answer_proposal(proposal, State.ACCEPTED, by=olga, now=now)
    with pytest.raises(AlreadyAnswered):
        answer_proposal(proposal, State.DECLINED, by=olga, now=now)
    proposal.refresh_from_db()
    assert proposal.state == State.ACCEPTED
    assert OutboxPost.objects.count() == 1


@pytest.mark.parametrize("who", ["nia", "tomas"])
def test_only_organisers_answer(client, proposal, request, who):
    client.force_login(request.getfixturevalue(who))
    url = reverse("answer_live_proposal", args=[proposal.pk])
    client.post(url, {"answer": "accepted"})
    client.get(reverse("live_proposals"))
    proposal.refresh_from_db()
    assert proposal.state == State.PROPOSED


def test_a_get_answers_nothing(client, proposal, olga):
    client.force_login(olga)
    url = reverse("answer_live_proposal", args=[proposal.pk])
    assert client.get(url, {"answer": "accepted"}).status_code == 405


def test_the_desk_shows_what_waits(client, proposal, olga):
    client.force_login(olga)
    page = client.get(reverse("live_proposals")).text
    assert proposal.title in page
    piles = {pile.waiting.key: pile for pile in piles_for(olga, timezone.now())}
    assert piles["live_proposals"].count == 1
    proposal.refresh_from_db()
    assert piles["live_proposals"].oldest == proposal.created_at


def test_the_desk_costs_the_same_for_few_and_many(client, aboard, olga, count_queries):
    client.force_login(olga)
    an_event(state=State.PROPOSED, proposed_by=aboard)
    client.get(reverse("live_proposals"))
    few = count_queries(lambda: client.get(reverse("live_proposals")))
    for _ in range(8):
        an_event(state=State.PROPOSED, proposed_by=aboard)
    assert count_queries(lambda: client.get(reverse("live_proposals"))) == few


def test_two_events_at_once_never_share_a_hashtag(client, proposal, olga):
    an_event(title="Autre nuit", hashtag=proposal.hashtag, starts=proposal.starts_at)
    client.force_login(olga)
    url = reverse("answer_live_proposal", args=[proposal.pk])
    answer = client.post(url, {"answer": "accepted"}, follow=True)
    assert "Autre nuit" in answer.text
    proposal.refresh_from_db()
    assert proposal.state == State.PROPOSED
    client.post(url, {"answer": "declined"})
    proposal.refresh_from_db()
    assert proposal.state == State.DECLINED

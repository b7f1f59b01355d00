"""Answers end the wait, wherever they are said; a tip that went in is remembered."""

from functools import partial

import pytest
from django.urls import reverse
from django.utils import timezone

from challenges.screening import screen_posts
from community.models import AccountLink, Claim, Help, Need, Tip, TipUse
from community.tutoring.answering import (
    answer_here,
    answered_elsewhere,
    take_up,
    ways_to_answer,
)
from community.tutoring.claiming import LASTS, NobodyWaits, NotTaken, Taken, claim_need
from community.tutoring.setting_aside import set_aside, set_aside_by, undo_set_aside
from community.tutoring.tending import tend
from microblog.models import Account, Notification
from microblog.timeline.services import write_post
from tests.builders import NOON, a_connection, a_user, heard_account, said
from tests.community.tutoring.waiting import (
    aboard,
    account_of,
    kinds_of,
    minutes,
    need_of,
    person_of,
    says,
    taken,
)

pytestmark = pytest.mark.django_db
SOON = NOON + minutes(5)


@pytest.fixture
def need(practice, nia) -> Need:
    says(aboard(nia), "Bonjour, voici une photo")
    return need_of(nia)


@pytest.fixture
def tip(tomas) -> Tip:
    return Tip.objects.create(
        title_fr="Décrire", text_fr="Décris ta photo.", topics=["alt_text"], created_by=None
    )


@pytest.fixture
def ada(tomas):
    other = a_user("ada")
    other.groups.set(tomas.groups.all())
    return other


def answer(need, by, *, tip=None, at=SOON, number="1234567890123456"):
    write = partial(
        write_post,
        account_of(by),
        text="@nia Bienvenue !",
        now=at,
        number=number,
        in_reply_to=need.post,
    )
    return answer_here(need.pk, person_of(by), write=write, tip=tip, now=at)


def test_an_answer_here_ends_claim_and_need_and_tells_the_newcomer(need, nia, tomas):
    taken(nia, by=tomas)
    post = answer(need, tomas)
    claim = Claim.objects.get()
    assert (claim.ending, claim.answer, claim.ended_at) == ("answered", post, SOON)
    assert not Need.objects.waiting().exists()
    told = Notification.objects.get(recipient=account_of(nia))
    assert (told.kind, told.post) == ("reply", post)
    screen_posts(SOON)
    assert not Need.objects.waiting().exists()


def test_somebody_elses_claim_cant_be_answered_past(need, nia, tomas, ada):
    taken(nia, by=tomas)
    with pytest.raises(Taken):
        answer(need, ada)
    assert account_of(ada).posts.count() == 0


def test_sent_twice_it_is_said_once(need, nia, tomas):
    taken(nia, by=tomas)
    answer(need, tomas)
    with pytest.raises(NobodyWaits):
        answer(need, tomas)
    assert account_of(tomas).posts.count() == 1


def test_words_written_slowly_still_arrive_while_nobody_else_came(need, nia, tomas, ada):
    taken(nia, by=tomas)
    late = NOON + LASTS + minutes(1)
    tend(late)
    answer(need, tomas, at=late)
    assert not Need.objects.waiting().exists()


def test_an_answer_leaves_another_question_to_be_taken(need, nia, tomas):
    says(nia, "Et comment faire un fil ? #Envol", at=NOON + minutes(1))
    taken(nia, by=tomas)
    answer(need, tomas)
    assert kinds_of(nia) == {"question"}
    assert not Claim.objects.open().exists()


def test_a_tip_is_remembered_with_what_it_was_about(need, nia, tomas, tip):
    need.reasons.update(params={"rules": ["photo", "photos_described"]})
    taken(nia, by=tomas)
    post = answer(need, tomas, tip=tip)
    use = TipUse.objects.get()
    assert (use.tip, use.answer, use.about) == (tip, post, need.post)
    assert (use.topic, use.rule) == ("alt_text", "photos_described")
    tip.refresh_from_db()
    assert tip.times_used == 1
    screen_posts(SOON)
    tip.refresh_from_db()
    assert tip.times_used == 1


def test_a_tip_is_thanked_once_the_help_is_confirmed(need, nia, tomas, tip):
    taken(nia, by=tomas)
    post = answer(need, tomas, tip=tip)
    assert tend(SOON) == 0
    Help.objects.create(
        reply=post,
        helper=person_of(tomas),
        helped=person_of(nia),
        topic="tip",
        confirmed_at=SOON,
        confirmed_by="thanks",
    )
    assert tend(SOON) == 1
    tip.refresh_from_db()
    assert tip.times_thanked == 1
    assert tend(SOON) == 0


def test_set_aside_it_waits_no_more(need, nia, tomas):
    taken(nia, by=tomas)
    set_aside(need.pk, person_of(tomas), now=SOON)
    need.refresh_from_db()
    assert need.ending == "set_aside"
    assert not Claim.objects.open().exists()
    says(nia, "Encore", at=SOON)
    assert kinds_of(nia) == {"unanswered"}


def test_what_was_set_aside_by_mistake_waits_again(client, need, nia, tomas, olga):
    taken(nia, by=tomas)
    set_aside(need.pk, person_of(tomas), now=timezone.now())
    [claim] = set_aside_by(person_of(tomas), now=timezone.now())
    client.force_login(olga)
    client.post(reverse("tutoring:back", args=[claim.pk]))
    assert not Need.objects.waiting().exists(), "it is whoever set it aside who may"
    client.force_login(tomas)
    assert f"/tutoring/aside/{claim.pk}/back/" in client.get("/en/tutoring/").text
    for _click in range(2):
        client.post(reverse("tutoring:back", args=[claim.pk]))
    need.refresh_from_db()
    assert (need.closed_at, need.ending) == (None, "")
    assert kinds_of(nia) and not Claim.objects.open().exists()
    assert "/back/" not in client.get("/en/tutoring/").text


def test_what_waits_again_joins_what_came_meanwhile(need, nia, tomas):
    taken(nia, by=tomas)
    set_aside(need.pk, person_of(tomas), now=SOON)
    says(nia, "Encore", at=SOON)
    [claim] = set_aside_by(person_of(tomas), now=SOON)
    again = undo_set_aside(claim.pk, person_of(tomas), now=SOON)
    assert again.reasons.filter(closed_at=None, post=need.post).exists()
    assert Need.objects.waiting().get() == again
    with pytest.raises(NotTaken):
        undo_set_aside(claim.pk, person_of(tomas), now=SOON)


@pytest.fixture
def abroad(tomas):
    """Rex asks on a server where Tomas has an account too; the need that this makes."""
    social = a_connection()
    said("Comment on fait ? #Envol", on=social, by="rex", hashtags=("envol",))
    screen_posts(NOON)
    theirs = heard_account("tomas")
    mine = Account.objects.create(
        network="mastodon", uri=theirs.uri, handle=theirs.handle, display_name="Tomas"
    )
    AccountLink.objects.create(account=mine, participant=person_of(tomas), proof="code")
    return Need.objects.waiting().get()


def test_elsewhere_the_tutors_own_server_opens_the_post(abroad, tomas):
    way = ways_to_answer(abroad.post, person_of(tomas))[0]
    assert way.server == "social.example"
    start = "https://social.example/authorize_interaction?uri=https%3A%2F%2Fsocial.example%2Fusers"
    assert way.url.startswith(start)


@pytest.mark.parametrize("handle", ["tomas", "tomas@", "tomas@evil.example/path?x", "t@a b"])
def test_a_handle_without_a_server_opens_nothing(abroad, tomas, handle):
    Account.objects.filter(link__participant=person_of(tomas)).update(handle=handle)
    assert ways_to_answer(abroad.post, person_of(tomas)) == []


def test_elsewhere_it_closes_once_the_answer_is_heard(abroad, tomas, tip):
    claim_need(abroad.pk, person_of(tomas), now=NOON)
    assert take_up(abroad.pk, person_of(tomas), tip, now=NOON)
    heard = said(
        "@rex Réponds à ton propre message",
        on=abroad.post.sightings.get().connection,
        by="tomas",
        parent_uri=abroad.post.uri,
        at=SOON,
    )
    screen_posts(SOON)
    claim = Claim.objects.get()
    assert (claim.ending, claim.answer) == ("answered", heard)
    assert not Need.objects.waiting().exists()
    assert TipUse.objects.get().answer == heard


def test_elsewhere_the_tutors_word_is_enough(abroad, tomas, tip):
    claim_need(abroad.pk, person_of(tomas), now=NOON)
    answered_elsewhere(abroad.pk, person_of(tomas), tip=tip, now=SOON)
    assert not Need.objects.waiting().exists()
    assert Claim.objects.get().ending == "answered"
    assert TipUse.objects.get().answer is None


def test_a_stranger_answers_and_the_claim_ends_without_blame(abroad, tomas):
    claim_need(abroad.pk, person_of(tomas), now=NOON)
    said(
        "Comme ça",
        on=abroad.post.sightings.get().connection,
        by="zoe",
        parent_uri=abroad.post.uri,
        at=SOON,
    )
    screen_posts(SOON)
    assert Claim.objects.get().ending == "gone"

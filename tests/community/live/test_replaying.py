"""Any past event is an exercise for one: what is written since the beginning counts."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from challenges.screening import screen_posts
from community.consent import change_consent
from community.linking import merge_participants
from community.live.chat.hearing import chat_hashtags, replay_hashtags
from community.live.replaying import NothingToReplay, read_replay, start_replay
from community.models import Consent, LearningEvent, LiveEvent, Participant, Replay
from microblog.models import OutboxPost
from microblog.timeline.services import write_post
from tests.builders import NOON, a_connection, a_user, said
from tests.community.live.chatting import a_chat, ask_all

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=40)
Kind = LearningEvent.Kind


@pytest.fixture
def show(db) -> LiveEvent:
    """A radio show of long ago, with its recording."""
    return LiveEvent.objects.create(
        title="La nuit des oiseaux",
        slug="oiseaux",
        hashtag="NuitOiseaux",
        recording_url="https://radio.example/oiseaux",
        starts_at=NOON,
        ends_at=NOON + timedelta(hours=1),
    )


def write(user, text: str, *, at=LATER):
    post = write_post(user.accounts.get(), text=text, now=at)
    screen_posts(at)
    return post


def relayed(person) -> bool:
    return LearningEvent.objects.filter(kind=Kind.LIVE_TWEETED, participant=person).exists()


def test_three_posts_tell_the_event(show, nia, practice):
    start_replay(show, nia.participant, now=LATER)
    for number in range(2):
        write(nia, f"J'entends un merle ({number}) #NuitOiseaux", at=LATER + timedelta(minutes=1))
    assert not relayed(nia.participant)
    write(nia, "Et une chouette #NuitOiseaux", at=LATER + timedelta(minutes=9))
    assert relayed(nia.participant)
    replay = Replay.objects.get()
    assert replay.finished_at == LATER + timedelta(minutes=9)
    (word,) = OutboxPost.objects.filter(key__startswith="replay:")
    assert "La nuit des oiseaux" in word.text
    assert "/live/oiseaux/replay/" in word.text


def test_what_was_said_before_the_beginning_does_not_count(show, nia, practice):
    for number in range(3):
        write(nia, f"Déjà {number} #NuitOiseaux", at=LATER - timedelta(days=1))
    start_replay(show, nia.participant, now=LATER)
    write(nia, "Un merle #NuitOiseaux", at=LATER + timedelta(minutes=1))
    assert len(read_replay(show, nia.participant)[1].posts) == 1
    assert not relayed(nia.participant)


def test_other_words_and_other_people_do_not_count(show, nia, tomas, practice):
    start_replay(show, nia.participant, now=LATER)
    for number in range(3):
        write(nia, f"Sans hashtag {number}")
        write(tomas, f"Pas moi {number} #NuitOiseaux")
    assert not LearningEvent.objects.filter(kind=Kind.LIVE_TWEETED).exists()


def test_posts_of_a_linked_account_count(show, nia, practice):
    social = a_connection()
    first = said("Bonjour", on=social, by="nia", at=LATER)
    nia.participant.links.create(account=first.author, proof="code")
    start_replay(show, nia.participant, now=LATER)
    for number in range(3):
        said(f"Un merle {number} #NuitOiseaux", on=social, by="nia", at=LATER)
    screen_posts(LATER)
    assert relayed(nia.participant)


def test_who_was_there_relays_it_once(show, nia, practice):
    write(nia, "J'y suis #NuitOiseaux", at=NOON + timedelta(minutes=5))
    start_replay(show, nia.participant, now=LATER)
    for number in range(3):
        write(nia, f"Encore {number} #NuitOiseaux")
    assert LearningEvent.objects.filter(kind=Kind.LIVE_TWEETED).count() == 1
    assert Replay.objects.get().finished_at


def test_a_chat_is_replayed_question_by_question(nia, practice):
    chat = a_chat("Un ?", "Deux ?")
    ask_all(chat)
    start_replay(chat, nia.participant, now=LATER)
    write(nia, "A1 oui #TchatPhares")
    assert not relayed(nia.participant)
    write(nia, "A2 aussi #TchatPhares")
    assert relayed(nia.participant)


def test_of_chats_with_one_hashtag_the_replayed_one_is_meant(nia, practice):
    old, new = a_chat("Un ?"), a_chat("Une ?", slug="suite", starts_at=NOON + timedelta(days=7))
    ask_all(old)
    ask_all(new)
    start_replay(old, nia.participant, now=LATER)
    write(nia, "A1 oui #TchatPhares")
    assert old.questions.get().answers.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"recording_url": ""},
        {"state": LiveEvent.State.CANCELLED},
        {"ends_at": LATER + timedelta(days=1)},
    ],
)
def test_what_cannot_be_replayed(show, nia, change):
    for name, value in change.items():
        setattr(show, name, value)
    with pytest.raises(NothingToReplay):
        start_replay(show, nia.participant, now=LATER)


def test_beginning_again(show, nia, practice):
    first = start_replay(show, nia.participant, now=LATER)
    assert start_replay(show, nia.participant, now=LATER + timedelta(days=1)) == first
    assert Replay.objects.get().started_at == LATER
    Replay.objects.update(finished_at=LATER)
    start_replay(show, nia.participant, now=LATER + timedelta(days=2))
    assert Replay.objects.get().finished_at is None


def test_its_hashtag_is_heard_while_somebody_replays(show, nia):
    assert "nuitoiseaux" not in replay_hashtags()
    Replay.objects.create(
        event=show, participant=nia.participant, started_at=timezone.now() - timedelta(days=1)
    )
    assert "nuitoiseaux" in replay_hashtags()


def test_a_chat_that_began_is_heard_for_long(db):
    now = timezone.now()
    a_chat(hashtag="TchatAncien", starts_at=now - timedelta(days=2000))
    a_chat(hashtag="TchatFutur", slug="futur", starts_at=now + timedelta(days=2))
    recent = a_chat(slug="recent", starts_at=now - timedelta(days=90))
    assert set(chat_hashtags()) == {recent.hashtag.casefold()}


def test_consent_and_joining_take_replays_along(show, nia, tomas, now):
    stranger = Participant.objects.create(name="Nia ailleurs")
    Replay.objects.create(event=show, participant=stranger, started_at=NOON, finished_at=LATER)
    mine = start_replay(show, nia.participant, now=LATER)
    merge_participants(stranger, into=nia.participant)
    mine.refresh_from_db()
    assert (mine.started_at, mine.finished_at) == (NOON, LATER)
    change_consent(nia.participant, Consent.NOTHING, now=now)
    assert not Replay.objects.exists()


def test_the_page_leads_through_it(show, nia, tomas, practice, client):
    write(tomas, "Un rossignol ! #NuitOiseaux", at=NOON + timedelta(minutes=3))
    page = reverse("live:replay", args=["oiseaux"])
    assert b"https://radio.example/oiseaux" in client.get(page).content
    client.force_login(nia)
    start = reverse("live:replay_start", args=["oiseaux"])
    assert client.get(start).status_code == 405
    assert client.post(start).url.endswith("?step=during")
    after = client.get(f"{page}?step=after").content.decode()
    assert "rossignol" not in after, "one's own words first"
    Replay.objects.update(started_at=LATER)
    write(nia, "Moi un merle #NuitOiseaux")
    assert "rossignol" in client.get(f"{page}?step=after").content.decode()


def test_who_wants_nothing_kept_begins_nothing(show, nia, client, now):
    change_consent(nia.participant, Consent.NOTHING, now=now)
    client.force_login(nia)
    client.post(reverse("live:replay_start", args=["oiseaux"]))
    assert not Replay.objects.exists()


def test_a_stranger_is_asked_to_sign_in(show, client):
    assert "login" in client.post(reverse("live:replay_start", args=["oiseaux"])).url


def test_a_batch_costs_the_same_with_many_replays(show, practice, count_queries):
    def batch(names: list[str]) -> int:
        for name in names:
            user = a_user(name)
            start_replay(show, user.participant, now=LATER)
            for number in range(3):
                write_post(user.accounts.get(), text=f"{number} #NuitOiseaux", now=LATER)
        return count_queries(lambda: screen_posts(LATER))

    few = batch(["ada", "eva"])
    assert batch([f"p{number}" for number in range(12)]) <= few
    assert Replay.objects.filter(finished_at=LATER).count() == 14

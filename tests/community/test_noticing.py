"""Who talked with whom, who helped, who relayed: seen in the posts themselves."""

from datetime import timedelta

import pytest
from django.utils import timezone

from community.learning import NewEvent, log_learning_events
from community.mentoring import mentor
from community.models import Help, LearningEvent, LiveEvent, Participant
from community.noticing import notice_posts
from community.people import participants_of
from microblog.hearing import wanted_hashtags
from microblog.models import Account, Post, Reaction
from tests.builders import NOON, a_connection, said

pytestmark = pytest.mark.django_db
Kind = LearningEvent.Kind


@pytest.fixture
def social():
    return a_connection()


def person(name: str) -> Participant:
    return Participant.objects.get(links__account__handle=f"{name}@social.example")


def write(text: str, *, on, now=NOON, **fields) -> Post:
    """Said, and noticed as the screening does."""
    post = said(text, on=on, **fields)
    participants_of([post.author])
    notice_posts([Post.objects.get(pk=post.pk)], now=now)
    return post


def test_a_conversation_is_three_posts(social):
    first = write("Qui connaît ce phare ?", on=social, by="nia")
    second = write("Moi, il est à Brest", on=social, by="tomas", parent_uri=first.uri)
    assert not LearningEvent.objects.filter(kind=Kind.CONVERSED).exists()
    write("Tu y es allé ?", on=social, by="nia", parent_uri=second.uri)
    met = LearningEvent.objects.filter(kind=Kind.CONVERSED)
    assert {(event.participant, event.other) for event in met} == {
        (person("nia"), person("tomas")),
        (person("tomas"), person("nia")),
    }


def test_talking_to_oneself_is_no_conversation(social):
    first = write("Un", on=social, by="nia")
    second = write("Deux", on=social, by="nia", parent_uri=first.uri)
    write("Trois", on=social, by="nia", parent_uri=second.uri)
    assert not LearningEvent.objects.exists()


@pytest.fixture
def helped(social):
    """Tomas has answered Nia, who is new."""
    question = write("Comment décrit-on une photo ?", on=social, by="nia")
    return write("Touche « ALT » sous la photo", on=social, by="tomas", parent_uri=question.uri)


def test_a_help_counts_when_it_is_confirmed(social, helped, now):
    assert mentor(now) == 0
    assert Help.objects.get().confirmed_at is None
    write("Merci beaucoup !", on=social, by="nia", parent_uri=helped.uri)
    mentor(now)
    event = LearningEvent.objects.get(kind=Kind.HELPED)
    assert (event.participant, event.other) == (person("tomas"), person("nia"))
    assert Help.objects.get().confirmed_by == Help.Confirmation.THANKS
    assert mentor(now) == 0


def test_a_favourite_of_the_person_who_was_helped_confirms(social, helped, now):
    rex = Account.objects.create(network="mastodon", uri="https://x.example/rex", handle="rex@x")
    Reaction.objects.create(kind="favourite", account=rex, post=helped)
    mentor(now)
    assert not LearningEvent.objects.filter(kind=Kind.HELPED).exists(), "anybody's isn't enough"
    nia = Account.objects.get(handle="nia@social.example")
    Reaction.objects.create(kind="favourite", account=nia, post=helped)
    mentor(now)
    assert LearningEvent.objects.get(kind=Kind.HELPED).participant == person("tomas")


def test_a_nod_is_no_help(social):
    question = write("Comment décrit-on une photo ?", on=social, by="nia")
    write("Facile", on=social, by="tomas", parent_uri=question.uri)
    assert not Help.objects.exists()


def test_people_who_have_been_here_for_long_need_no_help(social):
    question = write("Comment décrit-on une photo ?", on=social, by="nia")
    long_after = person("nia").first_seen_at + timedelta(days=61)
    write(
        "Touche « ALT » sous la photo",
        on=social,
        by="tomas",
        parent_uri=question.uri,
        now=long_after,
    )
    assert not Help.objects.exists()


def test_during_a_live_event_relaying_and_helping_count_twice(social, now):
    live = LiveEvent.objects.create(
        title="La radio",
        hashtag="LaRadio",
        starts_at=now - timedelta(hours=1),
        ends_at=now + timedelta(hours=1),
    )
    question = write("Comment suit-on #LaRadio ?", on=social, by="nia")
    tip = write("Cherche le hashtag #LaRadio", on=social, by="tomas", parent_uri=question.uri)
    write("Merci !", on=social, by="nia", parent_uri=tip.uri)
    mentor(now)
    kinds = set(
        LearningEvent.objects.filter(participant=person("tomas")).values_list("kind", flat=True)
    )
    assert {Kind.HELPED, Kind.LIVE_TWEET_HELPED, Kind.LIVE_TWEETED} <= kinds
    assert LearningEvent.objects.filter(subject=f"live:{live.pk}").exists()


def test_before_and_after_the_event_its_hashtag_is_a_hashtag(social, now):
    LiveEvent.objects.create(
        title="Hier",
        hashtag="hier",
        starts_at=now - timedelta(days=2),
        ends_at=now - timedelta(days=1),
    )
    write("Encore #hier", on=social, by="nia")
    assert not LearningEvent.objects.exists()


def test_noticing_costs_the_same_for_few_and_many(social, now, count_queries):
    def batch(size: int) -> list[Post]:
        posts = []
        for number in range(size):
            question = said(f"Question {number} #LaRadio ?", on=social, by=f"n{number}")
            tip = said("Une réponse utile ici", on=social, by=f"t{number}", parent_uri=question.uri)
            posts.append(tip)
        participants_of({post.author for post in posts} | {post.parent.author for post in posts})
        return list(Post.objects.filter(pk__in=[post.pk for post in posts]))

    few, many = batch(3), batch(30)
    assert count_queries(lambda: notice_posts(few, now=now)) == count_queries(
        lambda: notice_posts(many, now=now)
    )
    assert Help.objects.count() == 33


def test_a_deed_is_never_logged_twice(nia, now):
    event = NewEvent(
        kind=Kind.FIRST_POST, source_key="1", participant_id=nia.participant.pk, occurred_at=now
    )
    assert len(log_learning_events([event, event])) == 1
    assert log_learning_events([event]) == []


def test_what_is_told_live_is_heard_while_it_lasts():
    for number, (starts, ends) in enumerate([(-5, 5), (-90, -80), (1500, 1530)]):
        LiveEvent.objects.create(
            title="Une conférence",
            hashtag=f"Été{number}",
            starts_at=timezone.now() + timedelta(minutes=starts),
            ends_at=timezone.now() + timedelta(minutes=ends),
        )
    heard = wanted_hashtags()
    assert heard["été0"] == heard["ete0"] < heard["été1"]
    assert "été2" not in heard

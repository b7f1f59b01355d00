"""Post, help, confirmation, deeds on both sides, badge: told as stories."""

from datetime import timedelta

import pytest
from wagtail.models import ModelLogEntry, Site

from badges.models import Award
from badges.shipped import install_shipped_badges
from challenges.screening import screen_posts
from cms.demo_loader.reading import Demo
from community.mentoring import mentor
from community.models import Help, LearningEvent, LiveEvent, MoocSettings, Participant
from community.tutoring.deciding import OwnHelp, confirm_help, undo_help
from microblog.models import Account, Reaction, Sighting
from microblog.recording import record_posts
from tests.badges.builders import drain
from tests.builders import NOON, a_connection, heard_post, said

pytestmark = pytest.mark.django_db
Kind = LearningEvent.Kind
HOUR = timedelta(hours=1)


@pytest.fixture
def social():
    return a_connection()


def person(name: str) -> Participant:
    return Participant.objects.get(links__account__handle=f"{name}@social.example")


@pytest.fixture
def say(social):
    """Said to the bot's hearing, screened, and mentoring looked at."""

    def say(text: str, *, by: str, to=None, at=NOON, **fields):
        parent = {"parent_uri": to.uri} if to else {}
        post = said(text, on=social, by=by, at=at, **parent, **fields)
        screen_posts(NOON + 2 * HOUR)
        mentor(NOON + 2 * HOUR)
        return post

    return say


@pytest.fixture
def aboard(say):
    """Names of people who have come aboard by a post."""

    def aboard(*names: str) -> None:
        for name in names:
            say(f"@social-bot Je souhaite embarquer #envol {name}", by=name, at=NOON - HOUR)
        assert Participant.objects.embarked().count() >= len(names)

    return aboard


def deeds(kind: str) -> set[tuple[str, str]]:
    events = LearningEvent.objects.standing().filter(kind=kind)
    return {(event.participant.name, event.other.name) for event in events}


def test_post_help_thanks_and_both_sides_have_a_deed(aboard, say):
    aboard("nia", "tomas")
    question = say("Comment décrit-on une photo ?", by="nia")
    tip = say("Touche « ALT » sous la photo", by="tomas", to=question, at=NOON + HOUR)
    assert not deeds(Kind.HELPED)
    say("Merci !", by="nia", to=tip, at=NOON + HOUR)
    assert deeds(Kind.HELPED) == {("Tomas", "Nia")}
    assert deeds(Kind.WAS_HELPED) == {("Nia", "Tomas")}
    deed = Help.objects.get()
    assert (deed.topic, deed.confirmed_by, deed.counts) == ("question", "thanks", True)


def test_an_answer_that_is_no_thanks_confirms_nothing(aboard, say):
    aboard("nia", "tomas")
    question = say("Comment décrit-on une photo ?", by="nia")
    tip = say("Touche « ALT » sous la photo", by="tomas", to=question, at=NOON + HOUR)
    say("Je n’ai pas ce bouton", by="nia", to=tip, at=NOON + HOUR)
    assert Help.objects.get().confirmed_at is None


def test_the_tip_applied_in_the_next_post_confirms(aboard, say):
    aboard("nia", "tomas")
    question = say("Comment trouve-t-on les autres ?", by="nia")
    say("Ajoute un hashtag à la fin", by="tomas", to=question, at=NOON + HOUR)
    say("Alors voilà #envol", by="nia", at=NOON + 2 * HOUR)
    assert Help.objects.get().confirmed_by == Help.Confirmation.APPLIED
    assert deeds(Kind.WAS_HELPED) == {("Nia", "Tomas")}


def test_not_the_next_post_but_a_later_one_confirms_nothing(aboard, say):
    aboard("nia", "tomas")
    question = say("Comment trouve-t-on les autres ?", by="nia")
    say("Ajoute un hashtag à la fin", by="tomas", to=question, at=NOON + HOUR)
    say("Je réfléchis", by="nia", at=NOON + 2 * HOUR)
    say("Alors voilà #envol", by="nia", at=NOON + 3 * HOUR)
    assert Help.objects.get().confirmed_at is None


def test_the_tip_applied_in_an_edit_confirms(aboard, say, social):
    aboard("nia", "tomas")
    question = say("Comment trouve-t-on les autres ?", by="nia")
    say("Ajoute un hashtag à la fin", by="tomas", to=question, at=NOON + HOUR)
    edited = heard_post(
        "Comment trouve-t-on les autres ? #envol",
        by="nia",
        uri=question.uri,
        remote_id=question.sightings.get().remote_id,
        at=question.said_at,
        edited_at=NOON + 2 * HOUR,
    )
    record_posts(social, [edited], via=Sighting.Via.MENTION, now=NOON + 2 * HOUR)
    screen_posts(NOON + 3 * HOUR)
    mentor(NOON + 3 * HOUR)
    assert Help.objects.get().confirmed_by == Help.Confirmation.APPLIED


def help_in_full(say, helper: str, helped: str, *, live: str = "", at=NOON) -> Help:
    question = say(f"Comment fait-on cela ? {live}", by=helped, at=at)
    tip = say("Regarde en haut à droite", by=helper, to=question, at=at + timedelta(minutes=1))
    say("Merci !", by=helped, to=tip, at=at + timedelta(minutes=2))
    return Help.objects.get(reply=tip)


@pytest.fixture
def live(now):
    return LiveEvent.objects.create(
        title="La radio",
        slug="radio",
        hashtag="LaRadio",
        starts_at=now - HOUR,
        ends_at=now + HOUR,
        state="accepted",
    )


def test_tuteur_takes_three_newcomers_one_of_them_during_a_live_tweet(aboard, say, live, now):
    install_shipped_badges(Demo().content)
    aboard("nia", "ines", "malo", "zoe", "tomas")
    for name in ("nia", "ines", "malo"):
        help_in_full(say, "tomas", name)
    drain(now)
    tuteur = Award.objects.filter(badge_class__slug="tuteur")
    assert not tuteur.exists(), "three people, and no live-tweet yet"
    help_in_full(say, "tomas", "zoe", live="#LaRadio")
    drain(now)
    assert tuteur.get().recipient == person("tomas")


def test_live_tweets_alone_make_no_tuteur(aboard, say, live, now):
    install_shipped_badges(Demo().content)
    aboard("nia", "ines", "tomas")
    for name in ("nia", "ines"):
        help_in_full(say, "tomas", name, live="#LaRadio")
    drain(now)
    assert not Award.objects.filter(badge_class__slug="tuteur").exists()


def test_two_friends_cannot_farm(aboard, say):
    aboard("nia", "tomas")
    for number in range(5):
        help_in_full(say, "tomas", "nia", at=NOON + number * timedelta(minutes=5))
    assert Help.objects.confirmed().count() == 5, "all are kept"
    assert Help.objects.filter(counts=True).count() == 3
    assert LearningEvent.objects.filter(kind=Kind.HELPED).count() == 3
    assert not Help.objects.to_credit().exists()


def test_how_many_count_is_the_organisers_choice(aboard, say):
    site = Site.objects.get(is_default_site=True)
    MoocSettings.objects.update_or_create(site=site, defaults={"helps_per_pair": 1})
    aboard("nia", "tomas")
    for number in range(3):
        help_in_full(say, "tomas", "nia", at=NOON + number * timedelta(minutes=5))
    assert Help.objects.filter(counts=True).count() == 1


def test_an_organiser_undoes_a_help_and_another_takes_its_place(aboard, say, olga, now):
    aboard("nia", "tomas")
    helps = [
        help_in_full(say, "tomas", "nia", at=NOON + number * timedelta(minutes=5))
        for number in range(4)
    ]
    assert undo_help(helps[0], by=olga, now=now)
    assert not undo_help(helps[0], by=olga, now=now)
    mentor(now)
    counting = set(Help.objects.filter(counts=True))
    assert counting == set(helps[1:])
    assert LearningEvent.objects.standing().filter(kind=Kind.HELPED).count() == 3
    assert LearningEvent.objects.filter(kind=Kind.HELPED).count() == 4, "nothing is removed"
    [entry] = ModelLogEntry.objects.for_instance(helps[0])
    assert (entry.action, entry.user) == ("community.undo_help", olga)


def test_undone_then_confirmed_it_stands_again(aboard, say, olga, now):
    aboard("nia", "tomas")
    deed = help_in_full(say, "tomas", "nia")
    undo_help(deed, by=olga, now=now)
    assert not deeds(Kind.HELPED) and not deeds(Kind.WAS_HELPED)
    mentor(now)
    assert not deeds(Kind.HELPED)
    assert confirm_help(deed, by=olga, now=now)
    mentor(now)
    assert deeds(Kind.HELPED) == {("Tomas", "Nia")}
    assert Help.objects.get().confirmed_by == "thanks", "what confirmed it first stays told"


def test_an_organiser_confirms_what_nobody_thanked_for(aboard, say, olga, now):
    aboard("nia", "tomas")
    question = say("Comment décrit-on une photo ?", by="nia")
    say("Touche « ALT » sous la photo", by="tomas", to=question)
    assert confirm_help(Help.objects.get(), by=olga, now=now)
    mentor(now)
    assert deeds(Kind.HELPED) == {("Tomas", "Nia")}


def test_nobody_confirms_their_own_help(aboard, say, olga, now):
    aboard("nia", "tomas")
    question = say("Comment décrit-on une photo ?", by="nia")
    say("Touche « ALT » sous la photo", by="tomas", to=question)
    Help.objects.update(helper=olga.participant)
    with pytest.raises(OwnHelp):
        confirm_help(Help.objects.get(), by=olga, now=now)


def test_badges_that_were_given_stay_when_a_help_is_undone(aboard, say, live, olga, now):
    install_shipped_badges(Demo().content)
    aboard("nia", "ines", "malo", "tomas")
    helps = [help_in_full(say, "tomas", name, live="#LaRadio") for name in ("nia", "ines", "malo")]
    drain(now)
    undo_help(helps[0], by=olga, now=now)
    drain(now)
    assert Award.objects.standing().filter(badge_class__slug="tuteur").count() == 1


def test_who_liked_a_help_confirms_it(aboard, say, now):
    aboard("nia", "tomas")
    question = say("Comment décrit-on une photo ?", by="nia")
    tip = say("Touche « ALT » sous la photo", by="tomas", to=question)
    nia = Account.objects.get(handle="nia@social.example")
    Reaction.objects.create(kind="favourite", account=nia, post=tip)
    mentor(now)
    assert Help.objects.get().confirmed_by == "favourite"


def test_a_help_that_was_taken_back_cannot_be_confirmed(aboard, say, now):
    aboard("nia", "tomas")
    question = say("Comment décrit-on une photo ?", by="nia")
    tip = say("Touche « ALT » sous la photo", by="tomas", to=question)
    type(tip).objects.filter(pk=tip.pk).update(deleted_at=now)
    say("Merci !", by="nia", to=tip)
    assert Help.objects.get().confirmed_at is None

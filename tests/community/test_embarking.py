"""Coming aboard, once, with a welcome; and whoever brought somebody is credited in time."""

from datetime import time

import pytest
from wagtail.models import Site

from community.embarking import credit_guides, embark, embark_by_posts
from community.learning import NewEvent, log_learning_events
from community.models import Consent, LearningEvent, MoocSettings, Participant
from community.moocs import says_embark
from community.people import participants_of
from microblog.models import OutboxPost
from tests.builders import a_connection, heard_account, said

pytestmark = pytest.mark.django_db
Kind = LearningEvent.Kind


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("@envol je souhaite embarquer dans le #TwittMOOC", True),
        ("@envol Je souhaite EMBARQUER !", True),
        ("J’embarque, @envol 🎉", True),
        ("I want to embark @envol", True),
        ("Je regarde les autres embarquer", False),
        ("j'embarquerai demain", False),
        ("", False),
    ],
)
def test_the_words_that_embark(text, says):
    assert says_embark(text, MoocSettings()) is says


def test_an_organiser_chooses_the_words():
    mooc = MoocSettings(embark_phrases="on y va\n\n  Larguez les amarres ! ")
    assert says_embark("@envol larguez les amarres", mooc)
    assert not says_embark("@envol je souhaite embarquer", mooc)


def test_a_post_takes_its_author_aboard_and_welcomes_them_once(now):
    social = a_connection()
    post = said("@envol j'embarque", on=social, by="nia")
    embark_by_posts([post], now=now)
    embark_by_posts([said("@envol j'embarque", on=social, by="nia")], now=now)
    person = Participant.objects.embarked().get()
    assert (person.embarked_at, person.embarked_with) == (now, post)
    assert person.consent == Consent.SHOW, "coming aboard is the opt-in"
    assert LearningEvent.objects.get().kind == Kind.EMBARKED
    welcome = OutboxPost.objects.get()
    assert welcome.in_reply_to == post
    assert all(f"{number}." in welcome.text for number in (1, 2, 3)), "three things to do"


def test_whoever_is_named_in_the_post_brought_them(now):
    social = a_connection()
    tomas = said("Bonjour", on=social, by="tomas").author
    embark_by_posts([said("@envol j'embarque", on=social, by="tomas")], now=now)
    post = said(
        "@envol j'embarque avec @tomas", on=social, by="nia", mentions=(heard_account("tomas"),)
    )
    embark_by_posts([post], now=now)
    nia = Participant.objects.get(links__account=post.author)
    assert nia.brought_by == Participant.objects.get(links__account=tomas)


def test_nobody_brings_themself(nia, now):
    person = nia.participant
    embark(person, now=now, brought_by=person)
    person.refresh_from_db()
    assert person.brought_by is None


def test_no_machine_welcomes_people_who_refuse_bots(now):
    post = said("@envol j'embarque", on=a_connection(), by=heard_account("rex", note="#NoBot"))
    embark_by_posts([post], now=now)
    assert Participant.objects.embarked().exists()
    assert not OutboxPost.objects.exists()


def test_a_choice_made_before_stays(nia, practice, now):
    person = nia.participant
    person.consent, person.consent_chosen_at = Consent.COUNT, now
    person.save()
    embark(person, now=now)
    assert Participant.objects.get().consent == Consent.COUNT


def test_a_guide_is_credited_once_the_newcomer_took_off(nia, tomas, practice, now):
    newcomer, guide = nia.participant, tomas.participant
    embark(newcomer, now=now, brought_by=guide)
    assert not LearningEvent.objects.filter(kind=Kind.BROUGHT).exists()
    for level in (1, 2):
        log_learning_events(
            [
                NewEvent(
                    kind=Kind.LEVEL_ACCEPTED,
                    source_key=f"c:{level}:{newcomer.pk}",
                    participant_id=newcomer.pk,
                    occurred_at=now,
                )
            ]
        )
        credit_guides([newcomer.pk])
    brought = LearningEvent.objects.get(kind=Kind.BROUGHT)
    assert (brought.participant, brought.other) == (guide, newcomer)


def test_quiet_hours_put_the_welcome_off(nia, practice, now):
    MoocSettings.objects.update_or_create(
        site=Site.objects.get(), defaults={"quiet_from": time(12), "quiet_until": time(18)}
    )
    embark(nia.participant, now=now)
    assert OutboxPost.objects.get().due_at > now


@pytest.mark.parametrize(
    ("name", "consent", "said"),
    [
        ("Tomas", Consent.SHOW, "thank you, Tomas, for"),
        ("Tomas", Consent.COUNT, None),
        (
            "@rex@spam.example #buy\nhttps://spam.example now",
            Consent.SHOW,
            "rex spam.example buy now",
        ),
        ("https://spam.example", Consent.SHOW, None),
    ],
)
def test_the_welcome_names_the_guide_and_nobody_else(now, name, consent, said):
    social = a_connection(language="en")
    guide = Participant.objects.create(name=name, consent=consent)
    post = said_by_nia(social)
    person = participants_of([post.author])[post.author_id]
    embark(person, now=now, account=post.author, post=post, brought_by=guide)
    welcome = OutboxPost.objects.get().text
    assert ("thank you" in welcome) == (said is not None)
    assert said is None or said in welcome
    assert "#buy" not in welcome
    assert "@rex" not in welcome
    assert "https://spam" not in welcome


def said_by_nia(social):
    return said("@envol I want to embark", on=social, by="nia", language="en")


def test_an_odd_invitation_is_none(client, db):
    assert client.get("/en/embark/%00/").status_code == 404

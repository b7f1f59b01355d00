"""Which posts belong to an event."""

from datetime import timedelta

import pytest

from community.live.belonging import read_telling, span_of
from microblog.gateways.base import Visibility
from microblog.timeline.services import delete_post, edit_post
from tests.builders import NOON, a_connection
from tests.community.live.telling import an_event, minute, somebody_shown, tells, writes

pytestmark = pytest.mark.django_db


def told(event, **options) -> list[list[str]]:
    """Texts by thread, newest thread first."""
    telling = read_telling(event, span_of(event), **options)
    return [[row.text for row in thread.rows] for thread in telling.threads]


@pytest.fixture
def social(db):
    somebody_shown("rex")
    return a_connection()


def test_posts_with_the_hashtag_from_every_network_belong(social, nia):
    event = an_event()
    tells("Jupiter ! #NuitEtoiles", on=social, at=2)
    writes(nia, "La Lune #nuitetoiles", at=3)
    tells("Rien à voir #Envol", on=social, at=4)
    assert told(event) == [["La Lune #nuitetoiles"], ["Jupiter ! #NuitEtoiles"]]


@pytest.mark.parametrize("written", ["NuitÉtoiles", "nuitétoiles", "NUITETOILES"])
def test_accents_and_case_of_a_hurried_thumb_make_no_difference(social, written):
    event = an_event(hashtag="NuitÉtoiles")
    tells(f"Là #{written}", on=social)
    assert len(told(event)) == 1


def test_answers_belong_without_the_hashtag_and_at_any_depth(social, nia, tomas):
    event = an_event()
    first = writes(nia, "Une étoile filante ? #NuitEtoiles", at=1)
    second = writes(tomas, "Oui, une Perséide.", at=2, to=first)
    writes(nia, "Merci !", at=3, to=second)
    assert told(event) == [["Une étoile filante ? #NuitEtoiles", "Oui, une Perséide.", "Merci !"]]


def test_a_conversation_above_a_post_with_the_hashtag_does_not_belong(nia, tomas, olga):
    event = an_event()
    above = writes(nia, "Que faites-vous ce soir ?", at=1)
    beside = writes(olga, "Je dors", at=2, to=above)
    writes(olga, "Vraiment", at=2.5, to=beside)
    tagged = writes(tomas, "Le ciel ! #NuitEtoiles", at=3, to=above)
    writes(nia, "Bonne idée", at=4, to=tagged)
    assert told(event) == [["Le ciel ! #NuitEtoiles", "Bonne idée"]]


def test_the_hour_before_belongs_and_the_week_before_does_not(social):
    event = an_event()
    tells("Bientôt #NuitEtoiles", on=social, at=-50)
    tells("Dans une semaine #NuitEtoiles", on=social, at=-7 * 24 * 60)
    assert told(event) == [["Bientôt #NuitEtoiles"]]


def test_late_posts_belong_until_the_hashtag_is_taken_up_again(social):
    event = an_event()
    again = an_event(
        "La nuit d'après",
        starts_at=NOON + timedelta(days=7),
        ends_at=NOON + timedelta(days=7, hours=1),
    )
    tells("Le lendemain #NuitEtoiles", on=social, at=24 * 60)
    tells("La suivante #NuitEtoiles", on=social, at=7 * 24 * 60 + 5)
    assert told(event) == [["Le lendemain #NuitEtoiles"]]
    assert told(again) == [["La suivante #NuitEtoiles"]]


def test_what_was_taken_back_vanishes_and_its_answers_stay(nia, tomas):
    event = an_event()
    first = writes(nia, "Bonsoir #NuitEtoiles", at=1)
    answer = writes(tomas, "Bonsoir Nia", at=2, to=first)
    writes(nia, "Tu vois Mars ?", at=3, to=answer)
    delete_post(answer, now=minute(4))
    assert told(event) == [["Bonsoir #NuitEtoiles", "Tu vois Mars ?"]]


def test_an_edit_that_takes_the_hashtag_away_takes_the_post_away(nia):
    event = an_event()
    post = writes(nia, "Bonsoir #NuitEtoiles", at=1)
    edit_post(post, text="Bonsoir", now=minute(2))
    assert told(event) == []


def test_private_posts_never_belong(social, nia):
    event = an_event()
    tells("Entre nous #NuitEtoiles", on=social, visibility=Visibility.FOLLOWERS)
    assert told(event) == []


@pytest.mark.parametrize(
    ("consent", "kept", "shown"),
    [("show", True, True), ("count", True, False), ("nothing", False, False)],
)
def test_consent_says_what_is_counted_and_what_is_shown(consent, kept, shown):
    somebody_shown("zoe", consent=consent)
    event = an_event()
    tells("Bonsoir #NuitEtoiles", on=a_connection(), by="zoe")
    rows = read_telling(event, span_of(event)).rows
    assert [row.is_shown for row in rows] == ([shown] if kept else [])


def test_strangers_are_counted_and_not_shown():
    event = an_event()
    tells("Bonsoir #NuitEtoiles", on=a_connection(), by="stranger")
    assert [row.is_shown for row in read_telling(event, span_of(event)).rows] == [False]


def test_a_closed_practice_timeline_stays_closed(social, nia):
    event = an_event()
    writes(nia, "Chez nous #NuitEtoiles")
    tells("Ailleurs #NuitEtoiles", on=social)
    assert told(event, with_practice=False) == [["Ailleurs #NuitEtoiles"]]


def test_a_long_event_costs_as_many_queries_as_a_short_one(nia, tomas, count_queries):
    event = an_event()

    def read() -> None:
        read_telling(event, span_of(event))

    writes(nia, "Un #NuitEtoiles")
    few = count_queries(read)
    for number in range(8):
        post = writes(nia, f"Encore {number} #NuitEtoiles", at=number)
        writes(tomas, "Oui", at=number + 1, to=post)
    assert count_queries(read) == few == 3

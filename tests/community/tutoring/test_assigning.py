"""Newcomers who would like a tutor get one, fairly; nobody gets more than they said."""

from datetime import date, timedelta

import pytest

from community.consent import change_consent
from community.models import Consent, Load, Mentorship, TutorRequest
from community.tutoring.asking import ask_for_tutors, ask_later, may_ask, may_be_asked
from community.tutoring.assigning import assign_tutors, backlog
from community.tutoring.volunteering import (
    Offer,
    pause_tutor,
    resume_tutor,
    stop_tutoring,
    volunteer,
)
from microblog.models import Notification
from tests.community.tutoring.building import a_newcomer, a_tutor, given

pytestmark = pytest.mark.django_db


def test_a_newcomer_gets_a_tutor_and_both_are_told(now):
    tutor, nia = a_tutor("lea"), a_newcomer("nia")
    one = given(nia)
    assert one.tutor == tutor.participant
    told = Notification.objects.values_list("recipient__handle", "kind", "actor__handle")
    assert set(told) == {("nia", "tutor", "lea"), ("lea", "mentee", "nia")}
    assert assign_tutors(now) == 0
    assert backlog(now).count == 0


def test_nobody_gets_a_tutor_unasked(now):
    a_tutor("lea")
    a_newcomer("nia")
    assert assign_tutors(now) == 0


@pytest.mark.parametrize("load, places", [("none", 0), ("light", 1), ("normal", 3), ("full", 6)])
def test_a_load_is_so_many_people(load, places, now):
    tutor = a_tutor("lea", Load(load))
    ask_for_tutors([a_newcomer(f"n{number}") for number in range(8)], now=now)
    assert assign_tutors(now) == places
    assert Mentorship.objects.of(tutor.participant).count() == places
    assert assign_tutors(now) == 0
    assert backlog(now).count == 0, "nothing that the step could do is left"


def test_who_waited_longest_comes_first(now):
    a_tutor("lea", Load.LIGHT)
    late, early = a_newcomer("late"), a_newcomer("early")
    ask_for_tutors([late], now=now)
    ask_for_tutors([early], now=now - timedelta(hours=1))
    assign_tutors(now)
    assert Mentorship.objects.get().mentee == early


def test_asking_again_keeps_ones_place(now):
    nia = a_newcomer("nia")
    ask_for_tutors([nia], now=now)
    ask_for_tutors([nia], now=now + timedelta(days=1))
    assert TutorRequest.objects.get().asked_at == now


AWAY = [
    (date(2026, 5, 4), date(2026, 5, 4), False),
    (date(2026, 5, 1), date(2026, 5, 10), False),
    (date(2026, 5, 1), None, False),
    (date(2026, 5, 1), date(2026, 5, 3), True),
    (date(2026, 5, 5), date(2026, 5, 9), True),
    (None, None, True),
]


@pytest.mark.parametrize("start, end, is_here", AWAY)
def test_who_is_away_gets_nobody_and_comes_back_by_themself(start, end, is_here, now):
    tutor = a_tutor("lea", away_from=start, away_until=end)
    ask_for_tutors([a_newcomer("nia")], now=now)
    assert assign_tutors(now) == int(is_here)
    assert tutor.is_away(now) is not is_here


def test_paused_by_an_organiser_gets_nobody_and_their_mentees_get_another(now, olga):
    paused, nia = a_tutor("lea"), a_newcomer("nia")
    given(nia)
    assert pause_tutor(paused, by=olga, now=now)
    assert not pause_tutor(paused, by=olga, now=now)
    assert assign_tutors(now) == 0
    other = a_tutor("omar")
    assert assign_tutors(now) == 1
    assert Mentorship.objects.going_on().get(mentee=nia).tutor == other.participant
    assert resume_tutor(paused, by=olga)


def test_who_is_paused_stays_so_through_keeping_nothing_and_coming_back(now, olga):
    paused = a_tutor("lea")
    pause_tutor(paused, by=olga, now=now)
    change_consent(paused.participant, Consent.NOTHING, now=now)
    paused.refresh_from_db()
    assert (paused.languages, paused.topics) == ([], []), "the organiser's word alone is kept"
    change_consent(paused.participant, Consent.SHOW, now=now)
    again = volunteer(paused.participant, Offer(load=Load.LIGHT, languages=["fr"]), now=now)
    assert not again.is_willing
    assert resume_tutor(again, by=olga)
    again.refresh_from_db()
    assert again.is_willing


def test_who_stops_leaves_nobody_alone(now):
    stopping, nia = a_tutor("lea"), a_newcomer("nia")
    first = given(nia)
    a_tutor("omar")
    assert stop_tutoring(stopping.participant, now=now)
    first.refresh_from_db()
    assert first.ending == Mentorship.Ending.STOPPED
    assign_tutors(now)
    assert Mentorship.objects.going_on().get(mentee=nia).tutor.name == "Omar"
    assert Notification.objects.filter(recipient__handle="nia", kind="went_on").exists()


def test_saying_less_takes_nobody_away(now):
    tutor = a_tutor("lea", Load.NORMAL)
    ask_for_tutors([a_newcomer(f"n{number}") for number in range(3)], now=now)
    assign_tutors(now)
    tutor.load = Load.LIGHT
    tutor.save()
    ask_for_tutors([a_newcomer("nia")], now=now)
    assert assign_tutors(now) == 0
    assert Mentorship.objects.going_on().of(tutor.participant).count() == 3


def test_a_hidden_or_departed_tutor_gets_nobody(now):
    tutor = a_tutor("lea")
    tutor.participant.consent = "count"
    tutor.participant.save()
    ask_for_tutors([a_newcomer("nia")], now=now)
    assert assign_tutors(now) == 0


def test_the_former_tutor_is_not_given_again(now):
    a_tutor("lea")
    nia = a_newcomer("nia")
    given(nia)
    Mentorship.objects.update(ended_at=now, ending="changed")
    ask_for_tutors([nia], now=now)
    assert assign_tutors(now) == 0
    a_tutor("omar")
    assert assign_tutors(now) == 1


def test_never_forced_and_asked_again_later(now):
    nia = a_newcomer("nia")
    assert may_ask(nia)
    ask_later(nia, now=now)
    wish = TutorRequest.objects.get()
    assert not may_be_asked(wish, now=now + timedelta(days=13))
    assert may_be_asked(wish, now=now + timedelta(days=14))
    a_tutor("lea")
    assert assign_tutors(now) == 0


def test_assigning_costs_the_same_for_few_and_many(now, count_queries):
    def batch(size: int, name: str) -> None:
        for number in range(size):
            a_tutor(f"{name}t{number}", Load.LIGHT)
        ask_for_tutors([a_newcomer(f"{name}n{number}") for number in range(size)], now=now)

    batch(2, "a")
    few = count_queries(lambda: assign_tutors(now))
    batch(12, "b")
    assert count_queries(lambda: assign_tutors(now)) == few
    assert Mentorship.objects.count() == 14

"""Beside each other: leaving, handing over, flying, and what follows when people go or turn out to
be one."""

from datetime import timedelta

import pytest

from community.consent import change_consent
from community.linking import merge_participants
from community.mentoring import mentor
from community.models import (
    Consent,
    Help,
    LearningEvent,
    Load,
    Mentorship,
    Participant,
    Tutoring,
    TutorRequest,
)
from community.tutoring.asking import ask_for_tutors
from community.tutoring.assigning import assign_tutors
from community.tutoring.ending import leave_tutor
from community.tutoring.handing_over import accept_offer, offer_mentee, tutors_with_room
from community.tutoring.mentees import flown, read_mentees
from microblog.models import Account, Notification, Post
from microblog.timeline.services import write_post
from tests.community.tutoring.building import a_newcomer, a_tutor, given

pytestmark = pytest.mark.django_db
Kind = LearningEvent.Kind


def account(person: Participant) -> Account:
    return Account.objects.get(link__participant=person)


def write(person: Participant, text: str, *, now, to: Post | None = None) -> Post:
    return write_post(account(person), text=text, now=now, in_reply_to=to)


def helped(helper: Participant, newcomer: Participant, *, now) -> Help:
    question = write(newcomer, "Comment fait-on ?", now=now)
    reply = write(helper, "Regarde en haut à droite", now=now, to=question)
    return Help.objects.create(
        reply=reply,
        helper=helper,
        helped=newcomer,
        topic="question",
        confirmed_at=now,
        confirmed_by="thanks",
    )


@pytest.mark.parametrize("another, ending", [(True, "changed"), (False, "left")])
def test_a_mentee_leaves_in_a_click(another, ending, now):
    tutor, nia = a_tutor("lea"), a_newcomer("nia")
    one = given(nia)
    assert leave_tutor(nia, another=another, now=now)
    one.refresh_from_db()
    assert one.ending == ending
    wish = TutorRequest.objects.get()
    assert bool(wish.asked_at and not wish.answered_at) is another
    assert Notification.objects.filter(
        recipient=account(tutor.participant), kind="went_on"
    ).exists()
    assert not leave_tutor(nia, another=another, now=now)


def test_handing_over_waits_for_a_yes(now):
    lea, omar, nia = a_tutor("lea"), a_tutor("omar", Load.NONE), a_newcomer("nia")
    one = given(nia)
    assert one.tutor == lea.participant
    assert not offer_mentee(one, to=omar.participant, now=now), "no room"
    omar.load = Load.LIGHT
    omar.save()
    assert [tutor.participant for tutor in tutors_with_room(one, now=now)] == [omar.participant]
    assert offer_mentee(one, to=omar.participant, now=now)
    assert Mentorship.objects.going_on().get().tutor == lea.participant
    assert not accept_offer(one, by=nia, now=now), "only who was asked"
    assert accept_offer(one, by=omar.participant, now=now)
    assert not accept_offer(one, by=omar.participant, now=now)
    assert Mentorship.objects.going_on().get().tutor == omar.participant
    one.refresh_from_db()
    assert one.ending == "handed_over"


def test_accepting_without_a_place_left_changes_nothing(now):
    a_tutor("lea")
    nia, ines = a_newcomer("nia"), a_newcomer("ines")
    one = given(nia)
    omar = a_tutor("omar", Load.LIGHT)
    assert offer_mentee(one, to=omar.participant, now=now)
    Mentorship.objects.create(tutor=omar.participant, mentee=ines, place=1, started_at=now)
    assert not accept_offer(one, by=omar.participant, now=now)
    assert Mentorship.objects.going_on().get(mentee=nia).pk == one.pk


def test_what_was_shared_with_one_tutor_is_not_shared_with_the_next(now):
    a_tutor("lea")
    nia = a_newcomer("nia", consent="count")
    one = given(nia)
    Mentorship.objects.update(shares_progress=True)
    omar = a_tutor("omar")
    offer_mentee(one, to=omar.participant, now=now)
    accept_offer(one, by=omar.participant, now=now)
    assert not Mentorship.objects.going_on().get().shares_progress


def test_a_mentee_who_helps_a_newcomer_flies(now):
    lea, nia, ines = a_tutor("lea").participant, a_newcomer("nia"), a_newcomer("ines")
    one = given(nia)
    helped(nia, ines, now=now)
    mentor(now)
    one.refresh_from_db()
    assert one.ending == "graduated"
    flights = LearningEvent.objects.filter(kind__in=[Kind.GRADUATED, Kind.MENTORED_TO_FLIGHT])
    assert {(event.kind, event.participant.name) for event in flights} == {
        ("graduated", "Nia"),
        ("mentored_to_flight", "Lea"),
    }
    assert [one.mentee for one in flown(lea)] == [nia]
    told = Notification.objects.filter(kind="flight").values_list("recipient__handle", flat=True)
    assert set(told) == {"nia", "lea"}


def test_helping_ones_own_tutor_is_no_flight(now):
    lea, nia = a_tutor("lea").participant, a_newcomer("nia")
    given(nia)
    helped(nia, lea, now=now)
    mentor(now)
    assert Mentorship.objects.going_on().count() == 1


def test_a_tutor_sees_what_is_shown_or_shared(now):
    lea = a_tutor("lea").participant
    shown, hidden = a_newcomer("nia"), a_newcomer("ines", consent="count")
    given(shown)
    one = given(hidden)
    assert [mentee.shows_progress for mentee in read_mentees(lea, now=now)] == [True, False]
    assert read_mentees(lea, now=now)[1].levels is None
    Mentorship.objects.filter(pk=one.pk).update(shares_progress=True)
    assert all(mentee.shows_progress for mentee in read_mentees(lea, now=now))


def test_a_tutor_sees_who_waits_and_who_is_alone(now):
    lea, nia = a_tutor("lea").participant, a_newcomer("nia")
    given(nia)
    post = write(nia, "Bonjour", now=now)
    [mentee] = read_mentees(lea, now=now + timedelta(days=8))
    assert (mentee.latest, mentee.waits, mentee.is_lonely) == (post, True, True)
    write(lea, "Bonjour Nia", now=now + timedelta(days=7), to=post)
    [mentee] = read_mentees(lea, now=now + timedelta(days=8))
    assert (mentee.waits, mentee.is_lonely) == (False, False)


def test_mentees_cost_the_same_for_few_and_many(now, count_queries):
    lea = a_tutor("lea", Load.FULL).participant
    for name in ("a", "b"):
        write(given(a_newcomer(f"n{name}")).mentee, "Bonjour", now=now)
    few = count_queries(lambda: read_mentees(lea, now=now))
    for name in ("c", "d", "e", "f"):
        write(given(a_newcomer(f"n{name}")).mentee, "Bonjour", now=now)
    assert count_queries(lambda: read_mentees(lea, now=now)) == few


def test_hiding_oneself_ends_ones_tutoring(now):
    lea, nia = a_tutor("lea"), a_newcomer("nia")
    given(nia)
    change_consent(lea.participant, Consent.COUNT, now=now)
    lea.refresh_from_db()
    assert lea.stopped_at == now
    assert not Mentorship.objects.going_on().exists()


def test_who_wants_nothing_kept_leaves_nothing(now):
    lea, nia = a_tutor("lea"), a_newcomer("nia")
    given(nia)
    helped(lea.participant, nia, now=now)
    change_consent(lea.participant, Consent.NOTHING, now=now)
    assert not Tutoring.objects.exists() and not Mentorship.objects.exists()
    assert not Help.objects.exists()
    wish = TutorRequest.objects.get(participant=nia)
    assert wish.asked_at and not wish.answered_at, "Nia waits for another one"


def test_one_tutor_of_two_people_holds_what_both_held(now):
    lea, other = a_tutor("lea", Load.FULL), a_tutor("lea_b", Load.FULL)
    ask_for_tutors([a_newcomer(f"n{number}") for number in range(9)], now=now)
    assign_tutors(now)
    Participant.objects.filter(pk=other.participant_id).update(user=None)
    merge_participants(Participant.objects.get(pk=other.participant_id), into=lea.participant)
    assert not Tutoring.objects.filter(pk=other.pk).exists()
    assert Mentorship.objects.going_on().of(lea.participant).count() == 6
    assert TutorRequest.objects.filter(answered_at=None).count() == 3


def test_one_mentee_of_two_people_keeps_one_tutor(now):
    a_tutor("lea"), a_tutor("omar")
    nia, same = a_newcomer("nia"), a_newcomer("nia_b")
    kept = given(nia)
    given(same)
    merge_participants(same, into=nia)
    assert Mentorship.objects.going_on().get(mentee=nia).pk == kept.pk
    assert Mentorship.objects.filter(mentee=nia).count() == 2
    assert TutorRequest.objects.count() == 1
    assert assign_tutors(now) == 0


def test_what_one_did_for_oneself_was_nothing(now):
    lea, nia, ines = a_tutor("lea").participant, a_newcomer("nia"), a_newcomer("ines")
    helped(lea, nia, now=now)
    helped(lea, ines, now=now)
    mentor(now)
    merge_participants(nia, into=lea)
    assert Help.objects.get().helped == ines
    standing = LearningEvent.objects.standing().filter(kind=Kind.HELPED)
    assert [event.other for event in standing] == [ines]

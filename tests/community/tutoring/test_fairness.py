"""On thousands of made-up days: nobody above what they said, languages where possible."""

from hypothesis import given
from hypothesis import strategies as st

from community.tutoring.fairness import Seat, Wish, most_waiting, pair_up

LANGUAGES = ["fr", "en", "de"]
languages = st.frozensets(st.sampled_from(LANGUAGES), max_size=3)


@st.composite
def days(draw):
    """Tutors 1..n with what they have already (perhaps more than they say now), newcomers from
    101."""
    seats = []
    for number in range(1, draw(st.integers(0, 6)) + 1):
        places = draw(st.sampled_from([1, 3, 6]))
        taken = draw(st.sets(st.integers(1, 6)))
        seats.append(Seat(number, places, draw(languages), set(taken)))
    tutors = st.frozensets(st.integers(1, 6), max_size=2)
    wishes = [
        Wish(101 + number, draw(st.sampled_from(["", *LANGUAGES])), draw(tutors))
        for number in range(draw(st.integers(0, 12)))
    ]
    return seats, wishes


def copies(seats):
    return [Seat(one.tutor, one.places, one.languages, set(one.taken)) for one in seats]


@given(days())
def test_nobody_is_given_more_than_they_said(day):
    before, wishes = day
    seats = copies(before)
    pairs = list(pair_up(wishes, seats))
    had = {seat.tutor: len(seat.taken) for seat in before}
    for seat in seats:
        new = [pair for pair in pairs if pair.tutor == seat.tutor]
        assert not new or had[seat.tutor] + len(new) <= seat.places
        assert len({pair.place for pair in new}) == len(new)
        assert all(1 <= pair.place <= seat.places for pair in new)


@given(days())
def test_everybody_gets_one_tutor_at_most_and_none_they_had(day):
    seats, wishes = day
    pairs = list(pair_up(wishes, seats))
    assert len({pair.mentee for pair in pairs}) == len(pairs)
    past = {wish.mentee: wish.past for wish in wishes}
    assert all(pair.tutor not in past[pair.mentee] for pair in pairs)


@given(days())
def test_a_strange_language_only_where_nobody_who_speaks_ones_own_has_room(day):
    seats, wishes = day
    pairs = list(pair_up(wishes, seats))
    tutors = {seat.tutor: seat for seat in seats}
    wanted = {wish.mentee: wish for wish in wishes}
    for pair in pairs:
        wish = wanted[pair.mentee]
        if tutors[pair.tutor].speaks(wish.language):
            continue
        assert not any(
            seat.is_free and seat.speaks(wish.language) and seat.tutor not in wish.past
            for seat in seats
        )


@given(days())
def test_nobody_waits_while_somebody_whom_they_never_had_has_room(day):
    seats, wishes = day
    met = {pair.mentee for pair in pair_up(wishes, seats)}
    for wish in wishes:
        if wish.mentee not in met:
            assert not any(seat.is_free and seat.tutor not in wish.past for seat in seats)
    assert most_waiting({seat.tutor: seat for seat in seats}) >= 0


def test_who_has_fewest_for_what_they_said_comes_first():
    seats = [Seat(1, 6, taken={1, 2, 3}), Seat(2, 3, taken={1}), Seat(3, 1, taken=set())]
    assert [pair.tutor for pair in pair_up([Wish(101), Wish(102), Wish(103)], seats)] == [3, 2, 1]


def test_who_speaks_many_languages_stays_for_who_needs_them():
    seats = [Seat(1, 1, frozenset({"fr", "en"})), Seat(2, 1, frozenset({"fr"}))]
    given = {pair.mentee: pair.tutor for pair in pair_up([Wish(101, "fr"), Wish(102, "en")], seats)}
    assert given == {101: 2, 102: 1}

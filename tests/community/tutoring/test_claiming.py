"""Two tutors never answer at once."""

import pytest

from community.models import Claim, Need
from community.tutoring.claiming import (
    LASTS,
    LONGEST,
    MOST_AT_ONCE,
    NobodyWaits,
    Taken,
    TooMany,
    claim_need,
    prolong_claim,
    release_claim,
)
from community.tutoring.tending import tend
from tests.builders import NOON, a_user
from tests.community.tutoring.waiting import (
    aboard,
    minutes,
    need_of,
    person_of,
    says,
    taken,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def need(practice, nia) -> Need:
    says(aboard(nia), "Bonjour")
    return need_of(nia)


@pytest.fixture
def ada(tomas):
    """Another tutor."""
    other = a_user("ada")
    other.groups.set(tomas.groups.all())
    return other


def test_a_claim_keeps_the_others_away(need, nia, tomas, ada):
    claim = taken(nia, by=tomas)
    with pytest.raises(Taken) as refused:
        taken(nia, by=ada, at=NOON + minutes(14))
    assert refused.value.claim == claim
    assert refused.value.claim.tutor.name == "Tomas"


def test_a_double_click_is_one_claim(need, nia, tomas):
    assert taken(nia, by=tomas) == taken(nia, by=tomas)
    assert Claim.objects.count() == 1


def test_a_claim_that_ran_out_frees_itself(need, nia, tomas, ada):
    first = taken(nia, by=tomas)
    second = taken(nia, by=ada, at=NOON + LASTS)
    first.refresh_from_db()
    assert (first.ending, second.tutor) == ("expired", person_of(ada))


def test_the_step_frees_what_ran_out_too(need, nia, tomas):
    taken(nia, by=tomas)
    assert tend(NOON + LASTS) == 1
    assert Claim.objects.get().ending == "expired"


def test_a_claim_can_be_prolonged_but_not_for_ever(need, nia, tomas):
    taken(nia, by=tomas)
    at = NOON
    while at + minutes(10) < NOON + LONGEST:
        at += minutes(10)
        assert prolong_claim(need.pk, person_of(tomas), now=at)
    assert not prolong_claim(need.pk, person_of(tomas), now=NOON + LONGEST)


def test_what_ran_out_isnt_prolonged(need, nia, tomas):
    taken(nia, by=tomas)
    assert not prolong_claim(need.pk, person_of(tomas), now=NOON + LASTS)


def test_a_released_claim_is_anybodys(need, nia, tomas, ada):
    taken(nia, by=tomas)
    assert not release_claim(need.pk, person_of(ada), now=NOON)
    assert release_claim(need.pk, person_of(tomas), now=NOON)
    assert not release_claim(need.pk, person_of(tomas), now=NOON)
    assert taken(nia, by=ada).tutor == person_of(ada)


def test_nobody_holds_more_than_a_few(practice, tomas):
    people = [aboard(a_user(f"new{number}")) for number in range(MOST_AT_ONCE + 1)]
    for person in people:
        says(person, "Bonjour")
    for person in people[:-1]:
        taken(person, by=tomas)
    with pytest.raises(TooMany):
        taken(people[-1], by=tomas)
    taken(people[-1], by=tomas, at=NOON + LASTS)


def test_what_was_answered_cant_be_claimed(need, nia, tomas, ada):
    says(ada, "@nia Bienvenue !", to=need.post)
    with pytest.raises(NobodyWaits):
        claim_need(need.pk, person_of(tomas), now=NOON)


def test_nobody_sits_beside_themself(need, nia):
    with pytest.raises(NobodyWaits):
        taken(nia, by=nia)

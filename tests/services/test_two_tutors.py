"""Tutors in two processes reach for one newcomer at the same moment: one of them sits down. Runs on
the database at hand."""

from functools import partial

import pytest

from community.models import Claim, Participant
from tests.builders import a_user
from tests.community.tutoring.waiting import aboard, need_of, person_of, says
from tests.processes import at_once
from tests.services.claimer import claim

pytestmark = pytest.mark.django_db(transaction=True)


def race(need: int, tutors: list[Participant]) -> list[str]:
    """What each of them was told."""
    return at_once(*(partial(claim, need, tutor.pk) for tutor in tutors))


def test_of_two_tutors_one_sits_down(practice, nia, tomas):
    says(aboard(nia), "Bonjour")
    need = need_of(nia)
    ada = a_user("ada")
    ada.groups.set(tomas.groups.all())
    told = race(need.pk, [person_of(tomas), person_of(ada), person_of(tomas)])
    claim = Claim.objects.get()
    assert "gone" not in told
    winner = claim.tutor == person_of(tomas)
    assert told == (["mine", "taken", "mine"] if winner else ["taken", "mine", "taken"])

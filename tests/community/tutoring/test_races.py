"""Several workers at once never give a tutor more than they said, nor a newcomer two tutors."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction

from community.models import Load, Mentorship
from community.tutoring.asking import ask_for_tutors
from community.tutoring.assigning import assign_tutors
from tests.builders import NOON
from tests.community.tutoring.building import a_newcomer, a_tutor

WORKERS = 4
pytestmark = pytest.mark.django_db(transaction=True)


def work(_worker: int) -> None:
    try:
        while assign_tutors(NOON):
            pass
    finally:
        connection.close()


def test_four_workers_give_no_more_than_there_is_room_for():
    loads = [Load.LIGHT, Load.NORMAL, Load.FULL]
    tutors = [a_tutor(f"t{number}", load) for number, load in enumerate(loads)]
    ask_for_tutors([a_newcomer(f"n{number}") for number in range(14)], now=NOON)
    with ThreadPoolExecutor(WORKERS) as workers:
        list(workers.map(work, range(WORKERS)))
    assign_tutors(NOON)  # the last of them may have found all rows in other hands
    held = Counter(Mentorship.objects.going_on().values_list("tutor", flat=True))
    assert [held[tutor.participant_id] for tutor in tutors] == [1, 3, 6]
    assert Mentorship.objects.values("mentee").distinct().count() == 10


def test_the_database_has_the_last_word():
    tutor, nia, ines = a_tutor("lea", Load.LIGHT), a_newcomer("nia"), a_newcomer("ines")
    beside = {"tutor": tutor.participant, "started_at": NOON}
    Mentorship.objects.create(mentee=nia, place=1, **beside)
    for wrong in (
        {"mentee": ines, "place": 1},
        {"mentee": nia, "place": 2},
        {"mentee": ines, "place": 7},
        {"mentee": tutor.participant, "place": 2},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Mentorship.objects.create(**wrong, **beside)

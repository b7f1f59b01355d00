"""Tutors in two processes reach for one newcomer at the same moment: one of them sits down. Runs on
the database at hand."""

import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from community.models import Claim, Participant
from tests.builders import a_user
from tests.community.tutoring.waiting import aboard, need_of, person_of, says
from tests.services.servers import PATIENCE, environment
from tests.services.test_two_workers import database_url

pytestmark = pytest.mark.django_db(transaction=True)


def race(need: int, tutors: list[Participant]) -> list[str]:
    """What each of them was told."""
    connection.close()
    env = environment(
        DATABASE_URL=database_url(),
        ENVOL_STATE=str(settings.STATE),
        DJANGO_SETTINGS_MODULE="config.settings.test",
    )
    racers = [
        subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", "tests.services.claimer", str(need), str(tutor.pk)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=settings.ROOT,
            env=env,
        )
        for tutor in tutors
    ]
    for racer in racers:
        assert racer.stdout
        assert racer.stdout.readline() == "ready\n", racer.communicate()
    for racer in racers:
        assert racer.stdin
        racer.stdin.write("go\n")
        racer.stdin.flush()
    told = []
    for racer in racers:
        said, complaints = racer.communicate(timeout=PATIENCE)
        assert racer.returncode == 0, complaints
        told.append(said.strip())
    return told


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

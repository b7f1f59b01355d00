"""What Wagtail gives a challenge: a workflow before it is public, and a moment to become so."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Workflow

from challenges.catalogue import open_challenges
from challenges.models import MiniChallengePage
from config.celery import app, publish_scheduled
from tests.challenges.building import a_mini_challenge

pytestmark = pytest.mark.django_db


def test_a_proposed_challenge_is_public_once_it_is_approved(olga, tomas):
    page = a_mini_challenge(live=False)
    page.save_revision(user=tomas)
    waiting = Workflow.objects.get().start(page, tomas).current_task_state
    assert open_challenges() == []
    waiting.task.specific.on_action(waiting, olga, "approve")
    assert [challenge.key for challenge in open_challenges()] == [page.translation_key]


def test_a_scheduled_challenge_is_public_when_its_time_has_come():
    page = a_mini_challenge(live=False)
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision().publish()
    assert not MiniChallengePage.objects.get().live
    page.go_live_at = timezone.now() - timedelta(hours=1)
    page.save_revision(approved_go_live_at=page.go_live_at)
    publish_scheduled()
    assert MiniChallengePage.objects.get().live


def test_the_beat_asks_for_scheduled_pages():
    asked = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert publish_scheduled.name in asked
    assert asked <= set(app.tasks)

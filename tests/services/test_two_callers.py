"""Two processes remind of one event: it is said once on each connection, and people are called
once. Runs on the database at hand."""

from datetime import timedelta

import pytest

from community.models import SignUp
from microblog.connecting import connect_practice
from microblog.models import Notification, OutboxPost
from tests.builders import a_user
from tests.community.live.events import a_reminded_event
from tests.journeys import loop
from tests.services.test_two_workers import work_together

pytestmark = pytest.mark.django_db(transaction=True)
EVENTS, PEOPLE = 12, 5


def test_two_workers_remind_once(now):
    connect_practice()
    people = [a_user(f"rex{number}").participant for number in range(PEOPLE)]
    for _ in range(EVENTS):
        event = a_reminded_event(60, starts=now + timedelta(minutes=50))
        SignUp.objects.bulk_create(
            SignUp(event=event, participant=person, role="help") for person in people
        )
    work_together(now)
    loop.drain(loop.later(now))
    said = OutboxPost.objects.filter(kind="reminder").exclude(said_at=None)
    assert said.count() == OutboxPost.objects.filter(kind="reminder").count() == EVENTS
    told = Notification.objects.filter(kind="live").values_list("recipient", "post")
    assert told.count() == told.distinct().count() == EVENTS * PEOPLE

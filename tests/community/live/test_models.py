"""What the database itself refuses, and what an event knows of itself."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from community.models import LiveEvent, Reminder, SignUp
from community.moocs import live_hashtags
from tests.builders import NOON
from tests.community.live.events import an_event

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_an_event_ends_after_it_starts():
    with pytest.raises(IntegrityError), transaction.atomic():
        an_event(lasts=timedelta(0))


def test_events_of_one_name_have_addresses_of_their_own():
    events = [an_event(title="Été à la radio") for _ in range(3)]
    assert [event.slug for event in events] == [
        "ete-a-la-radio",
        "ete-a-la-radio-2",
        "ete-a-la-radio-3",
    ]
    assert an_event(title="Propose").slug == "propose-2"
    assert an_event(title="日本").slug == "live"


def test_somebody_signs_up_once_for_each_role(nia):
    event = an_event()
    for role in SignUp.Role:
        SignUp.objects.create(event=event, participant=nia.participant, role=role)
    with pytest.raises(IntegrityError), transaction.atomic():
        SignUp.objects.create(event=event, participant=nia.participant, role="help")


def test_a_moment_has_one_reminder():
    event = an_event()
    Reminder.objects.create(event=event, minutes_before=60)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reminder.objects.create(event=event, minutes_before=60)


@pytest.mark.parametrize(
    ("field", "value"),
    [("time_zone", "Mars/Olympus"), ("hashtag", "two words"), ("hashtag", "#")],
)
def test_what_makes_no_sense_is_refused(field, value):
    event = an_event()
    setattr(event, field, value)
    with pytest.raises(ValidationError) as refused:
        event.full_clean()
    assert field in refused.value.message_dict


@pytest.mark.parametrize(
    ("minutes", "live", "over"),
    [(-1, False, False), (0, True, False), (59, True, False), (60, False, True)],
)
def test_an_event_is_live_from_its_start_until_its_end(minutes, live, over):
    event, moment = an_event(), NOON + timedelta(minutes=minutes)
    assert (event.is_live(moment), event.is_over(moment)) == (live, over)
    assert (event in LiveEvent.objects.live(moment)) == live
    assert (event in LiveEvent.objects.past(moment)) == over
    assert (event in LiveEvent.objects.coming(moment)) == (minutes < 0)


def test_hashtags_are_compared_bare_and_said_as_written():
    event = an_event(hashtag="#ÉtéRadio")
    assert (event.bare_hashtag, event.said_hashtag) == ("eteradio", "ÉtéRadio")


def test_only_accepted_events_are_listened_for():
    soon = timezone.now() - HOUR / 2
    for state in LiveEvent.State:
        an_event(hashtag=f"on{state}", state=state, starts=soon)
    assert set(live_hashtags()) == {"onaccepted"}

"""Reminders: once, on every connection, in time, never at night, never for what is cancelled."""

from datetime import UTC, datetime, time, timedelta

import pytest

from community.live import reminding
from community.live.calling import backlog, remind
from community.live.changing import as_told, settle_change
from community.live.reminding import promise_reminders
from community.models import MoocSettings, SignUp
from community.moocs import mooc_of
from microblog.delivering import deliver_due_posts
from microblog.models import Notification, OutboxPost
from tests.builders import NOON, a_connection
from tests.community.live.events import a_reminded_event, an_event, cancel

pytestmark = pytest.mark.django_db
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def social():
    return a_connection()


def quiet(start: int, end: int) -> None:
    mooc = mooc_of(None)
    mooc.quiet_from, mooc.quiet_until = time(start), time(end)
    mooc.save()


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (DAY + MINUTE, 0),
        (DAY, 1),
        (12 * HOUR, 1),
        (12 * HOUR - MINUTE, 0),  # less than half of the day is left: the hour will do
        (HOUR + MINUTE, 0),
        (HOUR, 1),
        (30 * MINUTE, 1),
        (29 * MINUTE, 0),
        (timedelta(0), 0),
        (-MINUTE, 0),
    ],
)
def test_a_reminder_has_its_moment(social, before, said):
    a_reminded_event(starts=NOON)
    remind(NOON - before)
    assert OutboxPost.objects.count() == said


def test_each_reminder_is_promised_once_on_every_connection(social):
    a_connection("other")
    a_reminded_event(starts=NOON + DAY)
    assert promise_reminders(NOON) == 1
    assert promise_reminders(NOON) == 0
    assert promise_reminders(NOON + MINUTE) == 0
    assert OutboxPost.objects.count() == 2
    remind(NOON + DAY - HOUR)
    assert OutboxPost.objects.count() == 4


def test_what_it_says_is_in_the_language_of_the_connection(social):
    english = a_connection("english", language="en")
    event = a_reminded_event(
        starts=datetime(2026, 6, 3, 18, 0, tzinfo=UTC), title="Nuit", hashtag="NuitRadio"
    )
    remind(event.starts_at - DAY)
    texts = {post.connection_id: post.text for post in OutboxPost.objects.all()}
    assert "mercredi 3 juin 2026" in texts[social.pk]
    assert f"/fr/live/{event.slug}/" in texts[social.pk]
    assert "Wednesday 3 June 2026" in texts[english.pk]
    assert f"/en/live/{event.slug}/" in texts[english.pk]
    assert all("#NuitRadio" in text and "Nuit" in text for text in texts.values())


def test_a_short_network_is_told_within_its_limit():
    a_connection("short", character_limit=280)
    a_reminded_event(starts=NOON + DAY, title="Très long " * 19)
    remind(NOON)
    assert len(OutboxPost.objects.get().text) <= 280 + 30  # a link counts as 23


def test_quiet_hours_are_waited_for(social):
    """Brussels is two hours ahead in May: quiet from 22 to 8 is 20 to 6 there."""
    quiet(22, 8)
    starts = datetime(2026, 5, 5, 21, 0, tzinfo=UTC)
    a_reminded_event(24 * 60, starts=starts)
    remind(starts - DAY)
    assert OutboxPost.objects.get().due_at == datetime(2026, 5, 5, 6, 0, tzinfo=UTC)


def test_what_would_come_too_late_after_the_night_is_not_said(social):
    quiet(22, 8)
    event = a_reminded_event(60, starts=datetime(2026, 5, 5, 5, 30, tzinfo=UTC))
    assert remind(event.starts_at - HOUR) == 1
    assert not OutboxPost.objects.exists()
    assert remind(event.starts_at - HOUR + MINUTE) == 0


@pytest.mark.parametrize("state", ["proposed", "declined", "cancelled"])
def test_nothing_is_said_of_events_that_are_not_on(social, state):
    a_reminded_event(starts=NOON + DAY, state=state)
    assert remind(NOON) == 0
    assert backlog(NOON).count == 0


def test_an_organiser_chooses_the_reminders(social):
    event = a_reminded_event(15, starts=NOON + DAY)
    silent = an_event(starts=NOON + DAY)
    assert remind(NOON) == 0
    assert promise_reminders(event.starts_at - 15 * MINUTE) == 1
    assert not OutboxPost.objects.filter(key__startswith=f"reminder:{silent.pk}:").exists()


def test_cancelling_takes_back_what_is_not_said_yet(social):
    event = a_reminded_event(starts=NOON + DAY)
    remind(NOON)
    cancel(event, now=NOON)
    assert not OutboxPost.objects.waiting().exists()
    event.refresh_from_db()
    assert event.sequence == 1


def test_cancelling_puts_right_what_was_said(practice):
    event = a_reminded_event(starts=NOON + DAY, title="La nuit")
    remind(NOON)
    deliver_due_posts(NOON)
    cancel(event, now=NOON + HOUR)
    deliver_due_posts(NOON + HOUR)
    said = OutboxPost.objects.get()
    assert (said.version, said.said_version, said.given_up_at) == (2, 2, None)
    assert "Annul" in said.post.text or "Cancelled" in said.post.text
    assert "La nuit" in said.post.text


def test_moving_puts_right_what_was_said(practice):
    event = a_reminded_event(starts=datetime(2026, 6, 3, 18, 0, tzinfo=UTC))
    remind(event.starts_at - DAY)
    deliver_due_posts(event.starts_at - DAY)
    move(event, 7 * DAY, now=NOON)
    deliver_due_posts(NOON + HOUR)
    said = OutboxPost.objects.get()
    assert "10 juin 2026" in said.post.text


def test_what_is_over_is_not_rewritten(practice):
    event = a_reminded_event(60, starts=NOON + HOUR)
    remind(NOON)
    deliver_due_posts(NOON)
    move(event, DAY, now=NOON + 2 * HOUR)
    assert OutboxPost.objects.get().version == 1


def test_deleting_takes_it_back_too(social):
    event = a_reminded_event(starts=NOON + DAY)
    remind(NOON)
    event.delete()
    assert not OutboxPost.objects.waiting().exists()


def move(event, by: timedelta, *, now: datetime) -> None:
    before = as_told(event)
    event.starts_at += by
    event.ends_at += by
    event.save()
    settle_change(event, before, [24 * 60, 60], now=now)


def test_moved_within_its_day_its_reminder_is_reworded(social):
    event = a_reminded_event(starts=NOON + DAY)
    remind(NOON)
    move(event, HOUR, now=NOON)
    assert promise_reminders(NOON + HOUR) == 1
    said = OutboxPost.objects.get()
    assert (said.version, said.given_up_at, said.useless_from) == (2, None, event.starts_at)


def test_moved_to_another_day_it_is_reminded_again(social):
    event = a_reminded_event(starts=NOON + DAY)
    remind(NOON)
    move(event, 7 * DAY, now=NOON)
    assert remind(NOON) == 0
    remind(NOON + 7 * DAY)
    assert OutboxPost.objects.count() == 2
    assert OutboxPost.objects.waiting().count() == 1


def test_a_reminder_that_was_kept_by_a_fault_is_not_said_after_the_start(practice):
    event = a_reminded_event(60, starts=NOON + HOUR)
    remind(NOON)
    assert deliver_due_posts(event.starts_at) == 1
    said = OutboxPost.objects.get()
    assert (said.said_version, said.given_up_at) == (0, event.starts_at)


def test_people_who_signed_up_are_called_once(practice, nia, tomas, olga):
    event = a_reminded_event(60, starts=NOON + HOUR)
    for user, role in [(nia, "live_tweet"), (nia, "help"), (tomas, "help")]:
        SignUp.objects.create(event=event, participant=user.participant, role=role)
    remind(NOON)
    assert not Notification.objects.exists()
    deliver_due_posts(NOON)
    assert remind(NOON + MINUTE) == 1
    assert remind(NOON + MINUTE) == 0
    told = Notification.objects.filter(kind=Notification.Kind.LIVE).select_related("post")
    assert {notice.recipient.user for notice in told} == {nia, tomas}
    assert all(event.title in notice.post.text for notice in told)


def test_who_took_it_back_is_not_called(practice, nia):
    event = a_reminded_event(60, starts=NOON + HOUR)
    SignUp.objects.create(event=event, participant=nia.participant, role="help").delete()
    remind(NOON)
    deliver_due_posts(NOON)
    remind(NOON)
    assert not Notification.objects.exists()


def test_the_notification_is_read_on_its_page(client, practice, nia):
    event = a_reminded_event(60, starts=NOON + HOUR)
    SignUp.objects.create(event=event, participant=nia.participant, role="help")
    remind(NOON)
    deliver_due_posts(NOON)
    remind(NOON)
    client.force_login(nia)
    assert event.title in client.get("/en/timeline/notifications/").text


def test_reminding_costs_the_same_whatever_lies_in_the_past(social, count_queries):
    a_reminded_event(starts=NOON + 2 * DAY)
    few = count_queries(lambda: remind(NOON))
    for number in range(1, 20):
        a_reminded_event(starts=NOON - number * DAY)
    assert count_queries(lambda: remind(NOON)) == few


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_one_promises(social):
    """The second one read the same row as due before the first one wrote."""
    a_reminded_event(starts=NOON + DAY)
    due = reminding._due(NOON)
    assert promise_reminders(NOON) == 1
    mooc = MoocSettings()
    moved = [reminding._promise(one, [social], mooc, NOON) for one in due]
    assert moved == [False]
    assert OutboxPost.objects.count() == 1
